import { endpoint } from "@/app/api/endpoint";
import { previewInstance } from "@/lib/assignments/preview/preview";
import { previewInput, previewResponse } from "@/lib/assignments/preview/schema";

export const POST = endpoint(
  {
    summary: "Show an instance as annotators would see it under a task schema; stores nothing",
    audience: "project:update",
    body: previewInput,
    response: previewResponse,
  },
  ({ access, body }) => previewInstance(access, body),
);
