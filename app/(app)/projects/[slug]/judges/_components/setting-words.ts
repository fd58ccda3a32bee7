import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { LmConfig } from "@/lib/judges/schema";

/** How questions of the task schema are called, by their ids. */
export type QuestionNames = Record<string, string>;

/** What settings are worded with. */
export type SettingWords = { questions: QuestionNames; numbers: Numbers; t: Translate<"judges"> };

type Setting = { field: keyof LmConfig; word: (config: LmConfig, words: SettingWords) => string };

/** Every setting of a judge that is an LM, but for its rubric, in the order in which they are listed. */
const settings: readonly Setting[] = [
  { field: "provider", word: ({ provider }, { t }) => wordProtocol(provider, t) },
  { field: "baseUrl", word: ({ baseUrl }) => baseUrl },
  { field: "model", word: ({ model }) => model },
  { field: "questions", word: wordQuestions },
  { field: "prompt", word: ({ prompt }) => Object.values(prompt).join(", ") },
  {
    field: "samples",
    word: ({ samples }, { t }) => (samples === 1 ? t("values.one") : t("values.majority", { samples })),
  },
  {
    field: "temperature",
    word: ({ temperature }, { t }) => (temperature === null ? t("values.leftToProvider") : String(temperature)),
  },
  {
    field: "demonstrations",
    word: ({ demonstrations: count }, { t }) => (count === 0 ? t("values.none") : t("values.upTo", { count })),
  },
  { field: "usesReference", word: ({ usesReference }, { t }) => yesOrNo(usesReference, t) },
  { field: "rankingBy", word: ({ rankingBy }, { t }) => t(`values.${rankingBy}`) },
  { field: "tokenProbabilities", word: ({ tokenProbabilities }, { t }) => yesOrNo(tokenProbabilities, t) },
  {
    field: "reasoningEffort",
    word: ({ reasoningEffort }, { t }) => t(`values.${reasoningEffort ?? "leftToProvider"}`),
  },
  {
    field: "maxOutputTokens",
    word: ({ maxOutputTokens }, { numbers, t }) => t("values.tokens", { count: numbers.number(maxOutputTokens) }),
  },
  { field: "inputPriceMicros", word: ({ inputPriceMicros }, words) => wordPrice(inputPriceMicros, words) },
  {
    field: "cachedInputPriceMicros",
    word: ({ cachedInputPriceMicros: price }, words) =>
      price === null ? words.t("values.asInput") : wordPrice(price, words),
  },
  { field: "outputPriceMicros", word: ({ outputPriceMicros }, words) => wordPrice(outputPriceMicros, words) },
  { field: "timeoutSeconds", word: ({ timeoutSeconds }, { t }) => t("values.aRequest", { seconds: timeoutSeconds }) },
  { field: "concurrency", word: ({ concurrency }) => String(concurrency) },
  { field: "requestsPerMinute", word: ({ requestsPerMinute }, words) => wordLimit(requestsPerMinute, words) },
  { field: "tokensPerMinute", word: ({ tokensPerMinute }, words) => wordLimit(tokensPerMinute, words) },
];

/** The settings of a config in words. */
export function wordSettings(config: LmConfig, words: SettingWords): { name: string; value: string }[] {
  return settings.map(({ field, word }) => ({ name: words.t(`settings.${field}`), value: word(config, words) }));
}

/** What a setting is called in the middle of a sentence. */
export function nameSetting(field: keyof LmConfig, t: Translate<"judges">): string {
  const name = t(`settings.${field}`);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** What differs between two versions, but for their rubrics. */
export function wordDifferences(
  before: LmConfig,
  after: LmConfig,
  words: SettingWords,
): { name: string; before: string; after: string }[] {
  return settings.flatMap(({ field, word }) => {
    const [one, other] = [word(before, words), word(after, words)];
    return one === other ? [] : [{ name: words.t(`settings.${field}`), before: one, after: other }];
  });
}

function wordProtocol(provider: LmConfig["provider"], t: Translate<"judges">): string {
  if (provider === "anthropic") return "Anthropic";
  return provider === "azure" ? "Azure OpenAI" : t("values.openaiCompatible");
}

function wordQuestions({ questions }: LmConfig, { questions: names, t }: SettingWords): string {
  if (questions === null) return t("values.all");
  return questions.map((id) => names[id] ?? t("common.gone", { id })).join(", ");
}

function yesOrNo(value: boolean, t: Translate<"judges">): string {
  return t(value ? "values.yes" : "values.no");
}

function wordPrice(micros: number, { numbers, t }: SettingWords): string {
  return micros === 0 ? t("values.free") : t("values.aMillion", { price: numbers.number(micros / 1e6, 6) });
}

function wordLimit(most: number | null, { numbers, t }: SettingWords): string {
  return most === null ? t("values.none") : t("values.aMinute", { count: numbers.number(most) });
}
