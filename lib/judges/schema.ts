import { z } from "zod";
import { instanceFilters } from "@/lib/instances/schema";
import { labelPayloads, stepsPayload, type LabelTypeName } from "@/lib/labels/schema";
import { apiKey, baseUrl, givesTokenProbabilities, modelName, providerKinds } from "@/lib/providers/schema";
import { doneOfQuestion, doneRun } from "./done/schema";

const labelTypes = Object.keys(labelPayloads) as [LabelTypeName, ...LabelTypeName[]];

export const judgeKinds = ["lm", "rm"] as const;

export const defaultRubric = `Prefer the completion that serves the person better: it does what was asked, is correct, is complete without padding, and is clear. A confident mistake is worse than an admitted gap. A completion that refuses what is harmless, or helps with what is harmful, is worse.`;

const wholeNumber = (least: number, most: number) =>
  z.int("must be a whole number").min(least, `must be at least ${least}`).max(most, `must be at most ${most}`);

/** Millionths of a unit of money for a million tokens: at 0.15 a million tokens this is 150000. */
const price = wholeNumber(0, 1_000_000_000_000);

export const rankingWays = ["permutations", "tournament"] as const;
export const reasoningEfforts = ["low", "medium", "high"] as const;

/** As ids of a task schema's questions are. */
const questionId = z.string().min(1, "must not be empty").max(64, "can have at most 64 characters");

/**
 * What a judge that is an LM asks, whom, and how. Every change of what it says is a new version of the judge: a verdict
 * can always be traced to the exact question. Fields that came later have defaults, with which stored configs are read.
 */
const lmFields = z.strictObject({
  provider: z.enum(providerKinds).default("openai-compatible"),
  /** Up to and without /chat/completions */
  baseUrl,
  model: modelName,
  rubric: z.string().trim().min(1, "must not be empty").max(20_000, "can have at most 20000 characters"),
  /** The version of the text around the rubric. */
  prompt: z.literal("pairwise-1").default("pairwise-1"),
  /** Null leaves it to the provider, as models that reason want it. */
  temperature: z.number().min(0, "must be at least 0").max(2, "must be at most 2").nullable().default(0),
  maxOutputTokens: wholeNumber(16, 100_000).default(1024),
  /** How long models that reason think; null leaves it to the provider. */
  reasoningEffort: z.enum(reasoningEfforts).nullable().default(null),
  /** Ids of the task schema's questions that it answers; null for all of them. */
  questions: z
    .array(questionId)
    .min(1, "needs at least one question; leave it out for all of them")
    .max(12, "can have at most twelve questions")
    .refine((ids) => new Set(ids).size === ids.length, "names a question twice")
    .nullable()
    .default(null),
  /** How often each question is asked; the answer is what the samples come to. */
  samples: wholeNumber(1, 15).default(1),
  /** How many answers by people are shown as examples, of the train split. */
  demonstrations: wholeNumber(0, 6).default(0),
  /** Shows the reference answer, where an instance has one. */
  usesReference: z.boolean().default(false),
  /** Rankings are asked for as a whole, in an order and its reverse, or pair by pair in both orders. */
  rankingBy: z.enum(rankingWays).default("permutations"),
  /** Asks for the probabilities of the answer's tokens, from a provider that gives them. */
  tokenProbabilities: z.boolean().default(false),
  inputPriceMicros: price.default(0),
  /** Null where it is that of other input. */
  cachedInputPriceMicros: price.nullable().default(null),
  outputPriceMicros: price.default(0),
  /** How long one request may take. */
  timeoutSeconds: wholeNumber(1, 600).default(60),
  /** Requests in flight at once. */
  concurrency: wholeNumber(1, 64).default(4),
  /** What the provider allows, over all workers; null for as much as there is. */
  requestsPerMinute: wholeNumber(1, 1_000_000).nullable().default(null),
  tokensPerMinute: wholeNumber(1, 1_000_000_000).nullable().default(null),
});
export const lmConfig = lmFields.refine(
  (config) => !config.tokenProbabilities || givesTokenProbabilities(config.provider),
  {
    path: ["tokenProbabilities"],
    message: "cannot be had from Anthropic, which gives none: leave it off, or ask more samples",
  },
);
export type LmConfig = z.output<typeof lmConfig>;

/** What says nothing about the answers: a change of it alone stays the same version. */
export const operationalFields = [
  "timeoutSeconds",
  "concurrency",
  "requestsPerMinute",
  "tokensPerMinute",
  "inputPriceMicros",
  "cachedInputPriceMicros",
  "outputPriceMicros",
] as const satisfies readonly (keyof LmConfig)[];

