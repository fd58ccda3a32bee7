import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import type { ActiveScorer } from "@/lib/reward/active";
import type { ScoreItem } from "@/lib/reward/serving/schema";
import type { ScoreSubject } from "@/lib/reward/score-subjects";
import { say } from "@/lib/say";
import { aggregateSteps } from "./aggregate-steps";
import { segmentPieces, stepPieces, stepsOfText, type Piece } from "./pieces";
import type { DenseAnswer, StepAggregation } from "./schema";
import type { DenseScores } from "./score-rows";

/** Most characters of completions and sent steps in one call whose segments and steps are scored: they are cut here. */
const maxCut = 500_000;

/** Most characters of one completion that is cut, which blocks this process for 25 ms: from 100,000 on, cutting is quadratic. */
const maxCutAtOnce = 50_000;

/** Most characters that are read of all segments and steps, each with what comes before it, and of prompts. */
const maxRead = 5_000_000;

/** Most segments and steps in one call; empty steps have no characters to count. */
const maxRows = 50_000;

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
  requireFew(sumOf(asked.flatMap(lengthsOf)), maxCut, say`text to cut`);
  requireShort(subjects, items);
  requireRows(sumOf(asked.flatMap(({ steps }) => steps.map((own) => own?.length ?? 0))));
  const cuts: (Cut[] | null)[] = [];
  for (const [i, subject] of subjects.entries()) {
    cuts.push(items[i]!.dense ? await cutSubject(subject, scorer.stepCut) : null);
  }
  const pieces = cuts.flatMap((cut) => cut?.flatMap(({ segments, steps }) => [...segments, ...steps]) ?? []);
  requireRows(pieces.length);
  const prompts = cuts.flatMap((cut, i) =>
    (cut ?? []).flatMap(({ segments, steps }) => [...segments, ...steps].map(() => subjects[i]!.prompt)),
  );
  requireFew(
    sumOf(pieces.map(({ prefix, text }) => prefix.length + text.length)) + promptsRead(prompts),
    maxRead,
    say`text in segments, steps and prompts`,
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

/** One text a turn, as cutting blocks. */
async function cutSubject(
  { completions, steps }: ScoreSubject,
  cut: NonNullable<ActiveScorer["stepCut"]>,
): Promise<Cut[]> {
  const cuts: Cut[] = [];
  for (const [i, text] of completions.entries()) {
    const given = steps[i] ?? null;
    await nextTurn();
    const segments = segmentPieces(text);
    await nextTurn();
    const texts = stepsOfText({ text, steps: given ?? [], hasSteps: given !== null }, cut);
    cuts.push({ segments, steps: stepPieces(texts), texts });
  }
  return cuts;
}

/** Characters of prompts that are read: each once with every part of the rows that goes to the thread. */
function promptsRead(prompts: readonly string[]): number {
  let read = 0;
  for (let start = 0; start < prompts.length; start += rowsAtOnce) {
    read += sumOf([...new Set(prompts.slice(start, start + rowsAtOnce))].map(({ length }) => length));
  }
  return read;
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

function requireShort(subjects: readonly ScoreSubject[], items: readonly ScoreItem[]): void {
  for (const [i, { completions }] of subjects.entries()) {
    const place = items[i]!.dense ? completions.findIndex(({ length }) => length > maxCutAtOnce) : -1;
    if (place === -1) continue;
    throw new AppError(
      "invalid",
      say`Completion ${place} of item ${i} has ${completions[place]!.length} characters, and dense rewards are of completions of at most ${maxCutAtOnce}. Ask for it without dense, or send a part of it.`,
    );
  }
}

function requireRows(rows: number): void {
  if (rows <= maxRows) return;
  throw new AppError(
    "invalid",
    say`The items that ask for dense rewards have ${rows} segments and steps, and one call can have at most ${maxRows}. Send them in several calls.`,
  );
}

function requireFew(characters: number, most: number, what: string): void {
  if (characters <= most) return;
  throw new AppError(
    "invalid",
    say`The items that ask for dense rewards have ${characters} characters of ${what}, and one call can have at most ${most}. Send them in several calls.`,
  );
}
