import { z } from "zod";
import { snapshotInstances } from "@/lib/datasets/snapshot-instances";
import type { Db } from "@/lib/db/client";
import { binaryPayload, spansPayload, stepsPayload } from "@/lib/labels/schema";
import { votersOf } from "@/lib/labels/votes";
import type { FeatureEncoder } from "@/lib/reward/feature-encoder";
import { promptText } from "@/lib/reward/prompt-text";
import { partOf } from "@/lib/reward/training-part";
import { plurality } from "@/lib/stats/plurality";
import { collectDense, type DenseInstance } from "./collect";
import type { DenseData } from "./data";
import type { DenseConfig } from "./schema";

type Wanted = { projectId: string; snapshotId: string; config: DenseConfig; lmWeight: number };

type Row = {
  prompt: string | null;
  messages: unknown;
  gold: unknown;
  promptHash: string;
  split: "train" | "test";
  completions: unknown;
  labels: unknown;
};

const readCompletions = z.array(
  z.object({ index: z.int(), text: z.string(), steps: z.array(z.string()), hasSteps: z.boolean() }),
);

const said = {
  source: z.enum(["human", "lm"]),
  annotator: z.string(),
  question: z.string(),
  sample: z.int(),
  /** Whether people were asked here, and so shown the completion as it is cut here. */
  isAsked: z.boolean(),
};
const readLabels = z.array(
  z.discriminatedUnion("type", [
    z.object({ ...said, type: z.literal("spans"), payload: spansPayload }),
    z.object({ ...said, type: z.literal("steps"), payload: stepsPayload }),
    z.object({ ...said, type: z.literal("binary"), payload: binaryPayload }),
  ]),
);
type Label = z.infer<typeof readLabels>[number];

const readGold = z.object({ type: z.literal("correctness"), correct: z.array(z.boolean().nullable()) });

/**
 * What a snapshot says of segments and steps, by people and AI judges, with the vectors of their texts. Those are encoded anew
 * by every training: stored, they would be as many as the completions times their segments. Completions without a text or
 * with images are left out.
 */
export async function loadDenseData(db: Db, given: Wanted & { encoder: FeatureEncoder }): Promise<DenseData> {
  const instances: DenseInstance[] = [];
  for await (const row of readRows(db, given)) instances.push(instanceOf(row, given));
  const { texts, ...collected } = collectDense(instances, given);
  const { encoder } = given;
  const features = texts.length === 0 ? [] : await encoder.encode(texts, { keeps: false });
  return { ...collected, features: { features, width: encoder.width } };
}

function instanceOf(row: Row, { config, lmWeight }: Wanted): DenseInstance {
  const completions = new Map(
    readCompletions.parse(row.completions).map(({ index, ...completion }) => [index, completion]),
  );
  const labels = readLabels.parse(row.labels);
  // Where the task schema cuts nothing, people saw the completion as one step, which its blank lines do not part.
  const isWhole = (completion: number): boolean =>
    config.stepCut === "blank-line" && !completions.get(completion)?.hasSteps;
  return {
    prompt: promptText(row.prompt, row.messages),
    promptHash: row.promptHash,
    split: partOf(row),
    completions,
    spans: labels.flatMap((label) => (label.type === "spans" ? [label] : [])),
    steps: labels.flatMap((label) =>
      label.type === "steps" && !(label.isAsked && isWhole(label.payload.completion)) ? [label] : [],
    ),
    outcomes: outcomesOf(labels, row.gold, lmWeight),
  };
}

/** Which completions are right: by the labels of kind "correct", else by what was imported as gold. */
function outcomesOf(labels: readonly Label[], gold: unknown, lmWeight: number): Map<number, boolean> {
  const known = readGold.safeParse(gold);
  const outcomes = new Map<number, boolean>();
  known.data?.correct.forEach((isRight, index) => isRight !== null && outcomes.set(index, isRight));
  const answers = labels.flatMap((label) =>
    label.type === "binary" && label.payload.kind === "correct" ? [label] : [],
  );
  for (const completion of new Set(answers.map(({ payload }) => payload.completion))) {
    const voters = votersOf(answers.filter(({ payload }) => payload.completion === completion));
    const votes = voters.flatMap((own) => {
      const answer = plurality(own.map(({ payload }) => ({ value: payload.value, weight: 1 })))!.answer;
      const weight = own[0]!.source === "human" ? 1 : lmWeight;
      return answer === null || weight === 0 ? [] : [{ value: answer, weight }];
    });
    const answer = plurality(votes)?.answer ?? null;
    if (answer !== null) outcomes.set(completion, answer);
  }
  return outcomes;
}

async function* readRows(db: Db, { projectId, snapshotId }: Wanted): AsyncGenerator<Row> {
  for await (const ids of snapshotInstances(db, { projectId, snapshotId })) {
    yield* await db.$queryRaw<Row[]>`
      with said as (
        select l.instance_id, jsonb_agg(jsonb_build_object('source', l.source, 'annotator', l.annotator,
          'question', l.question, 'sample', l.sample, 'isAsked', l.schema_version is not null, 'type', l.type,
          'payload', l.payload) order by l.id) as labels
        from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
        where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid
          and s.instance_id = any(${ids}::uuid[])
          and l.source in ('human', 'lm')
          and (l.type in ('spans', 'steps') or l.type = 'binary' and l.payload ->> 'kind' = 'correct')
        group by l.instance_id
      )
      select i.prompt, i.messages, i.gold, i.prompt_hash as "promptHash", i.split, coalesce(said.labels, '[]') as labels,
        (select coalesce(jsonb_agg(jsonb_build_object('index', c.index, 'text', c.text, 'steps', coalesce(c.steps, '{}'),
          'hasSteps', c.has_steps) order by c.index), '[]')
        from completions c
        where c.project_id = i.project_id and c.instance_id = i.id and c.text is not null and c.images = '[]') as completions
      from instances i left join said on said.instance_id = i.id
      where i.project_id = ${projectId}::uuid and i.id = any(${ids}::uuid[])
        and (said.labels is not null or i.gold ->> 'type' = 'correctness')
      order by i.id`;
  }
}