/** Below which predicted probability of the better completion a reward model calls it a tie. */
const tieBelow = z.number().min(0.5, "must be at least 0.5").max(0.99, "must be at most 0.99");
export const defaultTieBelow = 0.55;

/** What a judge that is the promoted reward model answers with. A newer model is the next version of the judge. */
export const rmConfig = z.strictObject({
  /** Null until a version of the reward model is promoted. */
  rewardModel: z.strictObject({ version: z.int(), aspect: z.string() }).nullable(),
  tieBelow,
});
export type RmConfig = z.output<typeof rmConfig>;

/** `judge_versions.config`. */
export const judgeConfig = z.union([lmConfig, rmConfig]);

const judgeName = z.string().trim().min(1, "must not be empty").max(100, "can have at most 100 characters");
/** As it is given: samples differ by chance, and there is none at a temperature of 0. */
const newLmConfig = lmConfig.refine(({ samples, temperature }) => samples === 1 || temperature !== 0, {
  path: ["temperature"],
  message: "must be above 0 where a question is asked more than once, or all samples say the same",
});

/** A judge that is an LM, unless its kind says that it is the project's reward model. */
export const createJudgeInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("lm").optional(),
    name: judgeName,
    config: newLmConfig,
    /** Left out for servers that want none. */
    apiKey: apiKey.optional(),
    isEnabled: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal("rm"),
    name: judgeName,
    tieBelow: tieBelow.default(defaultTieBelow),
    isEnabled: z.boolean().default(true),
  }),
]);
export type CreateJudgeInput = z.output<typeof createJudgeInput>;

/**
 * Fields that are left out stay as they are. A config that differs becomes the next version; a null key removes it.
 * `config` and `apiKey` are of judges that are LMs, `tieBelow` of those that are the reward model.
 */
export const updateJudgeInput = z
  .strictObject({ name: judgeName, config: newLmConfig, apiKey: apiKey.nullable(), tieBelow, isEnabled: z.boolean() })
  .partial()
  .refine((input) => Object.keys(input).length > 0, "names no field to change");
export type UpdateJudgeInput = z.output<typeof updateJudgeInput>;

const reasoning = z.string().nullable();
const probability = z.number().min(0).max(1).nullable();
/** Of a stretch or quote that a judge marks. */
const marked = { category: z.string(), severity: z.string().optional(), note: z.string().optional() };

/**
 * What one answer says, as `verdicts.outcome` holds it: in terms of the instance, whatever was the order shown.
 * `reasoning` is what the answer gives as its reason.
 */
export const verdictOutcome = z.discriminatedUnion("kind", [
  /** Of a comparison: `preferred` counts within the pair. */
  z.strictObject({
    kind: z.literal("preferred"),
    preferred: z.union([z.literal(0), z.literal(1)]),
    strength: z.int().min(1),
    /** That the pair's first is better, by the probabilities of the answer's tokens. */
    probability: probability.optional(),
    reasoning,
  }),
  z.strictObject({ kind: z.literal("tie"), probability: probability.optional(), reasoning }),
  /** By index of completion, 1 = best. */
  z.strictObject({ kind: z.literal("ranking"), ranks: z.array(z.int().min(1)).min(2), reasoning }),
  z.strictObject({
    kind: z.literal("rating"),
    value: z.union([z.number(), z.string()]),
    /** The mean of the scale's values by the probabilities of the answer's tokens. */
    expected: z.number().nullable(),
    reasoning,
  }),
  z.strictObject({
    kind: z.literal("binary"),
    value: z.boolean(),
    /** That it is true, by the probabilities of the answer's tokens. */
    probability,
    reasoning,
  }),
  z.strictObject({
    kind: z.literal("spans"),
    /** Half-open, in code points of the raw completion. */
    spans: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(0), ...marked })),
    /** Quotes that the completion does not have. */
    unaligned: z.array(z.strictObject({ quote: z.string(), ...marked })),
    reasoning,
  }),
  z.strictObject({
    kind: z.literal("steps"),
    steps: stepsPayload.shape.steps,
    firstError: z.int().min(0).nullable(),
    reasoning,
  }),
  z.strictObject({
    kind: z.literal("critique"),
    text: z.string(),
    quotes: z.array(z.string()),
    rewrite: z.string().nullable(),
    reasoning,
  }),
  /** `problem`: why the answer could not be used. */
  z.strictObject({ kind: z.literal("invalid"), problem: z.string() }),
]);
export type VerdictOutcome = z.infer<typeof verdictOutcome>;
export type VerdictKind = VerdictOutcome["kind"];
export const verdictKinds = [
  "preferred",
  "tie",
  "ranking",
  "rating",
  "binary",
  "spans",
  "steps",
  "critique",
  "invalid",
] as const satisfies readonly VerdictKind[];

