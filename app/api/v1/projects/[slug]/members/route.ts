import { endpoint } from "@/app/api/endpoint";
import { listMembers } from "@/lib/auth/members";
import { memberList, pageQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  { summary: "List the members of the project", audience: "member:read", query: pageQuery, response: memberList },
  ({ access, query }) => listMembers(access, query),
);
