import { z } from "zod";
import { snapshotInstances } from "@/lib/datasets/snapshot-instances";
import type { Db } from "@/lib/db/client";
import { sideFeatures } from "@/lib/encoders/side-features";
import { comparisonPayload } from "@/lib/labels/schema";
import { votesOf, type VotingLabel } from "@/lib/labels/votes";
import { pairStrength } from "./pair-strength";
import type { Spare } from "./failures/spare";
import type { FeatureEncoder } from "./feature-encoder";
import { learnBothBad } from "./heads/both-bad";
import { loadHeads } from "./heads/load";
import { encodePrompts } from "./heads/prompts";
import type { HeadConfig, LearnsFrom } from "./heads/schema";
import { partOf } from "./training-part";
import type { TrainingData, TrainingPair } from "./training/data";

export type LabelledBy = "human" | "lm";

/** Where a pair comes from: what it is the answer to, and the labels of which its votes are made. */
export type PairOrigin = {
  instanceId: string;
  question: string;
  /** The pair's completions, as labels name them: "0-1". */
  target: string;
  labels: VotingLabel[];
};

export type LoadedData = TrainingData & {
  /** In the order of `pairs`. */
  origins: PairOrigin[];
  /** Who labelled each pair: people, perhaps with AI, or AI alone. In the order of `pairs`. */
  sources: LabelledBy[];
  /** Pairs that were left out, because a completion has images: the encoder reads texts alone. */
  withImages: number;
  /** What the features are of. */
  texts: readonly string[];
};

type Wanted = {
  projectId: string;
  snapshotId: string;
  question: string | null;
  aspect: string;
  /** What the overall reward learns from: comparisons if left out. */
  from?: LearnsFrom;
  /** The labels beside the overall comparisons; none if left out or null. */
  heads?: HeadConfig | null;
};

type Row = {
  instanceId: string;
  promptHash: string;
  split: "train" | "test";
  question: string;
  target: string;
  first: string;
  second: string;
  hasImages: boolean;
  labels: unknown;
};

const votingLabels = z.array(
  z.object({ id: z.uuid(), source: z.enum(["human", "lm"]), annotator: z.string(), payload: comparisonPayload }),
);

/**
 * The comparisons of a snapshot on one question and aspect, by people and AI judges, as pairs to train on, in an order that
 * depends on the snapshot alone; of all questions where none is given. Pairs without a text, with images or without a vote that counts are left out. Every text is encoded once. A version whose prompts the encoder does not read does without a gate.
 */
export async function loadTrainingData(
  db: Db,
  given: Wanted & { lmWeight: number; encoder: FeatureEncoder; spare: Spare },
): Promise<LoadedData> {
  const places = new Map<string, number>();
  const groups = new Map<string, number>();
  const pairs: TrainingPair[] = [];
  const sources: LabelledBy[] = [];
  const origins: PairOrigin[] = [];
  let withImages = 0;
  const { encoder, from = "comparison" } = given;
  for await (const row of from === "comparison" ? readPairs(db, given) : []) {
    const labels = votingLabels.parse(row.labels);
    const votes = votesOf(labels);
    const strength = pairStrength(votes, given.lmWeight);
    if (!strength) continue;
    if (row.hasImages) {
      withImages += 1;
      continue;
    }
    pairs.push({
      first: placeOf(places, row.first),
      second: placeOf(places, row.second),
      group: placeOf(groups, row.promptHash),
      split: partOf(row),
      ...strength,
    });
    sources.push(votes.some(({ source }) => source === "human") ? "human" : "lm");
    origins.push({ instanceId: row.instanceId, question: row.question, target: row.target, labels });
  }
  const beside =
    given.heads &&
    (await loadHeads(db, {
      ...{ ...given, from, heads: given.heads },
      placeOf: (text) => placeOf(places, text),
      groupOf: (promptHash) => placeOf(groups, promptHash),
    }));
  if (beside) {
    // One by one: a call does not take hundreds of thousands of arguments.
    for (const pair of beside.pairs.pairs) pairs.push(pair);
    for (const source of beside.pairs.sources) sources.push(source);
    for (const origin of beside.pairs.origins) origins.push(origin);
  }
  const compared = { pairs, sources, origins };
  const learned =
    beside && from === "comparison"
      ? learnBothBad({ ...compared, binary: beside.examples.binary, lmWeight: given.lmWeight })
      : { ...compared, binary: beside?.examples.binary };
  const texts = [...places.keys()];
  const features = await encoder.encode(texts);
  const sides = texts.map(sideFeatures);
  const { binary, ...rest } = learned;
  const loaded = { ...rest, withImages, texts, features, width: encoder.width, sides };
  if (!beside) return loaded;
  const hasGate = beside.examples.aspects.columns.length > 1;
  const read = () => encodePrompts(db, { ...given, promptHashes: [...groups.keys()] });
  const prompts = hasGate ? await given.spare("gate", read) : null;
  return {
    ...loaded,
    heads: { ...beside.examples, ...(binary && { binary }), prompts: prompts ?? [] },
    pairsAreInduced: from === "ranking",
  };
}

async function* readPairs(db: Db, { projectId, snapshotId, question, aspect }: Wanted): AsyncGenerator<Row> {
  for await (const ids of snapshotInstances(db, { projectId, snapshotId })) {
    yield* await db.$queryRaw<Row[]>`
      with votes as (
        select l.instance_id, l.question, l.target,
          jsonb_agg(jsonb_build_object('id', l.id, 'source', l.source, 'annotator', l.annotator, 'payload', l.payload) order by l.id) as labels
        from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
        where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid
          and s.instance_id = any(${ids}::uuid[])
          and l.type = 'comparison' and not l.payload ? 'cannotTell' and l.source in ('human', 'lm') and l.aspect = ${aspect}
          and (${question}::text is null or l.question = ${question})
        group by l.instance_id, l.question, l.target
      )
      select v.instance_id as "instanceId", i.prompt_hash as "promptHash", i.split, v.question, v.target, a.text as first, b.text as second,
        a.images <> '[]' or b.images <> '[]' as "hasImages", v.labels
      from votes v
      join instances i on i.project_id = ${projectId}::uuid and i.id = v.instance_id
      join completions a on a.project_id = i.project_id and a.instance_id = i.id and a.index = split_part(v.target, '-', 1)::int
      join completions b on b.project_id = i.project_id and b.instance_id = i.id and b.index = split_part(v.target, '-', 2)::int
      where a.text is not null and b.text is not null
      order by v.instance_id, v.question collate "C", v.target collate "C"`;
  }
}

function placeOf(places: Map<string, number>, key: string): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size);
  return places.size - 1;
}
