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
const alarm = z.object({
  kind: z.enum(["worse", "too few"]),
  /** As labels sign it; null where too little is checked. */
  judge: z.string().nullable(),
  sentence: z.string(),
  since: z.iso.datetime(),
});
export type Alarm = z.infer<typeof alarm>;

/** Live estimates, of the instances that were drawn for people and AI. */
export const routingEstimates = z.object({
  from: z.iso.datetime(),
  /** Those that a policy could draw for both, of the part that trains. */
  instances: z.int(),
  /** Others of that part: they have images, or were routed by a policy that draws none. Nothing is estimated of them. */
  outside: z.int(),
  /** Drawn for both and labelled by both, people having seen no suggestion. */
  drawn: z.int(),
  /** What a label is held against, in words. */
  yardstick: z.string(),
  /** Of the labels as they are, of all by people, of all by AI. */
  current: worth,
  allHuman: worth,
  allAi: worth,
  /** What the policy loses against each: positive where the other were better. */
  regretAllHuman: figure.nullable(),
  regretAllAi: figure.nullable(),
  /** Of LM labels that a week's random sample checks, by the Monday on which it begins in UTC. */
  weeks: z.array(z.object({ week: z.iso.date(), checked: z.int(), agreed: z.int() })),
  alarm: alarm.nullable(),
});
export type RoutingEstimates = z.infer<typeof routingEstimates>;
