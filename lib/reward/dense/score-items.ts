import { AppError } from "@/lib/errors";
import type { ActiveScorer } from "@/lib/reward/active";
import type { ScoreItem } from "@/lib/reward/schema";
import type { ScoreSubject } from "@/lib/reward/score-subjects";
import { aggregateSteps } from "./aggregate-steps";
import { segmentPieces, stepPieces, stepsOfText, type Piece } from "./pieces";
import type { DenseAnswer, StepAggregation } from "./schema";
import type { DenseScores } from "./score-rows";

/** Most characters of completions and sent steps in one call whose segments and steps are scored: they are cut here. */
const maxCut = 500_000;

/** Most characters that are read of all segments and steps, each with what comes before it. */
const maxRead = 5_000_000;

/** Rows that go to the thread at once, so that callers take turns. */
const rowsAtOnce = 128;

/**
 * The rewards of segments and steps for the items that ask for them, null for the others. Throws `invalid` for more text than
 * one call can have.
 */
export async function scoreDenseItems(
  scorer: ActiveScorer,
  subjects: readonly ScoreSubject[],
  items: readonly ScoreItem[],
): Promise<(DenseAnswer[] | null)[]> {
  const asked = subjects.filter((_, i) => items[i]!.dense);
  if (asked.length === 0) return subjects.map(() => null);
  if (scorer.stepCut === null) return subjects.map((subject, i) => (items[i]!.dense ? noAnswers(subject) : null));
  requireFew(sumOf(asked.flatMap(lengthsOf)), maxCut, "text to cut");
  const cuts = subjects.map((subject, i) => (items[i]!.dense ? cutSubject(subject, scorer.stepCut!) : null));
  const pieces = cuts.flatMap((cut) => cut?.flatMap(({ segments, steps }) => [...segments, ...steps]) ?? []);
  requireFew(
    sumOf(pieces.map(({ prefix, text }) => prefix.length + text.length)),
    maxRead,
    "text in segments and steps",
  );
  const prompts = cuts.flatMap((cut, i) =>
    (cut ?? []).flatMap(({ segments, steps }) => [...segments, ...steps].map(() => subjects[i]!.prompt)),
  );
  const scores = await scorePieces(scorer, prompts, pieces);
  let at = 0;
  return cuts.map(
    (cut, i) =>
      cut?.map((one) => {
        const from = at;
        at += one.segments.length + one.steps.length;
        return answerOf(one, scores, from, items[i]!.aggregate);
      }) ?? null,
  );
}

type Cut = { segments: ReturnType<typeof segmentPieces>; steps: Piece[]; texts: readonly string[] };

function cutSubject({ completions, steps }: ScoreSubject, cut: NonNullable<ActiveScorer["stepCut"]>): Cut[] {
  return completions.map((text, i) => {
    const given = steps[i] ?? null;
    const texts = stepsOfText({ text, steps: given ?? [], hasSteps: given !== null }, cut);
    return { segments: segmentPieces(text), steps: stepPieces(texts), texts };
  });
}

async function scorePieces(
  scorer: ActiveScorer,
  prompts: readonly string[],
  pieces: readonly Piece[],
): Promise<DenseScores> {
  const all: DenseScores = { categories: {}, steps: null };
  // Without a row too, so that it is known what the version learned.
  for (let start = 0; start === 0 || start < pieces.length; start += rowsAtOnce) {
    const places = new Map<string, number>();
    const placeOf = (text: string): number => {
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      return place;
    };
    const rows = pieces.slice(start, start + rowsAtOnce).map(({ prefix, text }, i) => ({
      places: [placeOf(prompts[start + i]!), placeOf(prefix), placeOf(text)] as const,
    }));
    const part = await scorer.scoreDense([...places.keys()], rows);
    for (const [category, values] of Object.entries(part.categories)) (all.categories[category] ??= []).push(...values);
    if (part.steps) (all.steps ??= []).push(...part.steps);
  }
  return all;
}

function answerOf(
  { segments, steps, texts }: Cut,
  { categories, steps: good }: DenseScores,
  from: number,
  aggregate: StepAggregation,
): DenseAnswer {
  const names = Object.keys(categories);
  const ofSteps = good?.slice(from + segments.length, from + segments.length + steps.length);
  return {
    segments:
      names.length === 0
        ? null
        : segments.map(({ start, end }, i) => ({
            ...{ start, end },
            categories: Object.fromEntries(names.map((name) => [name, categories[name]![from + i]!])),
          })),
    steps: ofSteps?.map((value, index) => ({ index, text: texts[index]!, good: value })) ?? null,
    stepScore: ofSteps ? aggregateSteps(ofSteps, aggregate) : null,
  };
}

const noAnswers = ({ completions }: ScoreSubject): DenseAnswer[] =>
  completions.map(() => ({ segments: null, steps: null, stepScore: null }));

function lengthsOf({ completions, steps }: ScoreSubject): number[] {
  return [...completions, ...steps.flatMap((own) => own ?? [])].map(({ length }) => length);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function requireFew(characters: number, most: number, what: string): void {
  if (characters <= most) return;
  throw new AppError(
    "invalid",
    `The items that ask for dense rewards have ${characters} characters of ${what}, and one call can have at most ${most}. Send them in several calls.`,
  );
}
