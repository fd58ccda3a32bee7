import type { LmConfig, LmJudgeView } from "@/lib/judges/schema";

/** A judge as a form holds it: numbers as they are typed, prices by the million tokens. */
export type JudgeValues = {
  name: string;
  baseUrl: string;
  model: string;
  apiKey: string;
  removeKey: boolean;
  rubric: string;
  temperature: string;
  maxOutputTokens: string;
  inputPrice: string;
  outputPrice: string;
  timeoutSeconds: string;
  concurrency: string;
};

export function valuesOf(judge: LmJudgeView | null, rubric: string): JudgeValues {
  const config = judge?.config;
  const price = (micros: number | undefined) => (micros === undefined ? "" : String(micros / 1e6));
  return {
    name: judge?.name ?? "",
    baseUrl: config?.baseUrl ?? "",
    model: config?.model ?? "",
    apiKey: "",
    removeKey: false,
    rubric,
    temperature: config ? (config.temperature === null ? "" : String(config.temperature)) : "0",
    maxOutputTokens: String(config?.maxOutputTokens ?? 1024),
    inputPrice: price(config?.inputPriceMicros),
    outputPrice: price(config?.outputPriceMicros),
    timeoutSeconds: String(config?.timeoutSeconds ?? 60),
    concurrency: String(config?.concurrency ?? 4),
  };
}

/**
 * The config as the API takes it. What is no number is sent as it is, for the API to say so; what the form does not ask
 * stays as the judge has it.
 */
export function configOf(values: JudgeValues, judge: LmJudgeView | null): Partial<Record<keyof LmConfig, unknown>> {
  return {
    ...judge?.config,
    baseUrl: values.baseUrl,
    model: values.model,
    rubric: values.rubric,
    temperature: values.temperature.trim() === "" ? null : numberOf(values.temperature),
    maxOutputTokens: numberOf(values.maxOutputTokens),
    inputPriceMicros: priceOf(values.inputPrice),
    outputPriceMicros: priceOf(values.outputPrice),
    timeoutSeconds: numberOf(values.timeoutSeconds),
    concurrency: numberOf(values.concurrency),
  };
}

function numberOf(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

/** Millionths; an empty price is none. */
function priceOf(text: string): number | string {
  const value = text.trim() === "" ? 0 : numberOf(text);
  return typeof value === "number" ? Math.round(value * 1e6) : value;
}
