import { z } from "zod";
import { routeKinds } from "@/lib/instances/schema";
import { labelWeight } from "@/lib/labels/schema";

export type RouteName = (typeof routeKinds)[number];

const share = z.number().min(0, "must be at least 0").max(1, "must be at most 1");
const humanShare = share.describe("Share of the instances that go to people, of those that do not go to both: 0 to 1");

const settings = {
  dualShare: share.describe("Share of the instances that go to people and to AI, drawn before anything else: 0 to 1"),
  lmWeight: labelWeight.describe("What an AI's vote counts in a consensus, where a person's counts 1"),
  seed: z.int().min(0).max(2_147_483_647).describe("Seed of the draws; each version of the policy draws anew"),
};

/**
 * The cut of an uncertainty policy, made from the scores at the time it was applied: a higher score goes to people, a
 * lower one to AI, and an equal one to people with probability `share`.
 */
const threshold = z.strictObject({ score: z.number(), share });
export type Threshold = z.infer<typeof threshold>;

/**
 * A routing configuration as it is stored. `all-human`, `all-ai` and `random` look at no instance; `uncertainty` sends
 * those to people on which the members of the reward model disagree most. `threshold` is null when nothing was scored;
 * `modelVersion` is the model whose scores made it.
 */
export const policyPayload = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...settings }),
  z.strictObject({ kind: z.literal("all-ai"), ...settings }),
  z.strictObject({ kind: z.literal("random"), humanShare, ...settings }),
  z.strictObject({
    kind: z.literal("uncertainty"),
    humanShare,
    ...settings,
    threshold: threshold.nullable(),
    modelVersion: z.int().nullable(),
  }),
]);
export type PolicyPayload = z.infer<typeof policyPayload>;
export type PolicyKind = PolicyPayload["kind"];

/** A stored configuration with its version, which its draws depend on. */
export type Policy = PolicyPayload & { version: number };

/** The policy that every project starts with. */
export const firstPolicy: PolicyPayload = { kind: "all-human", dualShare: 0, lmWeight: 0.5, seed: 1 };

const left = z.object(settings).partial().shape;

/** A policy as it is asked for. Settings that are left out stay as they are; the cut is found when it is applied. */
export const policyInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...left }),
  z.strictObject({ kind: z.literal("all-ai"), ...left }),
  z.strictObject({ kind: z.literal("random"), humanShare, ...left }),
  z.strictObject({ kind: z.literal("uncertainty"), humanShare, ...left }),
]);
export type PolicyInput = z.infer<typeof policyInput>;

export const policyKinds = ["all-human", "all-ai", "random", "uncertainty"] as const satisfies readonly PolicyKind[];

export const applyPolicyInput = z.strictObject({
  policy: policyInput,
  basedOn: z
    .int()
    .min(1)
    .optional()
    .describe("The current version that you looked at; the call is refused when there is a later one"),
});
export type ApplyPolicyInput = z.infer<typeof applyPolicyInput>;

const routeCounts = z.object({ human: z.int(), lm: z.int(), dual: z.int() });
/** Instances by route. */
export type RouteCounts = z.infer<typeof routeCounts>;

/** What the routing of a project's open instances came to. */
export const routeResult = z.object({
  /** Every open instance by the route it has now. */
  routes: routeCounts,
  /** Of them, those that go elsewhere than before. */
  changed: z.int(),
  /** Instances whose consensus was recomputed. */
  reweighed: z.int(),
});
export type RouteResult = z.infer<typeof routeResult>;

/** Payload of a run of kind "route". */
export const routePayload = z.strictObject({ version: z.int(), redraw: z.boolean(), reweigh: z.boolean() });
export type RoutePayload = z.infer<typeof routePayload>;

/** `result` is null when there are so many instances that a run routes them: `runId`. */
export const policyApplied = z.object({
  version: z.int(),
  result: routeResult.nullable(),
  runId: z.uuid().nullable(),
});
export type PolicyApplied = z.infer<typeof policyApplied>;

/** A version of the policy. */
export const policyView = z.object({
  version: z.int(),
  policy: policyPayload,
  /** The policy in words. */
  sentence: z.string(),
  createdAt: z.iso.datetime(),
  /** Address of who applied it; null when it followed from new scores of the reward model, or came with the project. */
  createdBy: z.string().nullable(),
});
export type PolicyView = z.infer<typeof policyView>;

