import pg from "pg";
import { compare, unstored } from "./figures";
import type { ProviderMessage } from "./provider";
import { betterOf, requestKey } from "./questions";

export type Findings = {
  labels: number;
  verdicts: number;
  /** Labels and verdicts that are not there though a judge was asked to give them. */
  lost: number;
  /** Labels and verdicts beyond one each. */
  doubled: number;
  /** Labels that do not say what the provider said in both orders. */
  wrong: number;
  /** Answers that the provider gave, by its own log, and nobody stored: paid for once more after a kill. */
  paid_in_vain: number;
  /** Verdicts that no answer of the provider stands behind. */
  invented: number;
  spend_micros: {
    verdicts: number;
    /** All that is booked; `booked_in_vain` of it for answers that were there already. */
    ledger: number;
    booked_in_vain: number;
    /** What the provider would bill, by its own log. */
    provider: number;
    days: number;
    caps_hold: number;
  };
};

type Row = { slug: string; n: string };

/**
 * Compares what is stored of some projects with what was to be judged and with the provider's log: by SQL and
 * arithmetic alone, without the product's code. `days` are the ledger's sums by day, `caps_hold` what is still set aside.
 */
export async function checkJudging(
  databaseUrl: string,
  { slugs, instances, log }: { slugs: string[]; instances: number; log: Extract<ProviderMessage, { kind: "log" }> },
): Promise<Findings> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql, [slugs])).rows;
  const number = async (sql: string) => Number((await rows<{ sum: string }>(sql))[0]!.sum);
  const of = "project_id in (select id from projects where slug = any($1))";
  const named = (table: string) =>
    `${table} t join projects p on p.id = t.project_id and p.slug = any($1)
     join instances i on i.project_id = t.project_id and i.id = t.instance_id`;
  try {
    const labels = await rows<Row & { preferred: string }>(
      `select p.slug, i.outside_id as n, t.payload ->> 'preferred' as preferred from ${named("labels")}`,
    );
    const verdicts = await rows<Row & { shown: string }>(
      `select p.slug, i.outside_id as n, t.shown_order as shown from ${named("verdicts")}`,
    );
    const places = slugs.flatMap((slug) => Array.from({ length: instances }, (_, n) => ({ slug, n })));
    const stored = verdicts.map(({ slug, n, shown }) => requestKey(slug, Number(n), shown));
    const asked = places.flatMap(({ slug, n }) => ["0-1", "1-0"].map((order) => requestKey(slug, n, order)));
    const found = {
      labels: compare(
        places.map(({ slug, n }) => `${slug} ${n}`),
        labels.map(({ slug, n }) => `${slug} ${n}`),
      ),
      verdicts: compare(asked, stored),
    };
    const paid = unstored(log.requests, stored);
    return {
      ...{ labels: labels.length, verdicts: verdicts.length },
      lost: found.labels.lost + found.verdicts.lost,
      doubled: found.labels.doubled + found.verdicts.doubled,
      wrong: labels.filter(({ n, preferred }) => preferred !== String(betterOf(Number(n)))).length,
      ...{ paid_in_vain: paid.unstored, invented: paid.invented },
      spend_micros: {
        verdicts: await number(`select coalesce(sum(cost_micros), 0) as sum from verdicts where ${of}`),
        ledger: await number(`select coalesce(sum(cost_micros), 0) as sum from ledger where ${of}`),
        booked_in_vain: await number(
          `select coalesce(sum(cost_micros), 0) as sum from ledger where ${of} and answers = 0`,
        ),
        provider: log.costMicros,
        days: await number(`select coalesce(sum(cost_micros), 0) as sum from ledger_days where ${of}`),
        caps_hold: await number(`select coalesce(sum(micros), 0) as sum from spending_holds where ${of}`),
      },
    };
  } finally {
    await client.end();
  }
}
