import { z } from "zod";
import { snapshotInstances } from "@/lib/datasets/snapshot-instances";
import type { Db } from "@/lib/db/client";
import { binaryPayload, comparisonPayload, rankingPayload, ratingPayload } from "@/lib/labels/schema";
import { votersOf, votesOf } from "@/lib/labels/votes";
import { pairStrength } from "../pair-strength";
import type { PairOrigin } from "../training-data";
import { partOf } from "../training-part";
import type { TrainingPair } from "../training/data";
import {
  meanVote,
  type AspectExample,
  type CompletionExample,
  type HeadExamples,
  type RankingExample,
} from "../training/heads/examples";
import { answeredPairs, rankedPairs, type InstancePairs } from "./derive-pairs";
import type { HeadConfig, LearnsFrom } from "./schema";

const signed = { id: z.uuid(), source: z.enum(["human", "lm"]), annotator: z.string() };

/** The labels of one question, aspect and target, as the database answers them. */
const group = z.discriminatedUnion("type", [
  z.object({ type: z.literal("comparison"), labels: z.array(z.object({ ...signed, payload: comparisonPayload })) }),
  z.object({ type: z.literal("ranking"), labels: z.array(z.object({ ...signed, payload: rankingPayload })) }),
  z.object({ type: z.literal("rating"), labels: z.array(z.object({ ...signed, payload: ratingPayload })) }),
  z.object({ type: z.literal("binary"), labels: z.array(z.object({ ...signed, payload: binaryPayload })) }),
]);
type Labelled = z.infer<typeof group>;

type Row = { question: string; aspect: string; target: string; type: string; labels: unknown };

type InstanceRow = {
  id: string;
  promptHash: string;
  split: "train" | "test";
  /** By index; null where a completion has no text, or images beside it. */
  texts: (string | null)[];
  groups: Row[];
};

export type WantedHeads = {
  projectId: string;
  snapshotId: string;
  heads: HeadConfig;
  from: LearnsFrom;
  question: string | null;
  aspect: string;
  lmWeight: number;
  /** Where the features of a text are, and which group a prompt is. */
  placeOf: (text: string) => number;
  groupOf: (promptHash: string) => number;
};

export type LoadedHeads = {
  examples: Omit<HeadExamples, "prompts">;
  /** The overall reward's pairs where no comparison is asked. */
  pairs: InstancePairs;
};

/**
 * The labels of a snapshot that heads beside the overall reward learn from, and the pairs that rankings, ratings or answers
 * by yes or no come to where nothing is compared. In an order that depends on the snapshot alone; completions without a
 * text or with images are left out.
 */
export async function loadHeads(db: Db, wanted: WantedHeads): Promise<LoadedHeads> {
  const { heads } = wanted;
  const rankings: RankingExample[] = [];
  const [ratings, binary]: [CompletionExample[], CompletionExample[]] = [[], []];
  const aspects: AspectExample[] = [];
  const pairs: InstancePairs = { pairs: [], sources: [], origins: [] };
  for await (const instance of readInstances(db, wanted)) {
    const of = examplesOf(instance, wanted);
    rankings.push(...of.rankings);
    ratings.push(...of.ratings);
    binary.push(...of.binary);
    aspects.push(...of.aspects);
    pairs.pairs.push(...of.pairs.pairs);
    pairs.sources.push(...of.pairs.sources);
    pairs.origins.push(...of.pairs.origins);
  }
  return {
    examples: {
      rankings,
      ratings: {
        columns: heads.ratings.map(({ question, aspect, values, categories }) => {
          return { question, aspect, values, names: categories };
        }),
        examples: ratings,
      },
      binary: { columns: heads.binary, examples: binary },
      aspects: { columns: heads.aspects, examples: aspects },
    },
    pairs,
  };
}

type InstanceExamples = {
  rankings: RankingExample[];
  ratings: CompletionExample[];
  binary: CompletionExample[];
  aspects: AspectExample[];
  pairs: InstancePairs;
};

