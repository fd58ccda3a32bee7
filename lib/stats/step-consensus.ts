import { isMajority, plurality, sumOf, type Weighted } from "./plurality";

export type StepLabel = "good" | "neutral" | "bad";

/** What one annotator says of the steps of a text. */
export type JudgedSteps = {
  /** The steps that were judged, each once; those after a first error often are not. Null where undecided. */
  readonly steps: readonly {
    readonly index: number;
    readonly label: StepLabel | null;
    readonly flags: readonly string[];
  }[];
  /** Index of the first bad step, "none" when there is none, null where undecided. */
  readonly firstError: number | "none" | null;
};

export type StepConsensus = {
  /** Steps that anybody judged, by index. */
  steps: {
    index: number;
    /** Null in a draw. */
    label: StepLabel | null;
    isDraw: boolean;
    /** Share of the weight of those who judged the step that is on `label`; 0 in a draw. */
    share: number;
    /** Given by more than half of that weight; sorted. */
    flags: string[];
  }[];
  /** "none" where no error is what most of the weight says; null in a draw, and where nobody decided. */
  firstError: number | "none" | null;
  isDraw: boolean;
  /** Share of the weight that is on `firstError`; 0 in a draw. */
  confidence: number;
};

/**
 * Each step by the weighted plurality of those who judged it, and the first error by the weighted plurality over step
 * indices and "none". The two are decided apart: with first errors 1, 2 and 3 from three annotators nothing is ahead,
 * although two of them find step 3 bad. Steps that nobody judged are left out. Returns null without votes.
 */
export function stepConsensus(votes: readonly Weighted<JudgedSteps>[]): StepConsensus | null {
  if (votes.length === 0) return null;
  const judged = new Map<number, Weighted<JudgedSteps["steps"][number]>[]>();
  for (const { value, weight } of votes) {
    for (const step of value.steps) {
      if (step.label === null) continue;
      judged.set(step.index, [...(judged.get(step.index) ?? []), { value: step, weight }]);
    }
  }
  const first = plurality(
    votes.flatMap(({ value: { firstError }, weight }) => (firstError === null ? [] : [{ value: firstError, weight }])),
  );
  return {
    steps: [...judged].sort(([a], [b]) => a - b).map(([index, said]) => ({ index, ...decideStep(said) })),
    firstError: first?.answer ?? null,
    isDraw: first?.isDraw ?? true,
    confidence: first?.confidence ?? 0,
  };
}

type SaidOfStep = readonly Weighted<JudgedSteps["steps"][number]>[];

function decideStep(said: SaidOfStep): Omit<StepConsensus["steps"][number], "index"> {
  const { answer, confidence, isDraw } = plurality(said.map(({ value, weight }) => ({ value: value.label!, weight })))!;
  const total = sumOf(said.map(({ weight }) => weight));
  const flags = new Set(said.flatMap(({ value }) => value.flags));
  const weightOf = (flag: string) => sumOf(said.map(({ value, weight }) => (value.flags.includes(flag) ? weight : 0)));
  return {
    ...{ label: answer, isDraw, share: confidence },
    flags: [...flags].filter((flag) => isMajority(weightOf(flag), total)).sort(),
  };
}
