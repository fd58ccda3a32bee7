import { z } from "zod";
import { policyInput } from "../schema";

/** A new fit is made: at the times of a cron pattern (UTC), after so many new instances labelled by both, on changes. */
const refit = z.strictObject({
  cron: z.string().nullable().default(null),
  everyLabels: z.int().min(10).max(100_000).nullable().default(null),
  onChange: z.boolean().default(false).describe("When a judge gets another version, or another reward model serves"),
});

/** How routing looks after itself; `projects.routing_settings`. */
export const routingSettings = z.strictObject({
  refit: refit.default(refit.parse({})),
  appliesRefits: z
    .boolean()
    .default(false)
    .describe("A policy that goes by a fit goes by each new one, and falls back by one that cannot be trusted"),
  fallsBack: z
    .boolean()
    .default(true)
    .describe("When AI's labels get worse, everything goes to people until somebody decides"),
  /** A policy that becomes the current one at a time. */
  scheduled: z.strictObject({ policy: policyInput, at: z.iso.datetime() }).nullable().default(null),
});
export type RoutingSettings = z.infer<typeof routingSettings>;
