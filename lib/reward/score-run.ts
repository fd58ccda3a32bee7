import { z } from "zod";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { RunContext } from "@/lib/jobs/runs";
import { rerouteAfterScoring } from "@/lib/routing/reroute-after-scoring";
import { isReadable } from "./readable";
import { loadActiveScorer, type ActiveScorer } from "./active";
import { scorePayload } from "./schema";

const batchSize = 100;

/** Finding a new cut among a million scores takes half a minute. */
const rerouteTimeoutMs = 5 * 60_000;

const passes = ["unlabelled", "labelled"] as const;

const checkpoint = z.object({ pass: z.enum(passes), after: z.string(), done: z.int(), total: z.int() });
type Checkpoint = z.infer<typeof checkpoint>;

const firstId = "00000000-0000-0000-0000-000000000000";

type Subject = { id: string; contentHash: string; completions: string[] };

/**
 * Scores every instance that the active version has not scored and can read whole, those without a label first, as routing waits for them.
 * A batch is one transaction with its checkpoint. Ends early when another version became active: its own run scores all.
 */
export async function scoreRun(run: RunContext): Promise<Prisma.InputJsonObject> {
  const { version } = scorePayload.parse(run.payload);
  const scorer = await loadActiveScorer(run.projectId, { keepsVectors: true });
  if (scorer?.version !== version) {
    await scorer?.close();
    return { version, instances: 0, isSuperseded: true };
  }
  try {
    let at: Checkpoint | null = run.checkpoint === null ? await begin(run, version) : checkpoint.parse(run.checkpoint);
    let done = at.done;
    for (; at !== null;) {
      const before: Checkpoint = at;
      at = await scoreBatch(run, scorer, before);
      done = at?.done ?? before.done;
    }
    const isSuperseded = !(await isActive(run.projectId, version));
    if (!isSuperseded) {
      const options = { timeout: rerouteTimeoutMs, maxWait: 10_000 };
      await prisma.$transaction((db) => rerouteAfterScoring(db, run.projectId), options);
    }
    return { version, instances: done, isSuperseded };
  } finally {
    await scorer.close();
  }
}

async function begin({ projectId }: RunContext, version: number): Promise<Checkpoint> {
  const [{ total }] = await prisma.$queryRaw<[{ total: number }]>`
    select count(*)::int as total from instances i
    where i.project_id = ${projectId}::uuid and ${isReadable} and not exists (
      select from reward_scores s
      where s.project_id = i.project_id and s.instance_id = i.id and s.model_version = ${version}::int)`;
  return { pass: "unlabelled", after: firstId, done: 0, total };
}

/** Where to go on; null at the end. */
async function scoreBatch(run: RunContext, scorer: ActiveScorer, at: Checkpoint): Promise<Checkpoint | null> {
  const subjects = await nextSubjects(run.projectId, scorer.version, at);
  if (subjects.length === 0) return at.pass === "unlabelled" ? { ...at, pass: "labelled", after: firstId } : null;
  const texts = subjects.flatMap(({ completions }) => completions.map((completion) => ({ prompt: "", completion })));
  const scores = await scorer.score(texts);
  let place = 0;
  const rows = subjects.flatMap(({ id, contentHash, completions }) =>
    completions.map((_, index) => ({ id, hash: contentHash, index, ...scores[place++]! })),
  );
  const done = at.done + subjects.length;
  const next: Checkpoint = { ...at, after: subjects.at(-1)!.id, done, total: Math.max(at.total, done) };
  const isStored = await prisma.$transaction(async (db) => {
    await run.save(db, { checkpoint: next, progress: { done, total: next.total, unit: "instances" } });
    // Both a promotion and a changed text wait for this batch, or this batch leaves out what they changed.
    const stored = await db.$queryRaw<unknown[]>`
      select from reward_models
      where project_id = ${run.projectId}::uuid and version = ${scorer.version}::int and is_active for share`;
    if (stored.length === 0) return false;
    await db.$executeRaw`
      with r as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::json) as r(
          id uuid, hash text, index int, reward float8, "rewardWithSides" float8, members float8[])
      ), same as (
        select i.id from instances i where i.project_id = ${run.projectId}::uuid and i.id in (select id from r)
          and i.content_hash = (select hash from r where r.id = i.id limit 1)
        order by i.id for share of i
      )
      insert into reward_scores (project_id, instance_id, index, model_version, reward, reward_with_sides, members)
      select ${run.projectId}::uuid, r.id, index, ${scorer.version}::int, reward, "rewardWithSides", members
      from r join same on same.id = r.id
      on conflict (project_id, instance_id, index) do update set model_version = excluded.model_version,
        reward = excluded.reward, reward_with_sides = excluded.reward_with_sides, members = excluded.members`;
    return true;
  });
  return isStored ? next : null;
}

async function nextSubjects(projectId: string, version: number, { pass, after }: Checkpoint): Promise<Subject[]> {
  return await prisma.$queryRaw<Subject[]>`
    select i.id, i.content_hash as "contentHash", array_agg(c.text order by c.index) as completions
    from (
      select id, content_hash from instances i
      where project_id = ${projectId}::uuid and id > ${after}::uuid and ${isReadable}
        and not exists (select from reward_scores s
          where s.project_id = i.project_id and s.instance_id = i.id and s.model_version = ${version}::int)
        and (${pass === "labelled"} or not exists (select from labels l
          where l.project_id = i.project_id and l.instance_id = i.id and l.source <> 'demo'))
      order by id limit ${batchSize}
    ) i join completions c on c.project_id = ${projectId}::uuid and c.instance_id = i.id
    group by i.id, i.content_hash order by i.id`;
}

async function isActive(projectId: string, version: number): Promise<boolean> {
  return (await prisma.rewardModel.count({ where: { projectId, version, isActive: true } })) > 0;
}
