import type { Translate } from "@/app/i18n/translate";
import type { BacktestCurve } from "@/lib/routing/fits/schema";
import type { Figure } from "@/lib/routing/learn/schema";
import type { Measure } from "./curves";

export type CurveName = BacktestCurve["policy"];
export type Mark = "circle" | "square" | "diamond" | "triangle";
type CurveLook = { line: string; fill: string; dash: string | undefined; mark: Mark };

const people = { line: "stroke-tone-indigo", fill: "fill-tone-indigo" };
const ai = { line: "stroke-tone-amber", fill: "fill-tone-amber" };
const model = { line: "stroke-tone-teal", fill: "fill-tone-teal" };
const grey = { line: "stroke-tone-zinc", fill: "fill-tone-zinc" };

/** How each policy's curve is drawn: its line and marks tell it apart where its colour does not. */
export const curveLooks: Record<CurveName, CurveLook> = {
  "all-human": { ...people, dash: "2 3", mark: "square" },
  "all-ai": { ...ai, dash: "2 3", mark: "square" },
  random: { ...grey, dash: undefined, mark: "circle" },
  uncertainty: { ...model, dash: "7 3", mark: "square" },
  confidence: { ...ai, dash: "7 3", mark: "triangle" },
  learned: { ...people, dash: undefined, mark: "diamond" },
  "learned-per-cost": { ...people, dash: "3 3", mark: "triangle" },
  cascade: { ...ai, dash: "3 3", mark: "diamond" },
  oracle: { line: "stroke-foreground", fill: "fill-foreground", dash: "1 3", mark: "circle" },
};

/** A figure of a measure without its interval: "81.2 %", or "−0.642" nats. */
export function wordValue(value: number, measure: Measure): string {
  return measure === "rewardLogLikelihood" ? signed(value.toFixed(3)) : `${(100 * value).toFixed(1)}\u202f%`;
}

type Words = Translate<"routing.figures">;

/** "81.2 % (78.0 to 84.1)" */
export function wordFigure({ value, interval }: Figure, measure: Measure, t: Words): string {
  const figure = wordValue(value, measure);
  if (!interval) return figure;
  const bound = (each: number) =>
    measure === "rewardLogLikelihood" ? signed(each.toFixed(3)) : (100 * each).toFixed(1);
  return t("within", { figure, from: bound(interval[0]), to: bound(interval[1]) });
}

/** What one figure has over another: "+2.1 points (−0.4 to +4.6)". */
export function wordGain({ value, interval }: Figure, measure: Measure, t: Words): string {
  const isNats = measure === "rewardLogLikelihood";
  const figure = (each: number) => wordSigned(isNats ? each : 100 * each, isNats ? 3 : 1);
  const gain = t(isNats ? "nats" : "points", { figure: figure(value) });
  return interval ? t("within", { figure: gain, from: figure(interval[0]), to: figure(interval[1]) }) : gain;
}

/** "+2.1", "−0.4" or "0.0": zero has no sign, also where it is one by rounding. */
export function wordSigned(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : value > 0 ? `+${text}` : signed(text);
}

/** With the minus sign that is as wide as a figure. */
function signed(text: string): string {
  return text.replace("-", "\u2212");
}
