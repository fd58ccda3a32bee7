import type { BacktestCurve } from "@/lib/routing/fits/schema";
import type { Figure } from "@/lib/routing/learn/schema";
import type { Across, Measure } from "./curves";

export type CurveName = BacktestCurve["policy"];
export type Mark = "circle" | "square" | "diamond" | "triangle";
type CurveLook = { label: string; line: string; fill: string; dash: string | undefined; mark: Mark };

const people = { line: "stroke-tone-indigo", fill: "fill-tone-indigo" };
const ai = { line: "stroke-tone-amber", fill: "fill-tone-amber" };
const model = { line: "stroke-tone-teal", fill: "fill-tone-teal" };
const grey = { line: "stroke-tone-zinc", fill: "fill-tone-zinc" };

/** How each policy's curve is called and drawn: its line and marks tell it apart where its colour does not. */
export const curveLooks: Record<CurveName, CurveLook> = {
  "all-human": { label: "All to people", ...people, dash: "2 3", mark: "square" },
  "all-ai": { label: "All to AI", ...ai, dash: "2 3", mark: "square" },
  random: { label: "Random", ...grey, dash: undefined, mark: "circle" },
  uncertainty: { label: "Uncertainty", ...model, dash: "7 3", mark: "square" },
  confidence: { label: "Confidence", ...ai, dash: "7 3", mark: "triangle" },
  learned: { label: "Learned gain", ...people, dash: undefined, mark: "diamond" },
  "learned-per-cost": { label: "Gain per cost", ...people, dash: "3 3", mark: "triangle" },
  cascade: { label: "Cascade", ...ai, dash: "3 3", mark: "diamond" },
  oracle: { label: "Oracle", line: "stroke-foreground", fill: "fill-foreground", dash: "1 3", mark: "circle" },
};

export const measureWords: Record<Measure, { label: string; axis: string; hint: string }> = {
  labelAccuracy: {
    label: "Label accuracy",
    axis: "Labels right (%)",
    hint: "How often the label that a policy buys is what held-out people agree on.",
  },
  rewardAccuracy: {
    label: "Reward accuracy",
    axis: "Pairs right (%)",
    hint: "How often a reward model trained on these labels prefers what held-out people prefer.",
  },
  rewardLogLikelihood: {
    label: "Reward log-likelihood",
    axis: "Nats a pair",
    hint: "Of held-out people's labels under a reward model trained on these labels. Steadier than accuracy; nearer to 0 is better.",
  },
};

export const acrossWords: Record<Across, string> = { share: "Human share", cost: "Cost" };

/** A figure of a measure without its interval: "81.2 %", or "−0.642" nats. */
export function wordValue(value: number, measure: Measure): string {
  return measure === "rewardLogLikelihood" ? signed(value.toFixed(3)) : `${(100 * value).toFixed(1)}\u202f%`;
}

/** "81.2 % (78.0 to 84.1)" */
export function wordFigure({ value, interval }: Figure, measure: Measure): string {
  if (!interval) return wordValue(value, measure);
  const bound = (each: number) =>
    measure === "rewardLogLikelihood" ? signed(each.toFixed(3)) : (100 * each).toFixed(1);
  return `${wordValue(value, measure)} (${bound(interval[0])} to ${bound(interval[1])})`;
}

/** What one figure has over another: "+2.1 points (−0.4 to +4.6)". */
export function wordGain({ value, interval }: Figure, measure: Measure): string {
  const isNats = measure === "rewardLogLikelihood";
  const figure = (each: number) => wordSigned(isNats ? each : 100 * each, isNats ? 3 : 1);
  const bounds = interval ? ` (${figure(interval[0])} to ${figure(interval[1])})` : "";
  return `${figure(value)} ${isNats ? "nats" : "points"}${bounds}`;
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
