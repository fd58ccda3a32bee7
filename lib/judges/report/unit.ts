import { labelPayloads, type LabelPayloadOf } from "@/lib/labels/schema";
import { plurality } from "@/lib/stats/plurality";
import type { Stretch } from "@/lib/stats/span-agreement";
import type { QuestionReport } from "./schema";

/** An instance as far as a report tells instances apart. */
export type Subject = {
  /** Its prompt's: instances of one prompt are not independent. */
  group: number;
  /** By completion: ln(1 + n) of code points, list items, headers, bold passages and code; null without a text. */
  styles: (readonly number[] | null)[];
  models: (string | null)[];
  meta: Record<string, unknown>;
};

/** What one answer says: a category, a number of a rating, or spans. */
export type Value = string | number | readonly Stretch[];

export type QuestionKey = Pick<QuestionReport, "question" | "type" | "aspect" | "part">;

/** One thing that was asked about: a pair, a completion, a step ... */
export type Unit = {
  subject: Subject;
  target: string;
  /** One answer a person. */
  people: Value[];
  /** What people come to, else the import's gold; null where there is neither, or people are undecided. */
  reference: Value | null;
  by: "people" | "gold" | "drawn" | null;
};

/** One of an AI's answers. `first` is which of the pair was shown first, null when unknown. */
export type Single = { value: Value; first: 0 | 1 | null };

/** What an AI annotator says about a unit, all its orders and samples joined. */
export type Observation = {
  unit: Unit;
  value: Value;
  singles: Single[];
  confidence: number | null;
  outcome: string | null;
  /** Id of its newest label: they sort by time. */
  at: string;
};

/** A current label of a person or an AI. */
export type LabelRow = {
  id: string;
  instanceId: string;
  question: string;
  type: QuestionReport["type"];
  aspect: string;
  source: "human" | "lm";
  annotator: string;
  payload: unknown;
  shownOrder: number[] | null;
  confidence: number | null;
  outcome: string | null;
  verdictIds: string[] | null;
};

type Statement = { part: QuestionKey["part"]; target: string; value: Value };

/** What a label says, unit by unit: a ranking of n about each of its pairs, steps about each step and the first error. */
export function statementsOf({ type, payload }: Pick<LabelRow, "type" | "payload">): Statement[] {
  switch (type) {
    case "comparison": {
      const { pair, preferred, cannotTell } = labelPayloads.comparison.parse(payload);
      if (cannotTell) return [];
      return [{ part: "answer", target: pair.join("-"), value: String(preferred) }];
    }
    case "ranking":
      return rankedPairs(labelPayloads.ranking.parse(payload).ranks);
    case "rating": {
      const { completion, value } = labelPayloads.rating.parse(payload);
      return [{ part: "answer", target: String(completion), value }];
    }
    case "binary": {
      const { completion, value } = labelPayloads.binary.parse(payload);
      return [{ part: "answer", target: String(completion), value: value ? "yes" : "no" }];
    }
    case "spans": {
      const { covered, spans } = labelPayloads.spans.parse(payload);
      return covered.map((index) => ({
        ...{ part: "answer", target: String(index) },
        value: spans.filter(({ completion }) => completion === index),
      }));
    }
    case "steps":
      return stepStatements(labelPayloads.steps.parse(payload));
  }
}

/** What the import's gold says of a unit of this question; null where it says nothing of its type. */
export function goldOf(gold: unknown, { type, part }: QuestionKey, target: string): Value | null {
  if (typeof gold !== "object" || gold === null || part !== "answer") return null;
  const { preferred, pair, correct, ranks, value, completion, ...rest } = gold as Record<string, unknown>;
  if (type === "comparison" && rest["type"] === type && target === (Array.isArray(pair) ? pair.join("-") : "0-1"))
    return ["0", "1", "tie"].find((answer) => answer === String(preferred)) ?? null;
  if (type === "binary" && Array.isArray(correct) && typeof correct[Number(target)] === "boolean")
    return correct[Number(target)] ? "yes" : "no";
  if (type === "ranking" && labelPayloads.ranking.safeParse({ ranks }).success)
    return rankedPairs(ranks as number[]).find((pairOf) => pairOf.target === target)?.value ?? null;
  if (type === "rating" && rest["type"] === type && target === String(completion ?? 0))
    return typeof value === "number" || typeof value === "string" ? value : null;
  return null;
}

/** Several answers of one annotator as one: the most given, a draw being a tie where there is one; means of numbers. */
export function joinAnswers(values: readonly Value[], type: QuestionKey["type"]): Value | null {
  if (values.length === 1 || typeof values[0] === "object") return values[0] ?? null;
  if (values.every((value) => typeof value === "number")) return meanOf(values);
  const answer = plurality(values.map((value) => ({ value: String(value), weight: 1 })))?.answer ?? null;
  return answer ?? (type === "comparison" || type === "ranking" ? "tie" : null);
}

/** What people come to: the most given category, null in a draw; the mean of numbers. Spans come to nothing. */
export function consensusOf(people: readonly Value[]): Value | null {
  if (people.length === 0 || typeof people[0] === "object") return null;
  if (people.every((value) => typeof value === "number")) return meanOf(people);
  return plurality(people.map((value) => ({ value: String(value), weight: 1 })))?.answer ?? null;
}

/** Which of the pair was shown first. */
export function firstShown(target: string, shownOrder: readonly number[] | null): 0 | 1 | null {
  const places = target.split("-").map((index) => shownOrder?.indexOf(Number(index)) ?? -1);
  if (places.length !== 2 || places.includes(-1)) return null;
  return places[0]! < places[1]! ? 0 : 1;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rankedPairs(ranks: readonly number[]): Statement[] {
  return ranks.flatMap((rank, j) =>
    ranks.slice(0, j).map((earlier, i): Statement => ({
      ...{ part: "answer", target: `${i}-${j}` },
      value: earlier === rank ? "tie" : earlier < rank ? "0" : "1",
    })),
  );
}

/** Steps after a first error are often not judged; those that were not say nothing. */
function stepStatements({ completion, steps, firstError }: LabelPayloadOf<"steps">): Statement[] {
  return [
    ...steps.map(({ index, label }): Statement => ({
      ...{ part: "answer", target: `${completion}:${index}`, value: label },
    })),
    { part: "first error", target: String(completion), value: firstError === null ? "none" : String(firstError) },
  ];
}