/** Comparisons are the first three; every other answer is "answered". */
export const labelOutcomes = ["preferred", "tie", "inconsistent", "answered"] as const;
/** What says how sure an answer is: its samples, the two orders of one sample, or the probabilities of its tokens. */
export const confidenceBases = ["samples", "orders", "tokens"] as const;

/** `labels.meta` of a label that a judge gave. Labels from before judges said how sure they are have no confidence. */
export const judgeLabelMeta = z.object({
  outcome: z.enum(labelOutcomes),
  /** The verdicts it was made from, in the order asked. */
  verdictIds: z.array(z.uuid()),
  confidence: z.number().min(0).max(1).nullable().default(null),
  basis: z.enum(confidenceBases).nullable().default(null),
});
export type JudgeLabelMeta = z.infer<typeof judgeLabelMeta>;

/** What to judge: by default what is routed to AI and has no label of the judge's current version. */
export const runJudgeInput = z
  .strictObject({
    /** Ids of instances. */
    instances: z
      .array(z.uuid())
      .min(1, "must name an instance")
      .max(10_000, "can name at most 10000 instances")
      .optional(),
    /** As in the list of instances. */
    filter: instanceFilters.optional(),
  })
  .refine(
    (input) => input.instances === undefined || input.filter === undefined,
    "takes instances or a filter, not both",
  );
export type RunJudgeInput = z.infer<typeof runJudgeInput>;

export const startedRun = z.object({ id: z.uuid().describe("The run, to be followed at /runs/{id}") });

/** Payload of a run of kind "judge". */
export const judgeRunPayload = z.strictObject({
  judgeId: z.uuid(),
  instances: z.array(z.uuid()).optional(),
  filter: instanceFilters.optional(),
});
export type JudgeRunPayload = z.infer<typeof judgeRunPayload>;

/** What a run of kind "judge" did: labels = preferred + tie + inconsistent + answered. */
export const judgeRunResult = z.object({
  judge: z.string(),
  version: z.int(),
  /** Instances that were looked at. */
  instances: z.int(),
  /** Instances that were left out, because they have images and judges are shown texts alone. */
  withImages: z.int(),
  verdicts: z.int(),
  labels: z.int(),
  preferred: z.int(),
  tie: z.int(),
  inconsistent: z.int(),
  /** Of questions that are no comparisons. */
  answered: z.int().default(0),
  invalid: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
});
export type JudgeRunResult = z.infer<typeof judgeRunResult>;

const time = z.iso.datetime();

const judgeFacts = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  isEnabled: z.boolean(),
  createdAt: time,
  /** Of all its versions. */
  verdicts: z.int(),
  labels: z.int(),
  costMicros: z.int(),
});

/** A judge as the API shows it. Its key never leaves the server. */
export const judgeView = z.discriminatedUnion("kind", [
  judgeFacts.extend({
    kind: z.literal("lm"),
    config: lmConfig,
    /** Last characters of the key; null without one. */
    keyHint: z.string().nullable(),
  }),
  judgeFacts.extend({ kind: z.literal("rm"), config: rmConfig }),
]);
export type JudgeView = z.infer<typeof judgeView>;
export type LmJudgeView = Extract<JudgeView, { kind: "lm" }>;
export type RmJudgeView = Extract<JudgeView, { kind: "rm" }>;

