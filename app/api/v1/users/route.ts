import { endpoint } from "@/app/api/endpoint";
import { pageQuery, userList } from "@/lib/auth/schema";
import { listUsers } from "@/lib/auth/users";

export const GET = endpoint(
  { summary: "List the accounts of the site", audience: "user:manage", query: pageQuery, response: userList },
  ({ access, query }) => listUsers(access, query),
);
