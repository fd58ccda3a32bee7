import type { z } from "zod";
import { meanByGroup } from "@/lib/stats/bootstrap";
import type { PairVote } from "@/lib/labels/votes";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { ceiling } from "./schema";

/**
 * The most that any model agrees with single answers, where two people agree with share h on the same pairs and pairs are
 * alike in difficulty: with p(1-p) = (1-h)/2, p = (1 + sqrt(2h - 1)) / 2. Where pairs differ in difficulty it is an upper
 * bound. Null for h < 1/2, which two people who follow any common taste do not reach.
 */
export function highestAgreement(humanAgreement: number): number | null {
  return humanAgreement < 0.5 ? null : (1 + Math.sqrt(2 * humanAgreement - 1)) / 2;
}

/** The ceiling on test pairs that at least two people decided, ties left out; null where there are none. */
export function measureCeiling(given: {
  votes: readonly (readonly PairVote[])[];
  margins: ArrayLike<number>;
  groups: readonly number[];
  seed: number;
}): z.infer<typeof ceiling> | null {
  const { votes, margins, groups, seed } = given;
  const decided = votes.map((all) => all.flatMap(({ source, answer }) => decidedBy(source, answer)));
  const same = decided.flatMap((answers, i) =>
    answers.flatMap((a, j) => answers.slice(j + 1).map((b) => ({ value: Number(a === b), group: groups[i]! }))),
  );
  const model = decided.flatMap((answers, i) =>
    answers.length < 2
      ? []
      : answers.map((answer) => ({ value: creditOf(margins[i]!, answer === 0 ? 1 : 0), group: groups[i]! })),
  );
  const mean = (all: readonly { value: number; group: number }[]) =>
    meanByGroup(
      all.map(({ value }) => value),
      all.map(({ group }) => group),
      { random: streamFor(seed, "evaluation", 11) },
    );
  const humanAgreement = mean(same);
  if (!humanAgreement) return null;
  return { humanAgreement, most: highestAgreement(humanAgreement.mean), singleAnswers: mean(model)! };
}

function decidedBy(source: PairVote["source"], answer: PairVote["answer"]): (0 | 1)[] {
  return source === "human" && answer !== "tie" ? [answer] : [];
}
