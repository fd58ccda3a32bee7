import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import type { FitModel, FitReport } from "@/lib/routing/fits/schema";
import type { FitVerdict, GainModel, LearnReport } from "@/lib/routing/learn/schema";

const figure = { value: 0.5, interval: null };

/** Gains most where the prompt is long: 0.03 nats a pair, and 0.01 where it is not. */
export const longPromptsGain: GainModel = {
  columns: [
    { kind: "bin", feature: "prompt_length", bin: "low", from: null, to: 20 },
    { kind: "bin", feature: "prompt_length", bin: "high", from: 20, to: null },
  ],
  ...{ support: [10, 10], pairs: 20 },
  predictor: { kind: "linear", intercept: -0.6, weights: [0, 0.1, 0.3] },
  state: [0, 0, 0],
};

type Fields = {
  version?: number;
  verdict?: FitVerdict["kind"];
  gain?: GainModel | null;
  confidences?: FitModel["confidences"];
};

/** A fit of a project, that can be trusted unless said otherwise. */
export async function aRoutingFit(
  { id: projectId }: { id: string },
  { version = 1, verdict = "trusted", gain = longPromptsGain, confidences = {} }: Fields = {},
): Promise<void> {
  const learned: LearnReport = {
    ...{ mixes: 500, seed: 1, pairs: 20, prompts: 20, heldOut: 10, predictors: [], coefficients: [] },
    verdict: { kind: verdict, sentence: `Learned routing is ${verdict}.` },
    ...{ errorAuc: null, proxySeconds: 1, seconds: 1 },
  };
  const report: FitReport = {
    data: {
      ...{ question: "comparison", aspect: "overall", pairs: 20, prompts: 20, drawn: 20, undecided: 0 },
      ...{ withoutText: 0, judgeAccuracy: figure, humanAccuracy: null, encoder: "hashed", modelVersion: null },
      ...{ judges: [], tagged: 0 },
    },
    ...{ learned, reason: null, risks: [], backtest: { seeds: 5, curves: [] } },
  };
  const model: FitModel = { gain, errors: null, confidences };
  await prisma.routingFit.create({
    data: { projectId, version, runId: uuidv7(), seed: 1, cause: "hand", report, model },
  });
}

/** Labels of so many pairs: right at this confidence, and half of them wrong below. */
export function confidencesOf(cut: number, pairs = 200): FitModel["confidences"][string] {
  return Array.from({ length: pairs }, (_, pair) =>
    pair % 4 < 3 ? [cut, true, pair, pair] : [cut / 2, pair % 8 < 4, pair, pair],
  );
}