function examplesOf(instance: InstanceRow, wanted: WantedHeads): InstanceExamples {
  const common = { group: wanted.groupOf(instance.promptHash), split: partOf(instance) };
  const found: InstanceExamples = {
    rankings: [],
    ratings: [],
    binary: [],
    aspects: [],
    pairs: { pairs: [], sources: [], origins: [] },
  };
  const overall: CompletionExample[] = [];
  let hasPeople = false;
  for (const { question, aspect, target, ...rest } of instance.groups) {
    const labelled = group.parse(rest);
    const isOverall = question === wanted.question && aspect === wanted.aspect;
    hasPeople ||= isOverall && labelled.labels.some(({ source }) => source === "human");
    if (labelled.type === "ranking") found.rankings.push(...rankingsOf(labelled, instance, { ...common, ...wanted }));
    else if (labelled.type === "comparison") {
      const pair = comparedOf(labelled, instance, { ...common, ...wanted });
      if (pair) found.aspects.push({ ...pair, column: wanted.heads.aspects.indexOf(aspect) });
    } else {
      const answer = answerOf(labelled, instance, { ...common, ...wanted, question, aspect, target });
      if (!answer) continue;
      (labelled.type === "rating" ? found.ratings : found.binary).push(answer);
      if (isOverall) overall.push(answer);
    }
  }
  const source = hasPeople ? "human" : "lm";
  const pairs = overallPairs(wanted, found.rankings, overall);
  return { ...found, pairs: { pairs, sources: pairs.map(() => source), origins: originsOf(pairs, instance, wanted) } };
}

/** Of pairs that nobody compared: which completions they are of, and no votes. */
function originsOf(pairs: readonly TrainingPair[], { id, texts }: InstanceRow, wanted: WantedHeads): PairOrigin[] {
  const indices = new Map(texts.flatMap((text, index) => (text === null ? [] : [[wanted.placeOf(text), index]])));
  return pairs.map(({ first, second }) => ({
    ...{ instanceId: id, question: wanted.question ?? "", labels: [] },
    target: `${indices.get(first)!}-${indices.get(second)!}`,
  }));
}

function overallPairs(
  { from, heads, question, aspect }: WantedHeads,
  rankings: readonly RankingExample[],
  answers: readonly CompletionExample[],
): TrainingPair[] {
  if (from === "ranking") return rankedPairs(rankings);
  if (from === "binary") return answeredPairs(answers, { range: 1, keepsTies: false });
  if (from !== "rating") return [];
  const values = heads.ratings.find((one) => one.question === question && one.aspect === aspect)?.values;
  const given = answers.map(meanVote);
  const range = values ? values.at(-1)! - values[0]! : Math.max(...given) - Math.min(...given);
  return answeredPairs(answers, { range: range || 1, keepsTies: true });
}

type Context = WantedHeads & Pick<TrainingPair, "group" | "split">;

const weightOf = (source: "human" | "lm", { lmWeight }: Context): number => (source === "human" ? 1 : lmWeight);

/**
 * One ranking a voter and sample, of the completions that can be read; together they weigh what the voters do, at most 1.
 */
function rankingsOf(
  { labels }: Extract<Labelled, { type: "ranking" }>,
  { texts }: InstanceRow,
  context: Context,
): RankingExample[] {
  const readable = texts.flatMap((text, index) => (text === null ? [] : [{ index, place: context.placeOf(text) }]));
  if (readable.length < 2) return [];
  const voters = votersOf(labels).filter(([first]) => weightOf(first!.source, context) > 0);
  const total = voters.reduce((sum, [first]) => sum + weightOf(first!.source, context), 0);
  const { group, split } = context;
  return voters.flatMap((samples) =>
    samples.map(({ source, payload: { ranks } }): RankingExample => {
      const weight = weightOf(source, context) / samples.length / Math.max(1, total);
      return {
        ...{ group, split, weight, completions: readable.map(({ place }) => place) },
        ranks: readable.map(({ index }) => ranks[index] ?? ranks.length + 1),
      };
    }),
  );
}

