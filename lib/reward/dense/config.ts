import type { DenseConfig } from "./schema";

/** Chosen on finegrained_qa and on planted words: less of a penalty than C = 1, as stopping early is one already. */
export const denseDefaults: Omit<DenseConfig, "neutralSteps" | "stepCut"> = {
  members: 5,
  maskedShare: 0.2,
  learningRate: 1,
  penalty: 0.3,
  batchRows: 512,
  fewestSteps: 8,
  maxEpochs: 60,
  patience: 5,
  warmUpShare: 0.03,
};