/** How far the instances of one route are; `done` is by everybody whom the route names. */
export const routeProgress = z.object({
  route: z.enum(routeKinds),
  instances: z.int(),
  /** Labelled by as many people as the project wants; null for a route without people. */
  doneByPeople: z.int().nullable(),
  /** Labelled by a judge; null for a route without AI. */
  doneByAi: z.int().nullable(),
  done: z.int(),
});
export type RouteProgress = z.infer<typeof routeProgress>;

/** Who labels what in a project. Only instances that can be shown to somebody count. */
export const routingView = z.object({
  current: policyView,
  progress: z.array(routeProgress).length(3),
  /** Instances whose route may still change: nobody has labelled or holds them. */
  open: z.int(),
  /**
   * Instances routed to AI without its label, and whether there is an AI to give one; without one, those that have none.
   */
  waiting: z.object({ instances: z.int(), hasJudge: z.boolean() }),
  /**
   * While instances wait, judges that are switched on and whose newest run failed or set questions aside: why, and when
   * they begin again by themselves; null when they have been tried in vain for a day, and somebody has to start them,
   * or when they are at a cap without a period, and go on once that is raised.
   */
  stopped: z.array(
    z.object({
      ...{ judgeId: z.uuid(), name: z.string(), error: z.string() },
      ...{ atCap: z.boolean(), nextTryAt: z.iso.datetime().nullable() },
    }),
  ),
  /** The promoted version of the reward model, and how many open instances it has scored; null before the first. */
  model: z.object({ version: z.int(), scored: z.int() }).nullable(),
  /** The newest run that is routing or waits to; null when there is none. */
  runId: z.uuid().nullable(),
});
export type RoutingView = z.infer<typeof routingView>;

export const previewPolicyInput = z.strictObject({ policy: policyInput });
export type PreviewPolicyInput = z.infer<typeof previewPolicyInput>;

const beforeAndAfter = z.object({ before: z.number(), after: z.number() });

/** What applying a policy now would do to the instances whose route may still change. */
export const policyPreview = z.object({
  /** The current version; apply with it as `basedOn`. */
  basedOn: z.int(),
  sentence: z.string(),
  before: routeCounts,
  after: routeCounts,
  changed: z.int(),
  /** Instances that go elsewhere, by where from and where to. */
  moves: z.array(z.object({ from: z.enum(routeKinds), to: z.enum(routeKinds), instances: z.int() })),
  /** Instances whose consensus would be recomputed, because the weight of AI differs. */
  reweighed: z.int(),
  /** True when there are so many instances that the counts are those of a sample, scaled up. */
  isEstimate: z.boolean(),
  /** Labels by people still to come from these instances. */
  humanLabels: beforeAndAfter,
  /** Verdicts by LM judges still to come: two for each aspect and judge. */
  verdicts: beforeAndAfter,
  /** What these verdicts may cost; null while no LM judge with a price is switched on. */
  costMicros: beforeAndAfter.nullable(),
});
export type PolicyPreview = z.infer<typeof policyPreview>;

export const routeListQuery = z.strictObject({
  route: z.enum(routeKinds).optional().describe("Only instances with this route"),
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RouteListQuery = z.infer<typeof routeListQuery>;

/** The decision that counts for an instance. */
export const routeView = z.object({
  instanceId: z.uuid(),
  outsideId: z.string(),
  route: z.enum(routeKinds),
  policyVersion: z.int(),
  propensity: z.number(),
  score: z.number().nullable(),
  reason: z.string(),
  createdAt: z.iso.datetime(),
});
export type RouteView = z.infer<typeof routeView>;
export const routeList = z.object({ items: z.array(routeView), nextCursor: z.string().nullable() });
export type RouteList = z.infer<typeof routeList>;

export const policyListQuery = z.strictObject({
  cursor: z.coerce.number().int().min(1).optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PolicyListQuery = z.infer<typeof policyListQuery>;
export const policyList = z.object({ items: z.array(policyView), nextCursor: z.string().nullable() });
export type PolicyList = z.infer<typeof policyList>;
