import { endpoint } from "@/app/api/endpoint";
import { listRelabelSets, openRelabelSet } from "@/lib/assignments/relabel/relabel-sets";
import { relabelInput, relabelSetList, relabelSetView } from "@/lib/assignments/relabel/schema";

export const GET = endpoint(
  {
    summary: "Submissions that people are asked for again, by set, newest first",
    audience: "project:update",
    response: relabelSetList,
  },
  ({ access }) => listRelabelSets(access),
);

export const POST = endpoint(
  {
    summary: "Ask people again for what they submitted before questions or the guidelines changed",
    audience: "project:update",
    body: relabelInput,
    response: relabelSetView,
    status: 201,
  },
  ({ access, body }) => openRelabelSet(access, body),
);
