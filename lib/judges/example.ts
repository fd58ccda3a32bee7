import { consensusPayloads, critiquePayload, maxStrength, type ConsensusPayload } from "@/lib/labels/schema";
import type { Question, RatingScale } from "@/lib/projects/schema";
import { questionOf, type Subject } from "./load";
import type { Plan } from "./plan";
import type { DemonstrationCandidate } from "./protocols/choose-demonstrations";
import type { AskedType, Demonstration } from "./protocols/protocol";
import { protocolOf, type Said } from "./protocols/protocols";
import { roundToScale } from "./protocols/rating-scale";
import { unitsOf } from "./units";

export type Example = DemonstrationCandidate & { split: "train"; demonstration: Demonstration };

/** What people answered about an instance as an example for a judge; null when it cannot be told as one. */
export function exampleOf(
  subject: Subject,
  plan: Plan,
  { target, payload }: { target: string; payload: unknown },
): Example | null {
  const pair = pairIn(target) ?? subject.pair;
  const units = unitsOf({ instanceId: subject.instanceId, completions: subject.completions.length, pair }, plan);
  const unit = units.find((one) => one.target === target);
  const said = unit && saidBy(unit.question, payload);
  if (!unit || !said) return null;
  const { shown } = questionOf(subject, unit, {
    ask: unit.asks[0]!,
    usesReference: plan.usesReference,
    demonstrations: [],
  });
  const protocol = protocolOf(shown.type);
  const answer = protocol.write(said, shown);
  // An example that a judge would not be allowed to give teaches the wrong thing.
  if (protocol.parse({ text: JSON.stringify(answer) }, shown).kind === "invalid") return null;
  const { instanceId, promptHash } = subject;
  return {
    ...{ id: instanceId, promptGroup: promptHash, split: "train", answer: nameAnswer(said) },
    demonstration: { question: shown, answer },
  };
}

/** What a consensus, or the critique of a person, says as an answer would; null for a draw. */
function saidBy(question: Question, payload: unknown): Said[AskedType] | null {
  const reasoning = null;
  switch (question.type) {
    case "comparison":
      return comparedBy(consensusPayloads.comparison.parse(payload), maxStrength(question.scale));
    case "ranking":
      return { kind: "ranking", ranks: consensusPayloads.ranking.parse(payload).ranks, reasoning };
    case "rating": {
      const value = ratedBy(consensusPayloads.rating.parse(payload), question.scale);
      return value === null ? null : { kind: "rating", value, expected: null, reasoning };
    }
    case "binary": {
      const { value } = consensusPayloads.binary.parse(payload);
      return value === null ? null : { kind: "binary", value, probability: null, reasoning };
    }
    case "spans": {
      const spans = consensusPayloads.spans.parse(payload).spans.map(({ start, end, category, severity }) => ({
        ...{ start, end, category },
        ...(severity !== null && { severity }),
      }));
      return { kind: "spans", spans, unaligned: [], reasoning };
    }
    case "steps": {
      const { steps, firstError, isDraw } = consensusPayloads.steps.parse(payload);
      const judged = steps.flatMap(({ index, label, flags }) => (label === null ? [] : { index, label, flags }));
      return isDraw ? null : { kind: "steps", steps: judged, firstError, reasoning };
    }
    case "critique": {
      const { text, rewrite } = critiquePayload.parse(payload);
      // People quote spans of their own, whose categories are those of the task schema.
      return { kind: "critique", text, quotes: [], rewrite, reasoning };
    }
  }
}

function ratedBy(rated: ConsensusPayload<"rating">, scale: RatingScale): number | string | null {
  if (rated.kind === "category") return rated.value;
  return scale.kind === "categories" ? null : roundToScale(rated.mean, scale);
}

function comparedBy(
  { preferred, isDraw, strength }: ConsensusPayload<"comparison">,
  most: number,
): Said["comparison"] | null {
  if (isDraw) return null;
  if (preferred === "tie") return { kind: "tie", reasoning: null };
  const points = Math.min(most, Math.max(1, Math.round(Math.abs(strength) * most)));
  return { kind: "preferred", choice: preferred === 0 ? "A" : "B", strength: points, reasoning: null };
}

/** By what examples are balanced: answers of which there are few. */
function nameAnswer(said: Said[AskedType]): string {
  switch (said.kind) {
    case "preferred":
      return said.choice;
    case "rating":
    case "binary":
      return String(said.value);
    case "spans":
      return said.spans.length > 0 ? "marked" : "clean";
    case "steps":
      return said.firstError === null ? "right" : "wrong";
    default:
      return said.kind;
  }
}

function pairIn(target: string): [number, number] | null {
  const [, first, second] = /^(\d+)-(\d+)$/.exec(target) ?? [];
  return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}
