import { endpoint } from "@/app/api/endpoint";
import { allowHost, listAllowedHosts, removeAllowedHost } from "@/lib/hosts/allowed-hosts";
import { allowedHostList, allowedHostView, allowHostInput } from "@/lib/hosts/schema";

export const GET = endpoint(
  {
    summary: "List the hosts that judges and images may come from although they are private",
    audience: "host:manage",
    response: allowedHostList,
  },
  ({ access }) => listAllowedHosts(access),
);

export const POST = endpoint(
  { summary: "Allow a host", audience: "host:manage", body: allowHostInput, response: allowedHostView, status: 201 },
  ({ access, body }) => allowHost(access, body),
);

export const DELETE = endpoint(
  { summary: "Take a host off the list", audience: "host:manage", query: allowHostInput },
  ({ access, query }) => removeAllowedHost(access, query.host),
);