export const judgeList = z.object({ items: z.array(judgeView), nextCursor: z.string().nullable() });
export type JudgeList = z.infer<typeof judgeList>;
export const judgeListQuery = z.strictObject({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const judgeParams = z.object({ id: z.uuid() });

const share = z.number().min(0).max(1).nullable();

/** What one version of a judge has done. Shares are null while there is nothing to take a share of. */
export const judgeVersionReport = z.object({
  version: z.int(),
  config: judgeConfig,
  createdAt: time,
  createdBy: z.string().nullable(),
  verdicts: z.int(),
  /** Verdicts that could not be read after at most two more questions. */
  invalid: z.int(),
  /** Questions asked again because an answer could not be read. */
  repairs: z.int(),
  labels: z.int(),
  preferred: z.int(),
  tie: z.int(),
  inconsistent: z.int(),
  /** Of the labels, those on which both orders agree. */
  consistency: share,
  /** Of the pairs on which the orders contradict each other, those on which it was always the first shown. */
  firstPosition: share,
  /** How many pairs that is a share of. */
  contradictions: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
  /** Of one verdict with its repairs, in milliseconds. */
  latencyMs: z.object({ p50: z.number(), p95: z.number() }).nullable(),
});
export type JudgeVersionReport = z.infer<typeof judgeVersionReport>;

export const judgeReport = z.object({
  judge: judgeView,
  /** Newest first. */
  versions: z.array(judgeVersionReport),
  /** Instances routed to AI that the current version has not judged. */
  pending: z.int(),
  /** Of the current version. */
  questions: z.array(doneOfQuestion),
  /** The latest, newest first. */
  runs: z.array(doneRun),
});
export type JudgeReport = z.infer<typeof judgeReport>;

export const verdictListQuery = z.strictObject({
  kind: z.enum(verdictKinds).optional().describe("What the verdict says"),
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type VerdictListQuery = z.infer<typeof verdictListQuery>;

/** A judge's raw answer. */
export const verdictView = z.object({
  id: z.uuid(),
  instanceId: z.uuid(),
  outsideId: z.string(),
  version: z.int(),
  question: z.string(),
  aspect: z.string(),
  /** What it is about, such as "0-1" for a pair, and the completions in the order in which they were shown. */
  target: z.string(),
  shownOrder: z.string(),
  sample: z.int(),
  outcome: verdictOutcome,
  rawText: z.string(),
  /** What the model thought before it answered, where its provider keeps that apart. */
  thinking: z.string().nullable(),
  /** The model that the provider says answered; null where it says none. */
  model: z.string().nullable(),
  /** Cached ones are some of the input's. */
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  outputTokens: z.int(),
  latencyMs: z.int(),
  costMicros: z.int(),
  repairs: z.int(),
  createdAt: time,
});
export type VerdictView = z.infer<typeof verdictView>;
export const verdictList = z.object({ items: z.array(verdictView), nextCursor: z.string().nullable() });
export type VerdictList = z.infer<typeof verdictList>;

/** A raw answer about one instance, with the judge that gave it. */
export const instanceVerdict = verdictView.extend({
  judge: z.object({ id: z.uuid(), name: z.string(), kind: z.enum(["lm", "rm"]) }),
});
export type InstanceVerdict = z.infer<typeof instanceVerdict>;
export const instanceVerdicts = z.object({ items: z.array(instanceVerdict) });

/** A config to try before it is saved, on an instance or on the first that can be judged. Nothing is stored. */
export const tryJudgeInput = z.strictObject({
  config: newLmConfig,
  apiKey: apiKey.optional(),
  /** Whose stored key to use when none is given. */
  judgeId: z.uuid().optional(),
  instanceId: z.uuid().optional(),
  /** Id of a question of the task schema; by default the first that the config answers. */
  question: questionId.optional(),
  /** Id of an aspect of it; by default the first. */
  aspect: questionId.optional(),
  /** The completion to be judged by its index, where they are judged one by one; by default the first. */
  completion: z.int().min(0).optional(),
  /** The indices of the two to be compared; by default those that a run compares. */
  pair: z
    .tuple([z.int().min(0), z.int().min(0)])
    .refine(([first, second]) => first < second, "must name two completions, the smaller index first")
    .optional(),
});
export type TryJudgeInput = z.output<typeof tryJudgeInput>;

/** What a config answers, order by order, each asked once. */
export const judgeTrial = z.object({
  instanceId: z.uuid(),
  outsideId: z.string(),
  question: z.string(),
  type: z.enum(labelTypes),
  aspect: z.string(),
  /** As labels have it. */
  target: z.string(),
  outcome: z.enum([...labelOutcomes, "invalid"]),
  /** By position in the pair, when the outcome is "preferred". */
  preferred: z.int().nullable(),
  /** Of the label that the answers come to; null when they come to none. */
  payload: z.record(z.string(), z.unknown()).nullable(),
  confidence: z.number().min(0).max(1),
  basis: z.enum(confidenceBases),
  costMicros: z.int(),
  orders: z.array(
    z.object({
      /** What it is about; in a tournament the pair. */
      target: z.string(),
      shownOrder: z.string(),
      messages: z.array(z.object({ role: z.string(), content: z.string() })),
      rawText: z.string(),
      thinking: z.string().nullable(),
      model: z.string().nullable(),
      outcome: verdictOutcome,
      inputTokens: z.int(),
      cachedInputTokens: z.int(),
      outputTokens: z.int(),
      latencyMs: z.int(),
      repairs: z.int(),
      costMicros: z.int(),
    }),
  ),
});
export type JudgeTrial = z.infer<typeof judgeTrial>;
