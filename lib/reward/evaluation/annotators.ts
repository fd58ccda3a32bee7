import { meanByGroup } from "@/lib/stats/bootstrap";
import { votersOf, votesOf } from "@/lib/labels/votes";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { PairOrigin } from "../training-data";
import type { AnnotatorAgreement } from "./schema";

/** Annotators that are listed, those with the most pairs first. */
const mostAnnotators = 100;

/** Fewer decided test pairs of one annotator are not worth a line. */
const fewestAnswers = 5;

type Answer = { place: number; answer: 0 | 1; others: (0 | 1)[] };

/**
 * How often the model, and how often the others who answered the same pairs, agree with each annotator on test pairs; ties
 * left out. Samples of one annotator are one answer, and versions of a judge are one annotator, the latest.
 */
export function agreeWithAnnotators(given: {
  origins: readonly PairOrigin[];
  margins: ArrayLike<number>;
  groups: readonly number[];
  seed: number;
}): AnnotatorAgreement[] {
  const { origins, margins, groups, seed } = given;
  const answers = new Map<string, { source: "human" | "lm"; all: Answer[] }>();
  origins.forEach(({ labels }, place) => {
    const decided = votersOf(labels).flatMap((own) => {
      const [{ answer, source }] = votesOf(own) as [ReturnType<typeof votesOf>[number]];
      return answer === "tie" ? [] : [{ annotator: own.at(-1)!.annotator, source, answer }];
    });
    for (const { annotator, source, answer } of decided) {
      const known = answers.get(annotator) ?? { source: source as "human" | "lm", all: [] };
      const others = decided.flatMap((other) => (other.annotator === annotator ? [] : [other.answer]));
      known.all.push({ place, answer, others });
      answers.set(annotator, known);
    }
  });
  const estimate = (values: readonly { value: number; place: number }[]) =>
    meanByGroup(
      values.map(({ value }) => value),
      values.map(({ place }) => groups[place]!),
      { random: streamFor(seed, "evaluation", 12) },
    );
  return [...answers]
    .filter(([, { all }]) => all.length >= fewestAnswers)
    .sort(([a, x], [b, y]) => y.all.length - x.all.length || (a < b ? -1 : 1))
    .slice(0, mostAnnotators)
    .map(([annotator, { source, all }]) => ({
      annotator,
      source,
      model: estimate(
        all.map(({ place, answer }) => ({ place, value: creditOf(margins[place]!, answer === 0 ? 1 : 0) })),
      )!,
      others: estimate(
        all.flatMap(({ place, answer, others }) => others.map((other) => ({ place, value: Number(other === answer) }))),
      ),
    }));
}
