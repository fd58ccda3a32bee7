import { plurality, type Weighted } from "@/lib/stats/plurality";
import { aggregateRankings, concordance } from "@/lib/stats/rankings";
import { spanConsensus, type MarkedSpan } from "@/lib/stats/span-consensus";
import { stepConsensus, type JudgedSteps } from "@/lib/stats/step-consensus";
import { weightedMean } from "@/lib/stats/weighted-mean";
import { nameText, type MarkedText } from "@/lib/text/marked-text";
import type { ConsensusCounts, ConsensusPayload, ConsensusTypeName, LabelPayloadOf } from "./schema";

/** What a vote counts, by who gave it. */
export type Weights = Readonly<Record<"human" | "lm", number>>;

/** The columns of a consensus row that votes decide. */
export type Aggregate = {
  method: string;
  payload: ConsensusPayload;
  confidence: number | null;
  counts: ConsensusCounts;
  label_count: number;
  label_ids: string[];
};

/** An answer of an annotator who may have been asked several times. */
export type Sample<P> = { sample: number; payload: P };

/** How labels of one type about one thing come to a consensus. */
export type Rule<P, V, T extends ConsensusTypeName> = {
  /** Called "weighted-" where judges have a vote too. */
  method: string;
  /** What the samples of one annotator say, decided among them as votes are; null where that is nothing. */
  vote: (samples: readonly Sample<P>[]) => V | null;
  /** The answer under which a vote is counted. */
  answer: (vote: V) => string;
  /** What at least one vote comes to; `first` is an answer, for what all of them share. */
  decide: (votes: readonly Weighted<V>[], first: P) => { payload: ConsensusPayload<T>; confidence: number | null };
};

type Rating = LabelPayloadOf<"rating">;
type Spans = LabelPayloadOf<"spans">;

/** By mean rank; Kendall's W says how well the rankings agree. */
export const rankingRule: Rule<LabelPayloadOf<"ranking">, number[], "ranking"> = {
  method: "mean-rank",
  vote: (samples) => aggregateRankings(samples.map(({ payload }) => alike(payload.ranks)))!.ranks,
  answer: (ranks) => ranks.join(),
  decide: (votes) => ({ payload: aggregateRankings(votes)!, confidence: concordance(votes) }),
};

/** Ratings that are all numbers where they count. Words of who has no say are not votes. */
export const numberRule: Rule<Rating, number, "rating"> = {
  method: "mean",
  vote: (samples) => {
    const values = samples.flatMap(({ payload }) => (typeof payload.value === "number" ? alike(payload.value) : []));
    return values.length === samples.length ? weightedMean(values)!.mean : null;
  },
  answer: String,
  decide: (votes, { completion }) => ({
    payload: { kind: "number", completion, ...weightedMean(votes)! },
    confidence: null,
  }),
};

/** Ratings with words among them. */
export const categoryRule: Rule<Rating, string, "rating"> = {
  method: "majority",
  vote: (samples) => plurality(samples.map(({ payload }) => alike(String(payload.value))))!.answer,
  answer: String,
  decide: (votes, { completion }) => {
    const { answer: value, isDraw, confidence } = plurality(votes)!;
    return { payload: { kind: "category", completion, value, isDraw }, confidence };
  },
};

export const binaryRule: Rule<LabelPayloadOf<"binary">, boolean, "binary"> = {
  method: "majority",
  vote: (samples) => plurality(samples.map(({ payload }) => alike(payload.value)))!.answer,
  answer: (value) => (value ? "yes" : "no"),
  decide: (votes, { completion, kind }) => {
    const { answer: value, isDraw, confidence } = plurality(votes)!;
    return { payload: { completion, kind, value, isDraw }, confidence };
  },
};

/** Of one text. Labels of one sample that cover different completions say of the prompt what they say together. */
export function spansRule(text: MarkedText): Rule<Spans, MarkedSpan[], "spans"> {
  const name = nameText(text);
  const marksOf = (samples: readonly Sample<Spans>[]) =>
    samples.flatMap(({ payload }) => payload.spans.filter((span) => nameText(span) === name));
  return {
    method: "majority",
    vote: (samples) => {
      const passes = [...new Set(samples.map(({ sample }) => sample))];
      if (passes.length === 1) return marksOf(samples);
      const marks = passes.map((pass) => alike(marksOf(samples.filter(({ sample }) => sample === pass))));
      return spanConsensus(marks)!.spans.map(({ severity, ...span }) => ({
        ...span,
        severity: severity ?? undefined,
      }));
    },
    answer: (spans) => (spans.length > 0 ? "marked" : "clean"),
    decide: (votes) => {
      const { spans, confidence } = spanConsensus(votes)!;
      return { payload: { ...text, spans }, confidence };
    },
  };
}

export const stepsRule: Rule<LabelPayloadOf<"steps">, JudgedSteps, "steps"> = {
  method: "majority",
  vote: (samples) => {
    const judged = samples.map(({ payload }) => judgedSteps(payload));
    return judged.length === 1 ? judged[0]! : stepConsensus(judged.map(alike))!;
  },
  answer: ({ firstError }) => (firstError === null ? "undecided" : String(firstError)),
  decide: (votes, { completion }) => {
    const { steps, firstError, isDraw, confidence } = stepConsensus(votes)!;
    return {
      payload: { completion, steps, firstError: firstError === "none" ? null : firstError, isDraw },
      confidence,
    };
  },
};

/** A label that names a step twice says of it what it says last. */
function judgedSteps({ steps, firstError }: LabelPayloadOf<"steps">): JudgedSteps {
  return { steps: [...new Map(steps.map((step) => [step.index, step])).values()], firstError: firstError ?? "none" };
}

/** A sample among others. */
function alike<V>(value: V): Weighted<V> {
  return { value, weight: 1 };
}
