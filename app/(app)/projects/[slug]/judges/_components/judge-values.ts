import type { Translate } from "@/app/i18n/translate";
import type { LmConfig, LmJudgeView } from "@/lib/judges/schema";

/** A judge as a form holds it: numbers as they are typed, prices by the million tokens. */
export type JudgeValues = {
  name: string;
  provider: LmConfig["provider"];
  baseUrl: string;
  model: string;
  apiKey: string;
  removeKey: boolean;
  /** All questions that there are, and that there will be. */
  answersAll: boolean;
  /** Ids of those that it answers otherwise. */
  questions: string[];
  rubric: string;
  samples: string;
  temperature: string;
  demonstrations: string;
  usesReference: boolean;
  rankingBy: LmConfig["rankingBy"];
  tokenProbabilities: boolean;
  /** Empty where it is left to the provider. */
  reasoningEffort: "" | NonNullable<LmConfig["reasoningEffort"]>;
  maxOutputTokens: string;
  inputPrice: string;
  cachedInputPrice: string;
  outputPrice: string;
  timeoutSeconds: string;
  concurrency: string;
  requestsPerMinute: string;
  tokensPerMinute: string;
};

/** What the API takes as a config: what is no number is sent as it was typed, for the API to say so. */
export type TypedConfig = Partial<Record<keyof LmConfig, unknown>>;

export function valuesOf(judge: LmJudgeView | null, rubric: string): JudgeValues {
  const config: Partial<LmConfig> = judge?.config ?? {};
  return {
    name: judge?.name ?? "",
    provider: config.provider ?? "openai-compatible",
    baseUrl: config.baseUrl ?? "",
    model: config.model ?? "",
    apiKey: "",
    removeKey: false,
    answersAll: (config.questions ?? null) === null,
    questions: config.questions ?? [],
    rubric,
    samples: String(config.samples ?? 1),
    temperature: config.temperature === undefined ? "0" : typed(config.temperature),
    demonstrations: String(config.demonstrations ?? 0),
    usesReference: config.usesReference ?? false,
    rankingBy: config.rankingBy ?? "permutations",
    tokenProbabilities: config.tokenProbabilities ?? false,
    reasoningEffort: config.reasoningEffort ?? "",
    maxOutputTokens: String(config.maxOutputTokens ?? 1024),
    inputPrice: priceAsTyped(config.inputPriceMicros),
    cachedInputPrice: priceAsTyped(config.cachedInputPriceMicros),
    outputPrice: priceAsTyped(config.outputPriceMicros),
    timeoutSeconds: String(config.timeoutSeconds ?? 60),
    concurrency: String(config.concurrency ?? 4),
    requestsPerMinute: typed(config.requestsPerMinute),
    tokensPerMinute: typed(config.tokensPerMinute),
  };
}

/** The config as the API takes it; what the form does not ask stays as the judge has it. */
export function configOf(values: JudgeValues, judge: LmJudgeView | null): TypedConfig {
  return {
    ...judge?.config,
    provider: values.provider,
    baseUrl: values.baseUrl.trim().replace(/\/+$/, ""),
    model: values.model.trim(),
    questions: values.answersAll ? null : inOrderOf(judge, values.questions),
    rubric: values.rubric.trim(),
    samples: numberOf(values.samples),
    temperature: numberOrNull(values.temperature),
    demonstrations: numberOf(values.demonstrations),
    usesReference: values.usesReference,
    rankingBy: values.rankingBy,
    tokenProbabilities: values.tokenProbabilities,
    reasoningEffort: values.reasoningEffort === "" ? null : values.reasoningEffort,
    maxOutputTokens: numberOf(values.maxOutputTokens),
    inputPriceMicros: priceOf(values.inputPrice) ?? 0,
    cachedInputPriceMicros: priceOf(values.cachedInputPrice),
    outputPriceMicros: priceOf(values.outputPrice) ?? 0,
    timeoutSeconds: numberOf(values.timeoutSeconds),
    concurrency: numberOf(values.concurrency),
    requestsPerMinute: numberOrNull(values.requestsPerMinute),
    tokensPerMinute: numberOrNull(values.tokensPerMinute),
  };
}

/** The key as the API takes it: left out where it stays, null where it goes. */
export function keyOf({ apiKey, removeKey }: JudgeValues): { apiKey?: string | null } {
  if (apiKey !== "") return { apiKey };
  return removeKey ? { apiKey: null } : {};
}

/** What is wrong with a temperature before anything is sent: samples differ by chance, and at 0 there is none. */
export function temperatureFault(
  { samples, temperature }: Pick<JudgeValues, "samples" | "temperature">,
  t: Translate<"judges.asking">,
): string | null {
  if (!(Number(samples) > 1) || numberOrNull(temperature) !== 0) return null;
  return t("temperatureFault", { samples });
}

/** Questions that stay keep their places, so that checking one off and on again changes nothing. */
function inOrderOf(judge: LmJudgeView | null, ids: string[]): string[] {
  const before = judge?.config.questions ?? [];
  return [...before.filter((id) => ids.includes(id)), ...ids.filter((id) => !before.includes(id))];
}

function typed(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

function priceAsTyped(micros: number | null | undefined): string {
  return micros === null || micros === undefined ? "" : String(micros / 1e6);
}

function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

function numberOrNull(text: string): number | string | null {
  return text.trim() === "" ? null : numberOf(text);
}

/** Millionths; null where none is given. */
function priceOf(text: string): number | string | null {
  const value = numberOrNull(text);
  return typeof value === "number" ? Math.round(value * 1e6) : value;
}
