import { formatShare } from "./describe";
import type { Cut, Policy } from "./schema";

/** What came of asking a judge: as labels sign it, how sure it is, or null where its answer could not be read. */
export type JudgeSaid = {
  judge: string;
  label: { confidence: number | null; isInconsistent: boolean } | null;
};

/** A further decision about an instance that was routed to AI. */
export type Escalation = {
  stage: 1 | 2;
  route: "lm" | "human";
  propensity: number;
  /** How sure the judge was; null where its answer says nothing of that. */
  score: number | null;
  reason: string;
};

type Escalating = Extract<Policy, { cuts: Cut[] }>;

/** Whether a policy looks at what judges said of what it routed to AI. */
export function escalates(policy: Policy): policy is Escalating {
  return policy.kind === "confidence" || policy.kind === "cascade";
}

/**
 * Where an instance goes on to that a policy routed to AI and that is at a stage, by what judges said of it; nothing where
 * their labels stand or are still to come. A label stands that is consistent and at least as sure as its judge's cut;
 * once it does, other versions of the judge change nothing. Under `confidence` one label that does not stand sends the
 * instance to people. Under `cascade` it is the second judge's turn after the first, then people's.
 *
 * Given the labels nothing is drawn any more, so that the propensity is that of not having been drawn for both.
 */
export function escalationsOf(policy: Escalating, stage: number, said: readonly JudgeSaid[]): Escalation[] {
  const propensity = 1 - policy.dualShare;
  if (policy.kind === "confidence") {
    if (stage > 0) return [];
    const refused = asked(policy.cuts).flatMap((cut) => faultOf(cut, said) ?? []);
    return refused.slice(0, 1).map((fault) => ({
      ...{ stage: 1, route: "human", propensity, score: fault.confidence },
      reason: `${fault.words}: to people (policy ${policy.version})`,
    }));
  }
  const made: Escalation[] = [];
  for (let at = stage; at < 2; at++) {
    const fault = faultOf(policy.cuts[at]!, said);
    if (fault === null) break;
    const [words, version] = [lowerFirst(fault.words), policy.version];
    const further = { propensity, score: fault.confidence };
    made.push(
      at === 0
        ? {
            stage: 1,
            route: "lm",
            ...further,
            reason: `First judge: ${words}: to the second judge (policy ${version})`,
          }
        : { stage: 2, route: "human", ...further, reason: `Second judge: ${words}: to people (policy ${version})` },
    );
  }
  return made;
}

/** The id of the judge of a version, as a cut and labels name it; null for what is no judge of the project. */
export function judgeIdOf(judge: string): string | null {
  return /^judge:(.+)@\d+$/.exec(judge)?.[1] ?? null;
}

/** Of judges without a cut no label can stand, so they are not asked. */
function asked(cuts: readonly Cut[]): Cut[] {
  return cuts.filter(({ confidence }) => confidence !== null);
}

type Fault = { words: string; confidence: number | null };

/** Why what its judge said does not stand; null where it does, or where it has not said anything yet. */
function faultOf({ judge, confidence: cut }: Cut, said: readonly JudgeSaid[]): Fault | null {
  const own = said.find((one) => one.judge === judge);
  const other = said.find((one) => judgeIdOf(one.judge) === judgeIdOf(judge));
  if (!own)
    return other ? { words: "Another version of the judge labelled it, which has no cut", confidence: null } : null;
  if (own.label === null) return { words: "Its answer cannot be read", confidence: null };
  const { confidence, isInconsistent } = own.label;
  if (isInconsistent) return { words: "It answers differently in the other order", confidence };
  if (confidence === null) return { words: "It does not say how sure it is", confidence };
  if (cut === null)
    return {
      words: `No confidence of this judge keeps the promise, and its own is ${formatShare(confidence)}`,
      confidence,
    };
  if (confidence >= cut) return null;
  return { words: `Its confidence of ${formatShare(confidence)} is below the cut of ${formatShare(cut)}`, confidence };
}

function lowerFirst(words: string): string {
  return words[0]!.toLowerCase() + words.slice(1);
}
