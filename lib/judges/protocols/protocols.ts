import { binary, type BinarySaid } from "./binary";
import { comparison, type ComparisonSaid } from "./comparison";
import { critique, type CritiqueSaid } from "./critique";
import type { AskedType, Protocol } from "./protocol";
import { ranking, type RankingSaid } from "./ranking";
import { rating, type RatingSaid } from "./rating";
import { spans, type SpansSaid } from "./spans";
import { steps, type StepsSaid } from "./steps";

/** What a readable answer of each type says. */
export type Said = {
  comparison: ComparisonSaid;
  ranking: RankingSaid;
  rating: RatingSaid;
  binary: BinarySaid;
  spans: SpansSaid;
  steps: StepsSaid;
  critique: CritiqueSaid;
};

const protocols: { [T in AskedType]: Protocol<T, Said[T]> } = {
  ...{ comparison, ranking, rating, binary, spans, steps, critique },
};

/** How judges are asked questions of a type. */
export function protocolOf<T extends AskedType>(type: T): Protocol<T, Said[T]> {
  return protocols[type];
}

/** The versions of the words in which judges are asked now, by type of question. */
export function currentWords(): Record<AskedType, string> {
  return {
    comparison: comparison.version,
    ranking: ranking.version,
    rating: rating.version,
    binary: binary.version,
    spans: spans.version,
    steps: steps.version,
    critique: critique.version,
  };
}
