import { plurality, sumOf } from "@/lib/stats/plurality";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

/** What one order says about a pair: `preferred` counts within it, `probability` is that its first is better. */
export type PairVerdict = { probability?: number | null } & (
  { kind: "preferred"; preferred: 0 | 1; strength: number } | { kind: "tie" } | Unreadable
);

/** What both orders of one sample come to. */
export type PairOutcome =
  | { kind: "preferred"; preferred: 0 | 1; strength: number }
  | { kind: "tie" }
  | { kind: "inconsistent" }
  | { kind: "invalid" };

/** The verdicts of one sample: the pair as it is, and swapped. */
export type BothOrders = readonly [PairVerdict, PairVerdict];

export type ComparisonParts = {
  preferred: 0 | 1 | "tie";
  /** 0 for a tie. */
  strength: number;
};

/** `probability` is that the pair's first is better, p = mean over samples of (p_AB + 1 - p_BA) / 2; null without. */
export type JoinedComparison = Joined<ComparisonParts> & { probability: number | null };

/**
 * What the verdicts of the two orders come to: an unreadable one spoils both, the same answer counts with the mean of
 * the strengths (half a point up), and anything else is inconsistent (as Zheng et al. 2023 do in MT-Bench).
 */
export function joinOrders(oneOrder: PairVerdict, otherOrder: PairVerdict): PairOutcome {
  if (oneOrder.kind === "invalid" || otherOrder.kind === "invalid") return { kind: "invalid" };
  if (oneOrder.kind === "tie" && otherOrder.kind === "tie") return { kind: "tie" };
  if (oneOrder.kind === "preferred" && otherOrder.kind === "preferred" && oneOrder.preferred === otherOrder.preferred) {
    const strength = Math.round((oneOrder.strength + otherOrder.strength) / 2);
    return { kind: "preferred", preferred: oneOrder.preferred, strength };
  }
  return { kind: "inconsistent" };
}

/**
 * What the samples come to: both orders of each are joined, then the answer that most samples give counts, with the mean
 * strength of their verdicts. Where most are inconsistent, or no answer is ahead, it is inconsistent: a tie of strength 0.
 *
 * The confidence is the share of all verdicts that say the answer, so that a sample whose orders disagree counts half;
 * of an inconsistent outcome it is the share of the answer most often said. With token probabilities of every readable
 * verdict that of a preference is the probability that the preferred one is better.
 */
export function combineComparisons(samples: readonly BothOrders[]): JoinedComparison {
  const joined = samples.map(([one, other]) => ({ outcome: joinOrders(one, other), verdicts: [one, other] }));
  const read = joined.filter(({ outcome }) => outcome.kind !== "invalid");
  if (read.length === 0) return { ...unreadable, probability: null };
  const verdicts = read.flatMap((sample) => readable(sample.verdicts));
  const probability = meanProbability(verdicts);
  const answer = plurality(read.map(({ outcome }) => ({ value: answerOf(outcome), weight: 1 })))!.answer;
  const said = verdicts.map((verdict) => String(answerOf(verdict)));
  const shareOf = (one: string) => said.filter((other) => other === one).length / (2 * samples.length);
  const basis = samples.length > 1 ? "samples" : "orders";
  if (answer === null || answer === "inconsistent") {
    const confidence = Math.max(...said.map(shareOf));
    return { outcome: "inconsistent", payload: { preferred: "tie", strength: 0 }, confidence, basis, probability };
  }
  const confidence = shareOf(String(answer));
  if (answer === "tie")
    return { outcome: "tie", payload: { preferred: "tie", strength: 0 }, confidence, basis, probability };
  const payload = { preferred: answer, strength: meanStrength(read, answer) };
  if (probability === null) return { outcome: "preferred", payload, confidence, basis, probability };
  const likely = answer === 0 ? probability : 1 - probability;
  return { outcome: "preferred", payload, confidence: likely, basis: "tokens", probability };
}

function answerOf(outcome: Exclude<PairOutcome, Unreadable> | PairVerdict): 0 | 1 | "tie" | "inconsistent" {
  if (outcome.kind === "preferred") return outcome.preferred;
  return outcome.kind === "tie" ? "tie" : "inconsistent";
}

function meanProbability(verdicts: readonly PairVerdict[]): number | null {
  const known = verdicts.flatMap(({ probability }) => probability ?? []);
  return known.length < verdicts.length ? null : sumOf(known) / known.length;
}

/** Of the samples that prefer this one, half a point up. */
function meanStrength(samples: readonly { outcome: PairOutcome; verdicts: PairVerdict[] }[], answer: 0 | 1): number {
  const strengths = samples
    .filter(({ outcome }) => outcome.kind === "preferred" && outcome.preferred === answer)
    .flatMap(({ verdicts }) => verdicts.flatMap((one) => (one.kind === "preferred" ? one.strength : [])));
  return Math.round(sumOf(strengths) / strengths.length);
}
