import { z } from "zod";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { RunContext } from "@/lib/jobs/runs";
import { rerouteAfterScoring } from "@/lib/routing/reroute-after-scoring";
import { loadActiveScorer, type ActiveScorer } from "./active";
import { isReadable } from "./readable";
import { scorePayload } from "./schema";
import { isUnscored, nextToScore } from "./score-order";

const batchSize = 100;

/** Instances whose order is decided at once: sorting a million of them takes seconds. */
const plannedAtOnce = 20_000;

/** Finding a new cut among a million scores takes half a minute. */
const rerouteTimeoutMs = 5 * 60_000;

const checkpoint = z.object({ done: z.int(), total: z.int() });
type Checkpoint = z.infer<typeof checkpoint>;

type Subject = { id: string; contentHash: string; completions: string[] };

/**
 * Scores every instance that the active version has not scored and can read whole, most useful first. A batch is one
 * transaction with its checkpoint. Ends early when another version became active: its own run scores all.
 */
export async function scoreRun(run: RunContext): Promise<Prisma.InputJsonObject> {
  const { version } = scorePayload.parse(run.payload);
  const scorer = await loadActiveScorer(run.projectId, { keepsVectors: true });
  if (scorer?.version !== version) {
    await scorer?.close();
    return { version, instances: 0, isSuperseded: true };
  }
  try {
    const done = await scoreAll(run, scorer);
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

/** How many instances the run has scored, in its earlier executions too. */
async function scoreAll(run: RunContext, scorer: ActiveScorer): Promise<number> {
  let at = run.checkpoint === null ? await begin(run, scorer.version) : checkpoint.parse(run.checkpoint);
  for (;;) {
    const before = at.done;
    const planned = await nextToScore(run.projectId, scorer.version, plannedAtOnce);
    for (let start = 0; start < planned.length; start += batchSize) {
      const next = await scoreBatch(run, scorer, { at, ids: planned.slice(start, start + batchSize) });
      if (next === null) return at.done;
      at = next;
    }
    // What came or changed meanwhile is in the next plan.
    if (at.done === before) return at.done;
  }
}

async function begin({ projectId }: RunContext, version: number): Promise<Checkpoint> {
  const [{ total }] = await prisma.$queryRaw<[{ total: number }]>`
    select count(*)::int as total from instances i where ${isUnscored(projectId, version)}`;
  return { done: 0, total };
}

/** How far the run is after these instances; null when another version has become active. */
async function scoreBatch(
  run: RunContext,
  scorer: ActiveScorer,
  { at, ids }: { at: Checkpoint; ids: string[] },
): Promise<Checkpoint | null> {
  const subjects = await readSubjects(run.projectId, ids);
  const texts = subjects.flatMap(({ completions }) => completions.map((completion) => ({ prompt: "", completion })));
  const scores = await scorer.score(texts);
  let place = 0;
  const rows = subjects.flatMap(({ id, contentHash, completions }) =>
    completions.map((_, index) => ({ id, hash: contentHash, index, ...scores[place++]! })),
  );
  const done = at.done + subjects.length;
  const next: Checkpoint = { done, total: Math.max(at.total, done) };
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

/** Those that are still there and readable, in any order. */
async function readSubjects(projectId: string, ids: string[]): Promise<Subject[]> {
  return await prisma.$queryRaw<Subject[]>`
    select i.id, i.content_hash as "contentHash", array_agg(c.text order by c.index) as completions
    from instances i join completions c on c.project_id = i.project_id and c.instance_id = i.id
    where i.project_id = ${projectId}::uuid and i.id = any(${ids}::uuid[]) and ${isReadable}
    group by i.id, i.content_hash`;
}

async function isActive(projectId: string, version: number): Promise<boolean> {
  return (await prisma.rewardModel.count({ where: { projectId, version, isActive: true } })) > 0;
}
