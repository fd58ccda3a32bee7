import { endpoint } from "@/app/api/endpoint";
import { findSubject } from "@/lib/judges/subjects/find";
import { foundSubject, subjectQuery } from "@/lib/judges/subjects/schema";

export const GET = endpoint(
  {
    summary: "Find an instance to try a judge on",
    audience: "judge:manage",
    query: subjectQuery,
    response: foundSubject,
  },
  ({ access, query }) => findSubject(access, query),
);
