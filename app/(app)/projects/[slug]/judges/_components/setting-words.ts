import { formatNumber } from "@/app/_components/ui/numbers";
import type { LmConfig } from "@/lib/judges/schema";

/** How questions of the task schema are called, by their ids. */
export type QuestionNames = Record<string, string>;

type Setting = { field: keyof LmConfig; name: string; word: (config: LmConfig, questions: QuestionNames) => string };

const protocols: Record<LmConfig["provider"], string> = {
  "openai-compatible": "OpenAI-compatible",
  anthropic: "Anthropic",
  azure: "Azure OpenAI",
};

const price = (micros: number) => (micros === 0 ? "free" : `${formatNumber(micros / 1e6, 6)} a million`);
const limit = (most: number | null, unit: string) => (most === null ? "none" : `${formatNumber(most)} ${unit}`);
const yesOrNo = (value: boolean) => (value ? "yes" : "no");

/** Every setting of a judge that is an LM, but for its rubric, in the order in which they are listed. */
const settings: readonly Setting[] = [
  { field: "provider", name: "Protocol", word: ({ provider }) => protocols[provider] },
  { field: "baseUrl", name: "Address", word: ({ baseUrl }) => baseUrl },
  { field: "model", name: "Model", word: ({ model }) => model },
  { field: "questions", name: "Questions", word: wordQuestions },
  { field: "prompt", name: "Prompt", word: ({ prompt }) => Object.values(prompt).join(", ") },
  { field: "samples", name: "Samples", word: ({ samples }) => (samples === 1 ? "one" : `${samples}, most decide`) },
  {
    field: "temperature",
    name: "Temperature",
    word: ({ temperature }) => (temperature === null ? "left to the provider" : String(temperature)),
  },
  {
    field: "demonstrations",
    name: "Examples by people",
    word: ({ demonstrations }) => (demonstrations === 0 ? "none" : `up to ${demonstrations}`),
  },
  { field: "usesReference", name: "Shows the reference", word: ({ usesReference }) => yesOrNo(usesReference) },
  {
    field: "rankingBy",
    name: "Rankings",
    word: ({ rankingBy }) => (rankingBy === "permutations" ? "as a whole, in two orders" : "pair by pair"),
  },
  { field: "tokenProbabilities", name: "Token probabilities", word: (config) => yesOrNo(config.tokenProbabilities) },
  {
    field: "reasoningEffort",
    name: "Reasoning effort",
    word: ({ reasoningEffort }) => reasoningEffort ?? "left to the provider",
  },
  {
    field: "maxOutputTokens",
    name: "Longest answer",
    word: ({ maxOutputTokens }) => `${formatNumber(maxOutputTokens)} tokens`,
  },
  { field: "inputPriceMicros", name: "Input tokens", word: ({ inputPriceMicros }) => price(inputPriceMicros) },
  {
    field: "cachedInputPriceMicros",
    name: "Cached input tokens",
    word: ({ cachedInputPriceMicros }) =>
      cachedInputPriceMicros === null ? "as input" : price(cachedInputPriceMicros),
  },
  { field: "outputPriceMicros", name: "Output tokens", word: ({ outputPriceMicros }) => price(outputPriceMicros) },
  { field: "timeoutSeconds", name: "Time limit", word: ({ timeoutSeconds }) => `${timeoutSeconds} s a request` },
  { field: "concurrency", name: "Requests at once", word: ({ concurrency }) => String(concurrency) },
  {
    field: "requestsPerMinute",
    name: "Request limit",
    word: ({ requestsPerMinute }) => limit(requestsPerMinute, "a minute"),
  },
  { field: "tokensPerMinute", name: "Token limit", word: ({ tokensPerMinute }) => limit(tokensPerMinute, "a minute") },
];

/** The settings of a config in words. */
export function wordSettings(config: LmConfig, questions: QuestionNames): { name: string; value: string }[] {
  return settings.map(({ name, word }) => ({ name, value: word(config, questions) }));
}

/** What a setting is called in the middle of a sentence. */
export function nameSetting(field: string): string {
  if (field === "rubric") return "rubric";
  const name = settings.find((setting) => setting.field === field)?.name ?? field;
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** What differs between two versions, but for their rubrics. */
export function wordDifferences(
  before: LmConfig,
  after: LmConfig,
  questions: QuestionNames,
): { name: string; before: string; after: string }[] {
  return settings.flatMap(({ name, word }) => {
    const [one, other] = [word(before, questions), word(after, questions)];
    return one === other ? [] : [{ name, before: one, after: other }];
  });
}

function wordQuestions({ questions }: LmConfig, names: QuestionNames): string {
  if (questions === null) return "all";
  return questions.map((id) => names[id] ?? `${id} (gone)`).join(", ");
}
