import { z } from "zod";
import { maxScoredCompletions } from "../serving/schema";

// Bodies and answers as other servers have them. Fields that those servers ignore are ignored here, too.

const most = `can have at most ${maxScoredCompletions} texts`;
const texts = z.array(z.string()).min(1, "needs at least one text").max(maxScoredCompletions, most);
const textOrTexts = z.union([z.string(), texts], "must be a text or a list of texts; token ids are not read");

/** What OpenRLHF posts to its remote_rm_url. */
export const openrlhfInput = z
  .object({
    query: texts.describe("Prompt and completion, with chat template"),
    prompts: z.array(z.string()).nullish().describe("The prompt in each query, which is cut off"),
  })
  .refine(
    ({ query, prompts }) => !prompts || prompts.length === query.length,
    "needs as many prompts as queries, or none",
  );
export type OpenrlhfInput = z.infer<typeof openrlhfInput>;

export const openrlhfOutput = z.object({
  version: z.int(),
  rewards: z.array(z.number()),
  scores: z.array(z.number()).describe("The same again, as OpenRLHF filters by them"),
  extra_logs: z.object({ reward_sd: z.array(z.number()) }).describe("How much the members dispute each reward"),
});
export type OpenrlhfOutput = z.infer<typeof openrlhfOutput>;

const turn = z.object({ role: z.string(), content: z.string() });

/** What vLLM's /classify and /pooling take. */
export const vllmInput = z
  .object({
    model: z.string().nullish().describe("Not read: the address names the version"),
    input: textOrTexts.optional().describe("Prompt and completion, with chat template"),
    messages: z.array(turn).optional().describe("A conversation that ends with the completion, by the assistant"),
    use_activation: z.boolean().nullish().describe("Whether to answer 1 / (1 + exp(-score)) instead of the score"),
  })
  .refine(({ input, messages }) => (input === undefined) !== (messages === undefined), "needs input or messages")
  .refine(
    ({ messages }) => messages === undefined || messages.at(-1)?.role === "assistant",
    "needs messages of which the last is by the assistant",
  );
export type VllmInput = z.infer<typeof vllmInput>;

/** What vLLM's /score takes: prompts and completions, under its older or its newer names. */
export const vllmScoreInput = z
  .object({
    model: vllmInput.shape.model,
    text_1: textOrTexts.optional().describe("The prompt, or one for each completion"),
    text_2: textOrTexts.optional().describe("The completions"),
    queries: textOrTexts.optional().describe("text_1 by its newer name"),
    documents: textOrTexts.optional().describe("text_2 by its newer name"),
    use_activation: vllmInput.shape.use_activation,
  })
  .transform(({ text_1, text_2, queries, documents, use_activation }) => ({
    prompts: [text_1 ?? queries ?? []].flat(),
    completions: [text_2 ?? documents ?? []].flat(),
    use_activation,
  }))
  .refine(
    ({ prompts, completions }) => prompts.length > 0 && completions.length > 0,
    "needs text_1 and text_2, or queries and documents",
  )
  .refine(
    ({ prompts, completions }) => prompts.length === 1 || prompts.length === completions.length,
    "needs one prompt, or one for each completion",
  );
export type VllmScoreInput = z.infer<typeof vllmScoreInput>;

const envelope = {
  id: z.string(),
  object: z.literal("list"),
  created: z.int(),
  model: z.string().describe("Names the version, too"),
  version: z.int(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }).describe("Nothing is counted: all are 0"),
};

export const vllmClassifyOutput = z.object({
  ...envelope,
  data: z.array(z.object({ index: z.int(), label: z.string(), probs: z.array(z.number()), num_classes: z.literal(1) })),
});
export type VllmClassifyOutput = z.infer<typeof vllmClassifyOutput>;

export const vllmPoolingOutput = z.object({
  ...envelope,
  data: z.array(z.object({ index: z.int(), object: z.literal("pooling"), data: z.array(z.array(z.number())) })),
});
export type VllmPoolingOutput = z.infer<typeof vllmPoolingOutput>;

export const vllmScoreOutput = z.object({
  ...envelope,
  data: z.array(z.object({ index: z.int(), object: z.literal("score"), score: z.number() })),
});
export type VllmScoreOutput = z.infer<typeof vllmScoreOutput>;

export const vllmModels = z.object({
  object: z.literal("list"),
  data: z.array(
    z.object({ id: z.string(), object: z.literal("model"), created: z.int(), owned_by: z.literal("tandem") }),
  ),
});
export type VllmModels = z.infer<typeof vllmModels>;
