import pg from "pg";
import type { RewardModelView } from "@/lib/reward/schema";
import { delaysOf, readDelays } from "./delays";
import type { ScoreCall } from "./score-load";

/** What the version says of itself, measured on the held-out part. */
export function figuresOf({ version, metrics }: RewardModelView) {
  const { withSides, baselines, shuffledLabels, test } = metrics;
  return {
    rm_version: version,
    rm_accuracy_heldout: withSides.accuracy?.mean ?? null,
    rm_accuracy_ci: withSides.accuracy?.interval ?? null,
    majority_baseline: baselines.majority?.mean ?? null,
    longer_baseline: baselines.longerWins?.mean ?? null,
    side_features_only: baselines.sideFeaturesOnly?.mean ?? null,
    shuffled_label_accuracy: shuffledLabels?.mean ?? null,
    shuffled_label_ci: shuffledLabels?.interval ?? null,
    test_pairs: test.pairs,
    test_prompts: test.prompts,
    member_correlation: metrics.memberCorrelation,
  };
}

/** Share of the test part's decided consensus with which the stored scores agree; equal scores count half. */
export async function accuracyBySql(databaseUrl: string): Promise<{ accuracy: number | null; pairs: number }> {
  const [row] = await query<{ accuracy: string | null; pairs: string }>(
    databaseUrl,
    `select avg(case when m > 0 then 1 when m < 0 then 0 else 0.5 end) as accuracy, count(*) as pairs from (
       select (case when c.answer = '0' then 1 else -1 end) * (a.reward_with_sides - b.reward_with_sides) as m
       from (select project_id, instance_id, payload ->> 'preferred' as answer from consensus where type = 'comparison') as c
       join instances i on i.project_id = c.project_id and i.id = c.instance_id and i.split = 'test'
       join reward_scores a on a.project_id = i.project_id and a.instance_id = i.id and a.index = 0
       join reward_scores b on b.project_id = i.project_id and b.instance_id = i.id and b.index = 1
       where c.answer in ('0', '1')) as margins`,
  );
  return { accuracy: row!.accuracy === null ? null : Number(row!.accuracy), pairs: Number(row!.pairs) };
}

export async function activeVersion(databaseUrl: string): Promise<number | null> {
  const rows = await query<{ version: number }>(databaseUrl, "select version from reward_models where is_active");
  return rows[0]?.version ?? null;
}

/** How many runs of each kind came to each end, and why those failed that did. */
export async function runFigures(
  databaseUrl: string,
): Promise<{ runs: Record<string, number>; failed_runs: { kind: string; error: string }[] }> {
  const rows = await query<{ name: string; count: string }>(
    databaseUrl,
    "select kind || ' ' || state as name, count(*) from runs group by 1 order by 1",
  );
  return {
    runs: Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)])),
    failed_runs: await query(databaseUrl, "select kind, error from runs where state = 'failed' order by id"),
  };
}

/**
 * How long the event loops of web and worker were held up: while they start, while a run trained or scored (for the web
 * processes also while their score endpoint was asked), and else.
 */
export async function delayFigures(folder: string, databaseUrl: string, calls: readonly ScoreCall[]) {
  const rows = await query<{ from: Date; to: Date }>(
    databaseUrl,
    "select started_at as from, finished_at as to from runs where kind in ('train', 'score') and finished_at is not null",
  );
  const runs = rows.map(({ from, to }): [number, number] => [from.getTime(), to.getTime()]);
  const endpoint = calls.map(({ from, to }): [number, number] => [from, to]);
  const seconds = await readDelays(folder);
  return {
    event_loop_ms: {
      web: delaysOf(seconds, { process: "web", spans: [...runs, ...endpoint] }),
      worker: delaysOf(seconds, { process: "worker", spans: runs }),
    },
  };
}

async function query<T extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
