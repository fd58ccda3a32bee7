import { endpoint } from "@/app/api/endpoint";
import { createSnapshotInput, snapshotListQuery, snapshotListResponse, snapshotResponse } from "@/lib/datasets/schema";
import { createSnapshot, listSnapshots } from "@/lib/datasets/snapshot";

export const GET = endpoint(
  {
    summary: "List the snapshots of a project, newest first",
    audience: "snapshot:read",
    query: snapshotListQuery,
    response: snapshotListResponse,
  },
  ({ access, query }) => listSnapshots(access, query),
);

export const POST = endpoint(
  {
    summary: "Ask for a snapshot of the current labels; its run makes it",
    audience: "snapshot:create",
    body: createSnapshotInput,
    response: snapshotResponse,
    status: 202,
  },
  ({ access, body }) => createSnapshot(access, body),
);
