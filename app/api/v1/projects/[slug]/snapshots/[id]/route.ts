import { endpoint } from "@/app/api/endpoint";
import { snapshotParams, snapshotResponse } from "@/lib/datasets/schema";
import { getSnapshot } from "@/lib/datasets/snapshot";

export const GET = endpoint(
  {
    summary: "Get a snapshot with its hash and manifest",
    audience: "snapshot:read",
    params: snapshotParams,
    response: snapshotResponse,
  },
  ({ access, params }) => getSnapshot(access, params.id),
);
