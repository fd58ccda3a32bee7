import { z } from "zod";
import { routeKinds } from "@/lib/instances/schema";
import { labelWeight } from "@/lib/labels/schema";
import { pacing } from "./budget/schema";
import { policyKindNames } from "./policy-kinds";

export type RouteName = (typeof routeKinds)[number];

const share = z.number().min(0, "must be at least 0").max(1, "must be at most 1");
const humanShare = share.describe("Share of the instances that go to people, of those that do not go to both: 0 to 1");

const settings = {
  dualShare: share.describe("Share of the instances that go to people and to AI, drawn before anything else: 0 to 1"),
  lmWeight: labelWeight.describe("What an AI's vote counts in a consensus, where a person's counts 1"),
  seed: z.int().min(0).max(2_147_483_647).describe("Seed of the draws; each version of the policy draws anew"),
};

/**
 * The cut of a policy that ranks, made from the scores at the time it was applied: a higher score goes to people, a
 * lower one to AI, and an equal one to people with probability `share`.
 */
const threshold = z.strictObject({ score: z.number(), share });
export type Threshold = z.infer<typeof threshold>;

/** A share that ranks or draws may follow a budget. */
const paced = { humanShare, pacing: pacing.nullable().default(null) };

/** What a policy by confidence promises of the labels that it leaves to AI: error <= alpha with probability 1 - delta. */
const promise = {
  alpha: z.number().min(0.001).max(0.5).describe("Most of AI's labels that may differ from people's: 0.001 to 0.5"),
  delta: z.number().min(0.001).max(0.5).describe("Probability with which more may: 0.001 to 0.5"),
};

/**
 * From which confidence on a judge's label stands; below it the instance goes on. `judge` as labels sign it, so that
 * another version of the judge has no cut. Null where no confidence keeps the promise.
 */
const cut = z.strictObject({ judge: z.string(), confidence: z.number().nullable() });
export type Cut = z.infer<typeof cut>;

const byFit = { fitVersion: z.int() };
const learned = { ...paced, ...byFit, threshold: threshold.nullable() };

/**
 * A routing configuration as it is stored. `all-human`, `all-ai` and `random` look at no instance; `uncertainty` sends
 * those to people on which the members of the reward model disagree most, the learned kinds those on which a person's
 * label is worth most, by itself or for its price. `confidence` and `cascade` send everything to AI first, and on to
 * people where the judge, or the second judge after the first, is less confident than its cut. `threshold` is null when
 * nothing was scored; `modelVersion` is the model whose scores made it, `fitVersion` the fit that is gone by.
 */
export const policyPayload = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...settings }),
  z.strictObject({ kind: z.literal("all-ai"), ...settings }),
  z.strictObject({ kind: z.literal("random"), ...paced, ...settings }),
  z.strictObject({
    kind: z.literal("uncertainty"),
    ...paced,
    ...settings,
    threshold: threshold.nullable(),
    modelVersion: z.int().nullable(),
  }),
  z.strictObject({ kind: z.literal("confidence"), ...promise, ...byFit, ...settings, cuts: z.array(cut) }),
  z.strictObject({ kind: z.literal("learned"), ...learned, ...settings }),
  z.strictObject({ kind: z.literal("learned-per-cost"), ...learned, ...settings }),
  z.strictObject({ kind: z.literal("cascade"), ...promise, ...byFit, ...settings, cuts: z.array(cut).length(2) }),
]);
export type PolicyPayload = z.infer<typeof policyPayload>;
export type PolicyKind = PolicyPayload["kind"];

/** A stored configuration with its version, which its draws depend on. */
export type Policy = PolicyPayload & { version: number };

/** The policy that every project starts with. */
export const firstPolicy: PolicyPayload = { kind: "all-human", dualShare: 0, lmWeight: 0.5, seed: 1 };

const left = z.object(settings).partial().shape;
const asked = {
  humanShare,
  pacing: pacing.nullable().optional().describe("A budget that the share follows; none unless given"),
  ...left,
};
const judges = z
  .array(z.uuid())
  .length(2)
  .refine(([first, second]) => first !== second, "must be two different judges")
  .describe("Ids of the judge that is asked first and of the one that is asked where it is not confident");

/** A policy as it is asked for. Settings that are left out stay as they are; the cut is found when it is applied. */
export const policyInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all-human"), ...left }),
  z.strictObject({ kind: z.literal("all-ai"), ...left }),
  z.strictObject({ kind: z.literal("random"), ...asked }),
  z.strictObject({ kind: z.literal("uncertainty"), ...asked }),
  z.strictObject({ kind: z.literal("confidence"), ...promise, ...left }),
  z.strictObject({ kind: z.literal("learned"), ...asked }),
  z.strictObject({ kind: z.literal("learned-per-cost"), ...asked }),
  z.strictObject({ kind: z.literal("cascade"), ...promise, judges, ...left }),
]);
export type PolicyInput = z.infer<typeof policyInput>;

export const policyKinds = policyKindNames satisfies readonly PolicyKind[];

export const applyPolicyInput = z.strictObject({
  policy: policyInput,
  basedOn: z
    .int()
    .min(1)
    .optional()
    .describe("The current version that you looked at; the call is refused when there is a later one"),
});
export type ApplyPolicyInput = z.infer<typeof applyPolicyInput>;

export const rollbackInput = z.strictObject({
  version: z.int().min(1).describe("The version whose policy becomes the next one"),
  basedOn: applyPolicyInput.shape.basedOn,
});
export type RollbackInput = z.infer<typeof rollbackInput>;

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
  /** Address of who applied it; null when the product made it, or it came with the project. */
  createdBy: z.string().nullable(),
  /** Why the product made it by itself; null when somebody applied it, or it came with the project. */
  cause: z.string().nullable(),
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
  /**
   * Under a policy by learned gain, the open instances whose texts are measured, and whether there is the price of an hour
   * that it goes by, where it goes by one; null under others.
   */
  gains: z.object({ measured: z.int(), hasPrice: z.boolean() }).nullable(),
  /** The newest run that is routing or waits to; null when there is none. */
  runId: z.uuid().nullable(),
});
export type RoutingView = z.infer<typeof routingView>;

export const previewPolicyInput = z.strictObject({ policy: policyInput });
export type PreviewPolicyInput = z.infer<typeof previewPolicyInput>;

const beforeAndAfter = z.object({ before: z.number(), after: z.number() });

/** An instance that a policy would route, and why. */
const routeExample = z.object({
  ...{ instanceId: z.uuid(), outsideId: z.string() },
  ...{ route: z.enum(routeKinds), score: z.number().nullable(), reason: z.string() },
});
export type RouteExample = z.infer<typeof routeExample>;

/**
 * Instances that a policy would route, some of each: those that go to people first of all, those nearest to its cut, and
 * those that people get last. A policy that ranks nothing has no cut: `first` are some that go to people, `last` some
 * that go to AI.
 */
const routeExamples = z.object({
  ...{ first: z.array(routeExample), around: z.array(routeExample), last: z.array(routeExample) },
});
export type RouteExamples = z.infer<typeof routeExamples>;

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
  /**
   * Of the instances routed to AI, the share that is expected to go on to people, because their judges are not confident
   * enough; 0 for policies that do not look at judges' labels.
   */
  escalatedShare: z.number(),
  examples: routeExamples,
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
  /** 0 as the policy routed it; 1 and 2 after a judge, or the second of a cascade, was not confident enough. */
  stage: z.int(),
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
