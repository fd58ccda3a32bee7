import { endpoint } from "@/app/api/endpoint";
import { routingSettings } from "@/lib/routing/settings/schema";
import { getRoutingSettings, setRoutingSettings } from "@/lib/routing/settings/settings";

export const GET = endpoint(
  {
    summary: "Read how routing looks after itself: when it is fitted again, and what it does then",
    audience: "routing:read",
    response: routingSettings,
  },
  ({ access }) => getRoutingSettings(access),
);

export const PUT = endpoint(
  {
    summary: "Set how routing looks after itself: when it is fitted again, whether fits apply, and what is scheduled",
    audience: "routing:manage",
    body: routingSettings,
    response: routingSettings,
  },
  ({ access, body }) => setRoutingSettings(access, body),
);
