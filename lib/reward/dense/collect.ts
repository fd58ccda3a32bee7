import type { LabelPayloadOf } from "@/lib/labels/schema";
import { votersOf } from "@/lib/labels/votes";
import { plurality } from "@/lib/stats/plurality";
import type { DenseData, DenseRow } from "./data";
import { segmentPieces, stepPieces, stepsOfText, type Piece } from "./pieces";
import type { DenseConfig } from "./schema";
import { segmentTargets, stepTargets, type Said, type SoftTarget } from "./targets";

/** Rows of segments, and as many of steps, that a training holds at most: encoders read each of them anew. */
const mostRows = 20_000;

/** An instance with what people and AI judges say of its segments and steps. */
export type DenseInstance = {
  prompt: string;
  /** Instances of one prompt are one group. */
  promptHash: string;
  split: DenseRow["split"];
  /** Those that can be read, by their index. */
  completions: ReadonlyMap<number, { text: string; steps: readonly string[]; hasSteps: boolean }>;
  spans: readonly Said<LabelPayloadOf<"spans">>[];
  steps: readonly Said<LabelPayloadOf<"steps">>[];
  /** Completions that are known to be right or wrong. */
  outcomes: ReadonlyMap<number, boolean>;
};

/** Tasks whose rows refer to texts that are still to be encoded. */
export type Collected = Omit<DenseData, "features"> & { texts: readonly string[] };

type Rules = { config: Pick<DenseConfig, "neutralSteps" | "stepCut">; lmWeight: number };

/** A category of a question: another question's of the same name is another head. */
type Category = { question: string; category: string };

/**
 * Cuts the labelled completions into segments and steps and says of each what its labels do. Instances are taken in the order
 * of their prompts' hashes, as long as the rows are not too many.
 */
export function collectDense(instances: readonly DenseInstance[], rules: Rules): Collected {
  const ordered = instances.toSorted((a, b) =>
    a.promptHash < b.promptHash ? -1 : Number(a.promptHash > b.promptHash),
  );
  const [texts, groups] = [numbering(), numbering()];
  const categories = categoriesOf(ordered);
  const hasSteps = ordered.some(({ steps }) => steps.length > 0);
  const context: Context = { ...rules, categories, hasSteps, texts, groups };
  const found = { segments: [] as DenseRow[], steps: [] as DenseRow[] };
  const firstErrors: DenseData["firstErrors"][number][] = [];
  const outcomes: DenseData["outcomes"][number][] = [];
  let leftOut = 0;
  for (const instance of ordered) {
    const segments = segmentRows(instance, context);
    if (found.segments.length + segments.length > mostRows) leftOut += segments.length;
    else found.segments.push(...segments);
    const steps = stepRows(instance, context, found.steps.length);
    if (found.steps.length + steps.rows.length > mostRows) {
      leftOut += steps.rows.length;
      continue;
    }
    found.steps.push(...steps.rows);
    firstErrors.push(...steps.firstErrors);
    outcomes.push(...steps.outcomes);
  }
  return {
    texts: texts.all(),
    segments: { heads: namesOf(categories), rows: found.segments },
    steps: { heads: ["good"], rows: found.steps },
    ...{ firstErrors, outcomes, leftOut },
  };
}

type Context = Rules & {
  categories: readonly Category[];
  /** Whether anybody judged a step: without, no head tells right solutions from wrong ones, and none is to be encoded. */
  hasSteps: boolean;
  texts: Numbering;
  groups: Numbering;
};

function categoriesOf(instances: readonly DenseInstance[]): Category[] {
  const found = new Map<string, Category>();
  for (const { question, payload } of instances.flatMap(({ spans }) => spans)) {
    for (const { completion, category } of payload.spans) {
      if (completion !== "prompt") found.set(JSON.stringify([category, question]), { question, category });
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, category]) => category);
}

/** Categories by their names, with the question's where two questions have one of that name. */
function namesOf(categories: readonly Category[]): string[] {
  return categories.map(({ question, category }) => {
    const isShared = categories.filter((other) => other.category === category).length > 1;
    return isShared ? `${question}: ${category}` : category;
  });
}

