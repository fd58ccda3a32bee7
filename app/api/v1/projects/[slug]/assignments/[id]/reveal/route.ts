import { endpoint } from "@/app/api/endpoint";
import { revealTexts } from "@/lib/assignments/reveal";
import { assignmentParams, assignmentView, revealInput } from "@/lib/assignments/schema";

export const POST = endpoint(
  {
    summary: "Answer a question for good and see the texts that this reveals",
    audience: "label:write",
    params: assignmentParams,
    body: revealInput,
    response: assignmentView,
  },
  ({ access, params, body }) => revealTexts(access, params.id, body),
);
