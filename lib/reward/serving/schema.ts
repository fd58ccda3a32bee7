import { z } from "zod";
import { denseAnswer, denseRequest } from "../dense/schema";
import { generalComparison } from "../general-preference/schema";
import { headScores } from "../heads/schema";
import { reductions } from "../tastes/schema";

/** Most completions in one call of the score endpoint, those of stored instances included. */
export const maxScoredCompletions = 1000;

/** Most completions that one item can bring. */
export const maxItemCompletions = 100;

/** Most bytes of a body with texts to score: trainers send whole batches, OpenRLHF with each prompt twice. */
export const maxScoreBodyBytes = 16_000_000;

/** Most bytes of stored text in one call of the score endpoint: two of the largest records. */
export const maxStoredBytes = 32 * 1024 ** 2;

/** What completions can be ranked and shaped by; each is described where it is answered. */
export const scoreNames = ["reward", "rewardWithSides", "min", "meanMinusSd", "uwo", "worstGroup"] as const;
export type ScoreName = (typeof scoreNames)[number];

const by = z
  .enum(scoreNames)
  .default("reward")
  .describe(
    "By which score completions are ranked and shaped; min, meanMinusSd and uwo distrust what members dispute, worstGroup pleases the least pleased group of annotators",
  );
const lambda = z
  .number()
  .min(0, "must be at least 0")
  .max(1000, "must be at most 1000")
  .default(0.5)
  .describe("What the members' disagreement costs: .5 suits best of n, .1 suits PPO (Coste et al.)");

const message = z.strictObject({ role: z.string().min(1), content: z.string() });

const scoreItem = z
  .strictObject({
    instanceId: z.uuid().optional().describe("A stored instance: its prompt, completions and reference"),
    prompt: z.string().optional(),
    messages: z.array(message).min(1, "needs at least one message").optional(),
    completions: z
      .array(z.string())
      .min(1, "needs at least one")
      .max(maxItemCompletions, `can have at most ${maxItemCompletions}`)
      .optional(),
    reference: z
      .string()
      .optional()
      .describe("A completion to measure the others by; without it the reference that is stored with the prompt"),
    ...denseRequest,
  })
  .refine(
    (item) => [item.instanceId, item.prompt, item.messages].filter((given) => given !== undefined).length === 1,
    "needs one of instanceId, prompt and messages",
  )
  .refine(
    ({ instanceId, completions }) => (instanceId === undefined) === (completions !== undefined),
    "needs completions with a prompt or messages, and none with an instanceId",
  )
  .refine(
    ({ completions, steps }) => steps === undefined || steps.length === completions?.length,
    "needs steps for each of the completions that are sent, or none",
  );
export type ScoreItem = z.infer<typeof scoreItem>;

export const scoreInput = z.strictObject({
  items: z
    .array(scoreItem)
    .min(1, "needs at least one item")
    .max(maxScoredCompletions, `can have at most ${maxScoredCompletions} items`)
    .refine(
      (items) => items.reduce((sum, { completions }) => sum + (completions?.length ?? 0), 0) <= maxScoredCompletions,
      `can have at most ${maxScoredCompletions} completions in all`,
    ),
  by,
  lambda,
  members: z.boolean().default(false).describe("Whether the answer has each member's reward"),
  groups: z.boolean().default(false).describe("Whether the answer has the reward of each group of annotators"),
  reduce: z.enum(reductions).default("min").describe("How the groups' rewards make one: min is MaxMin's"),
  general: z
    .boolean()
    .default(false)
    .describe("Whether completions are compared by the model that need not be a scale"),
  heads: z.boolean().default(false).describe("Whether the answer has what each head beside the overall reward says"),
});
export type ScoreInput = z.infer<typeof scoreInput>;
/** As it is sent, with what has a default left out. */
export type ScoreRequest = z.input<typeof scoreInput>;

/** The query of the addresses that answer in the shapes of other servers, where one score a text is asked for. */
export const servedQuery = z.strictObject({ by, lambda: z.coerce.number().pipe(lambda.unwrap()).default(0.5) });
export type ServedQuery = z.infer<typeof servedQuery>;

/** Scores of one completion in logits, divided by the version's temperature: comparable within a prompt only. */
const scored = z.object({
  reward: z.number().describe("Of the text alone: the mean of the members"),
  rewardWithSides: z.number().describe("With length and format counted in"),
  sd: z.number().describe("Standard deviation of the members' rewards of the text alone"),
  percentile: z
    .number()
    .nullable()
    .describe("Place of the reward, 0 to 100, in those of what the version was trained on; null for old versions"),
  min: z.number().describe("Worst case: the lowest reward of a member"),
  meanMinusSd: z.number().describe("reward - lambda sd"),
  uwo: z.number().describe("reward - lambda sd^2 (uncertainty-weighted, Coste et al.)"),
  shaped: z
    .number()
    .nullable()
    .describe("1 / (1 + exp(-(score - score of the reference))), in (0, 1); null without a reference"),
  members: z.array(z.number()).optional().describe("Of the text alone, by each member; on request"),
  worstGroup: z
    .number()
    .nullable()
    .describe("The lowest of the groups' rewards, in standard deviations; null where the version has no groups"),
  groups: z
    .array(z.number())
    .optional()
    .describe(
      "By each group of annotators, in standard deviations from the mean of the training completions; on request",
    ),
  groupReward: z.number().optional().describe("The groups' rewards, reduced as asked"),
  ...denseAnswer,
  heads: headScores.optional().describe("On request: aspects, ratings, answers by yes or no, and the gated reward"),
});
export type ScoredCompletion = z.infer<typeof scored>;

const group = z.object({
  best: z.int().describe("Place of the completion with the highest score, from 0: best of n"),
  ranking: z.array(z.int()).describe("Places of all, best first; equals in the order they came in"),
  softmax: z.array(z.number()).describe("exp(score) / sum of exp(score)"),
  winRates: z.array(z.number()).describe("Mean probability of being preferred to each of the others"),
});
export type GroupScores = z.infer<typeof group>;

export const scoreOutput = z.object({
  version: z.int(),
  items: z.array(
    z.object({
      completions: z.array(scored),
      group: group.nullable().describe("Null for a single completion"),
      general: generalComparison.nullable().optional().describe("On request; null for a single completion"),
      firstPreferred: z
        .object({
          probability: z.number(),
          probabilityWithSides: z.number(),
          outcomes: z
            .object({ first: z.number(), tie: z.number(), second: z.number() })
            .nullable()
            .describe("With length and format, where the version learned how frequent ties are (Davidson); else null"),
        })
        .nullable()
        .describe("For exactly two completions: the calibrated probability that the first is preferred"),
    }),
  ),
});
export type ScoreOutput = z.infer<typeof scoreOutput>;