function segmentRows(instance: DenseInstance, context: Context): DenseRow[] {
  const { spans, completions } = instance;
  const covered = new Set(spans.flatMap(({ payload }) => payload.covered));
  return [...completions].flatMap(([completion, { text }]) => {
    if (!covered.has(completion)) return [];
    const segments = segmentPieces(text);
    const byCategory = context.categories.map(({ question, category }) =>
      segmentTargets({
        ...{ labels: spans.filter((label) => label.question === question), completion, category, segments },
        lmWeight: context.lmWeight,
      }),
    );
    const rows = segments.map((segment, i) =>
      rowOf(
        instance,
        segment,
        byCategory.map((targets) => targets[i]!),
        context,
      ),
    );
    return rows.filter(({ weights }) => weights.some((weight) => weight > 0));
  });
}

/** The steps of completions that have labels of steps, and of those in the test part that are known to be right or wrong. */
function stepRows(
  instance: DenseInstance,
  context: Context,
  start: number,
): { rows: DenseRow[] } & Pick<DenseData, "firstErrors" | "outcomes"> {
  const { completions, outcomes, split } = instance;
  if (!context.hasSteps) return { rows: [], firstErrors: [], outcomes: [] };
  const rows: DenseRow[] = [];
  const firstErrors: DenseData["firstErrors"][number][] = [];
  const known: DenseData["outcomes"][number][] = [];
  for (const [completion, said] of completions) {
    const labels = instance.steps.filter(({ payload }) => payload.completion === completion);
    const isRight = split === "test" ? outcomes.get(completion) : undefined;
    if (labels.length === 0 && isRight === undefined) continue;
    const pieces = stepPieces(stepsOfText(said, context.config.stepCut));
    const { config, lmWeight } = context;
    const targets = stepTargets({ labels, count: pieces.length, neutral: config.neutralSteps, lmWeight });
    const solution = { from: start + rows.length, to: start + rows.length + pieces.length, split };
    rows.push(...pieces.map((piece, i) => rowOf(instance, piece, [targets[i]!], context)));
    const group = context.groups.placeOf(instance.promptHash);
    const firstError = firstErrorIn(labels, lmWeight);
    if (firstError !== null) firstErrors.push({ ...solution, group, firstError });
    if (isRight !== undefined) known.push({ ...solution, group, isRight });
  }
  return { rows, firstErrors, outcomes: known };
}

type FirstError = DenseData["firstErrors"][number]["firstError"];

/** What most of the weight says; null without labels and in a draw. */
function firstErrorIn(labels: DenseInstance["steps"], lmWeight: number): FirstError | null {
  const votes = votersOf(labels).flatMap((own) => {
    const answer = plurality<FirstError>(
      own.map(({ payload }) => ({ value: payload.firstError ?? "none", weight: 1 })),
    )!.answer;
    const weight = own[0]!.source === "human" ? 1 : lmWeight;
    return answer === null || weight === 0 ? [] : [{ value: answer, weight }];
  });
  return plurality<FirstError>(votes)?.answer ?? null;
}

function rowOf(
  { prompt, promptHash, split }: DenseInstance,
  { prefix, text }: Piece,
  found: readonly SoftTarget[],
  { texts, groups }: Context,
): DenseRow {
  return {
    places: [texts.placeOf(prompt), texts.placeOf(prefix), texts.placeOf(text)],
    group: groups.placeOf(promptHash),
    split,
    targets: found.map((soft) => soft?.target ?? 0),
    weights: found.map((soft) => soft?.weight ?? 0),
  };
}

type Numbering = { placeOf: (key: string) => number; all: () => string[] };

/** Gives equal texts one place. */
function numbering(): Numbering {
  const places = new Map<string, number>();
  return {
    placeOf(key) {
      const known = places.get(key) ?? places.size;
      places.set(key, known);
      return known;
    },
    all: () => [...places.keys()],
  };
}
