import { z } from "zod";
import { figure } from "../learn/schema";

/** How a way of labelling does on what was routed, as a share of the labels that people's consensus confirms. */
const worth = z.object({
  /** Inverse-propensity weighted, and doubly robust. */
  ipw: figure.nullable(),
  doublyRobust: figure.nullable(),
});
export type Worth = z.infer<typeof worth>;

/** Whether the part that AI labels is as good as it was. */
export const alarm = z.object({
  kind: z.enum(["worse", "too few"]),
  judge: z.string().nullable(),
  sentence: z.string(),
  since: z.iso.datetime(),
});

/** Live estimates, of the instances that were drawn for people and AI. */
export const routingEstimates = z.object({
  from: z.iso.datetime(),
  instances: z.int(),
  drawn: z.int(),
  /** Of the labels as they are, of all by people, of all by AI. */
  current: worth,
  allHuman: worth,
  allAi: worth,
  /** What the policy loses against each: positive where the other were better. */
  regretAllHuman: figure.nullable(),
  regretAllAi: figure.nullable(),
  /** Of LM labels that a week's random sample checks. */
  weeks: z.array(z.object({ week: z.string(), checked: z.int(), agreed: z.int() })),
  alarm: alarm.nullable(),
});
export type RoutingEstimates = z.infer<typeof routingEstimates>;