function comparedOf(
  { labels }: Extract<Labelled, { type: "comparison" }>,
  { texts }: InstanceRow,
  context: Context,
): TrainingPair | null {
  const strength = pairStrength(votesOf(labels), context.lmWeight);
  const [first, second] = labels[0]!.payload.pair.map((index) => texts[index] ?? null);
  if (!strength || first == null || second == null) return null;
  const { group, split, placeOf } = context;
  return { first: placeOf(first), second: placeOf(second), group, split, ...strength };
}

function answerOf(
  labelled: Extract<Labelled, { type: "rating" | "binary" }>,
  { texts }: InstanceRow,
  context: Context & { question: string; aspect: string; target: string },
): CompletionExample | null {
  const { group, split, placeOf, heads, question, aspect, target } = context;
  const text = texts[Number(target)] ?? null;
  const column =
    labelled.type === "rating"
      ? heads.ratings.findIndex((one) => one.question === question && one.aspect === aspect)
      : heads.binary.findIndex((one) => one.question === question && one.kind === aspect);
  if (text === null || column === -1) return null;
  const valueOf = (value: number | string | boolean): number | null =>
    labelled.type === "rating" ? ratingValue(value, heads.ratings[column]!) : Number(value);
  const votes = votersOf<Signed>(labelled.labels).flatMap((samples) => {
    const values = samples.flatMap(({ payload }) => valueOf(payload.value) ?? []);
    const weight = weightOf(samples[0]!.source, context);
    return values.length > 0 && weight > 0 ? values.map((value) => ({ value, weight: weight / values.length })) : [];
  });
  const total = votes.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  return {
    ...{ group, split, column, completion: placeOf(text), weight: Math.min(1, total) },
    votes: votes.map(({ value, weight }) => ({ value, share: weight / total })),
  };
}

type Signed = { source: "human" | "lm"; annotator: string; payload: { value: number | string | boolean } };

/** Named categories are 1, 2 and so on; null for a value that the scale does not have. */
function ratingValue(
  value: number | string | boolean,
  { values, categories }: HeadConfig["ratings"][number],
): number | null {
  if (categories) {
    const place = categories.indexOf(String(value));
    return place === -1 ? null : place + 1;
  }
  if (typeof value !== "number") return null;
  return values && (value < values[0]! || value > values.at(-1)!) ? null : value;
}

async function* readInstances(db: Db, wanted: WantedHeads): AsyncGenerator<InstanceRow> {
  const { projectId, snapshotId, heads, question } = wanted;
  const rated = heads.ratings.map((one) => one.question);
  const answered = heads.binary.map((one) => one.question);
  for await (const ids of snapshotInstances(db, { projectId, snapshotId })) {
    yield* await db.$queryRaw<InstanceRow[]>`
      with labelled as (
        select l.instance_id, l.question, l.type::text as type, l.aspect, l.target, jsonb_agg(jsonb_build_object(
          'id', l.id, 'source', l.source, 'annotator', l.annotator, 'payload', l.payload) order by l.id) as labels
        from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
        where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid
          and s.instance_id = any(${ids}::uuid[]) and l.source in ('human', 'lm')
          and (l.type = 'ranking' and l.question = ${heads.ranking}
            or l.type = 'rating' and l.question = any(${rated})
            or l.type = 'binary' and l.question = any(${answered})
            or l.type = 'comparison' and not l.payload ? 'cannotTell' and l.question = ${question} and l.aspect = any(${heads.aspects}))
        group by l.instance_id, l.question, l.type, l.aspect, l.target
      ), grouped as (
        select instance_id, jsonb_agg(jsonb_build_object('question', question, 'type', type, 'aspect', aspect,
          'target', target, 'labels', labels)
          order by question collate "C", type collate "C", aspect collate "C", target collate "C") as groups
        from labelled group by instance_id
      )
      select i.prompt_hash as "promptHash", i.split, g.groups, (
        select jsonb_agg(case when c.images = '[]' then c.text end order by c.index)
        from completions c where c.project_id = i.project_id and c.instance_id = i.id) as texts
      from grouped g join instances i on i.project_id = ${projectId}::uuid and i.id = g.instance_id
      order by i.id`;
  }
}
