import { maxStrength, type LabelPayload, type LabelPayloadOf } from "@/lib/labels/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { combineBinaries } from "./protocols/combine/binary";
import { combineComparisons, type BothOrders } from "./protocols/combine/comparison";
import { combineCritiques } from "./protocols/combine/critique";
import type { Joined as Combined } from "./protocols/combine/joined";
import { combineRankings, combineTournament } from "./protocols/combine/ranking";
import { combineRatings } from "./protocols/combine/rating";
import { combineSpans } from "./protocols/combine/spans";
import { combineSteps } from "./protocols/combine/steps";
import type { JudgeLabelMeta, VerdictKind, VerdictOutcome } from "./schema";
import type { Ask, Unit } from "./units";

/** What all verdicts of a unit come to. */
export type Joined = {
  outcome: JudgeLabelMeta["outcome"] | "invalid";
  /** Null where no label is made of them. */
  payload: LabelPayload | null;
  confidence: number;
  basis: NonNullable<JudgeLabelMeta["basis"]>;
  rationale: string | null;
};

/** A request with what came to it; one that was not sent, as its sample was unreadable already, is unreadable, too. */
type Answered = { ask: Ask; outcome: VerdictOutcome };

type Outcome<K extends VerdictKind> = Extract<VerdictOutcome, { kind: K }>;
const invalid: Outcome<"invalid"> = { kind: "invalid", problem: "it was not asked" };

/** Whether so many samples have an unreadable verdict that nothing is made of the rest: more than half of them. */
export function isSpoiled(unreadableSamples: number, samples: number): boolean {
  return 2 * unreadableSamples > samples;
}

/** What a unit comes to by its verdicts; null while a sample without an unreadable one lacks some. */
export function joinUnit(unit: Unit, outcomeOf: (ask: Ask) => VerdictOutcome | undefined): Joined | null {
  const given = unit.asks.map((ask) => ({ ask, outcome: outcomeOf(ask) }));
  const unreadable = new Set(given.flatMap(({ ask, outcome }) => (outcome?.kind === "invalid" ? ask.sample : [])));
  const samples = new Set(unit.asks.map(({ sample }) => sample)).size;
  if (isSpoiled(unreadable.size, samples))
    return { outcome: "invalid", payload: null, confidence: 0, basis: "samples", rationale: null };
  if (given.some(({ ask, outcome }) => outcome === undefined && !unreadable.has(ask.sample))) return null;
  const answered = given.map(({ ask, outcome = invalid }) => ({ ask, outcome }));
  return join(unit, answered);
}

function join(unit: Unit, answered: Answered[]): Joined {
  const { question, aspect, target } = unit;
  const completion = Number(target);
  switch (question.type) {
    case "comparison":
      return joinComparison(question, target, answered);
    case "ranking":
      return joinRanking(unit, answered);
    case "rating": {
      const combined = combineRatings(of(answered, "rating"), question.scale);
      return labelled(combined, answered, ({ value }) => ({ completion, aspect: aspect.id, value }));
    }
    case "binary": {
      const combined = combineBinaries(of(answered, "binary"));
      const agreeing = answered.filter(
        ({ outcome }) => outcome.kind === "binary" && outcome.value === combined.payload?.value,
      );
      return labelled(combined, agreeing, ({ value }) => ({ completion, value, kind: question.kind }));
    }
    case "spans":
      return labelled(combineSpans(of(answered, "spans")), answered, ({ spans }) => ({
        covered: [completion],
        spans: spans.map((span) => ({ completion, ...span })),
      }));
    case "steps":
      return labelled(combineSteps(of(answered, "steps")), answered, (parts) => ({ completion, ...parts }));
    case "critique":
      return labelled(combineCritiques(of(answered, "critique")), answered, (parts) => ({ completion, ...parts }));
  }
}

function joinComparison({ scale }: QuestionOf<"comparison">, target: string, answered: Answered[]): Joined {
  const combined = combineComparisons(bothOrders(answered));
  const agreeing = answered.filter(({ outcome }) => sideOf(outcome) === combined.payload?.preferred);
  return labelled(combined, agreeing, ({ preferred, strength }): LabelPayloadOf<"comparison"> => ({
    ...{ pair: readPair(target), preferred, bothBad: false },
    ...{ strength: Math.min(strength, maxStrength(scale)), scale },
  }));
}

/** A ranking whose requests are about pairs was a tournament. */
function joinRanking({ target }: Unit, answered: Answered[]): Joined {
  const payloadOf = ({ ranks }: { ranks: number[] }) => ({ ranks });
  if (answered.every(({ ask }) => ask.target === target))
    return labelled(combineRankings(of(answered, "ranking")), answered, payloadOf);
  const games = [...new Set(answered.map(({ ask }) => ask.target))].map((pair) => ({
    pair: readPair(pair),
    joined: combineComparisons(bothOrders(answered.filter(({ ask }) => ask.target === pair))),
  }));
  const completions = 1 + Math.max(...games.map(({ pair }) => pair[1]));
  return labelled(combineTournament(completions, games), [], payloadOf);
}

/** What the answers come to, with the reason of the first that speaks for it. */
function labelled<Parts>(
  { outcome, payload, confidence, basis }: Combined<Parts>,
  agreeing: Answered[],
  payloadOf: (parts: Parts) => LabelPayload,
): Joined {
  const speaking = outcome === "inconsistent" ? [] : agreeing.filter((one) => one.outcome.kind !== "invalid");
  const rationale = speaking.length === 0 ? null : (speaking[0]!.outcome as Outcome<"tie">).reasoning;
  return { outcome, payload: payload === null ? null : payloadOf(payload), confidence, basis, rationale };
}

/** Sample by sample: requests about a pair come in twos. */
function bothOrders(answered: Answered[]): BothOrders[] {
  return Array.from({ length: answered.length / 2 }, (_, i) => [
    ofPair(answered[2 * i]!.outcome),
    ofPair(answered[2 * i + 1]!.outcome),
  ]);
}

function ofPair(outcome: VerdictOutcome): Outcome<"preferred" | "tie" | "invalid"> {
  return outcome.kind === "preferred" || outcome.kind === "tie" ? outcome : invalid;
}

function sideOf(outcome: VerdictOutcome): 0 | 1 | "tie" | undefined {
  if (outcome.kind === "preferred") return outcome.preferred;
  return outcome.kind === "tie" ? "tie" : undefined;
}

function of<K extends VerdictKind>(answered: Answered[], kind: K): (Outcome<K> | Outcome<"invalid">)[] {
  return answered.map(({ outcome }) => (outcome.kind === kind ? (outcome as Outcome<K>) : invalid));
}

function readPair(target: string): [number, number] {
  const [first, second] = target.split("-").map(Number);
  return [first!, second!];
}
