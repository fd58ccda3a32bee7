import type { DenseConfig } from "./schema";

/** The penalty is scikit-learn's C = 1; after these epochs the heads are at its minimum on finegrained_qa, to .001 of F1. */
export const denseDefaults: Omit<DenseConfig, "neutralSteps" | "stepCut"> = {
  members: 5,
  maskedShare: 0.2,
  learningRate: 1,
  penalty: 1,
  batchRows: 512,
  fewestSteps: 8,
  epochs: 60,
  warmUpShare: 0.03,
};
