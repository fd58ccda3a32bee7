import pg from "pg";
import type { Given } from "./people";
import type { Answer, LoopRecord } from "./records";

export type LoopFindings = {
  instances: number;
  human_labels: number;
  lm_labels: number;
  routes: { human: number; lm: number; dual: number };
  /** Labels that file and routes ask for and the database lacks, or has with another answer. */
  lost: number;
  /** Labels and verdicts beyond those. */
  doubled: number;
  /** Verdicts whose answer is not the file's for that order. */
  verdicts: number;
  wrong_verdicts: number;
  /** Instances whose consensus is not made of exactly their current labels. */
  stale_consensus: number;
  /** Routes without policy version, propensity in (0, 1] or reason. */
  incomplete_routes: number;
};

type InstanceRow = { id: string; outside_id: string; route: "human" | "lm" | "dual" };
type LabelRow = { instance_id: string; source: string; annotator: string; payload: { preferred: Answer } };
type VerdictRow = { instance_id: string; shown_order: string; outcome: { kind: string; preferred?: Answer } };

/**
 * Compares what is stored with the file: every label of people as it was given, one label of the judge and one verdict
 * an order wherever AI was asked, and nothing else. By SQL and arithmetic alone, without the product's code.
 */
export async function checkLoop(
  databaseUrl: string,
  { slug, records, given, overlap }: { slug: string; records: readonly LoopRecord[]; given: Given; overlap: number },
): Promise<LoopFindings> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql, [slug])).rows;
  const of = "project_id = (select id from projects where slug = $1)";
  try {
    const instances = await rows<InstanceRow>(`select id, outside_id, route from instances where ${of}`);
    const labels = await rows<LabelRow>(
      `select instance_id, source, annotator, payload from labels where ${of} and is_current and source <> 'rm'`,
    );
    const verdicts = await rows<VerdictRow>(`select instance_id, shown_order, outcome from verdicts where ${of}`);
    const [stale] = await rows<{ count: string }>(
      `select count(*) from (select instance_id, aspect, array_agg(id order by id) as ids from labels
         where ${of} and is_current and type = 'comparison' and source in ('human', 'lm') group by 1, 2) as l
       full join (select instance_id, aspect, label_ids as ids from consensus where ${of} and type = 'comparison') as c using (instance_id, aspect)
       where (select array_agg(id order by id) from unnest(c.ids) as id) is distinct from l.ids`,
    );
    const [incomplete] = await rows<{ count: string }>(
      `select count(*) from routes where ${of}
         and (policy_version is null or propensity is null or propensity <= 0 or propensity > 1 or reason = '')`,
    );
    const compared = compare({ instances, labels, verdicts, records, given, overlap });
    const count = (route: string) => instances.filter((one) => one.route === route).length;
    return {
      instances: instances.length,
      human_labels: labels.filter(({ source }) => source === "human").length,
      lm_labels: labels.filter(({ source }) => source === "lm").length,
      routes: { human: count("human"), lm: count("lm"), dual: count("dual") },
      ...compared,
      verdicts: verdicts.length,
      stale_consensus: Number(stale!.count),
      incomplete_routes: Number(incomplete!.count),
    };
  } finally {
    await client.end();
  }
}

type Compared = Pick<LoopFindings, "lost" | "doubled" | "wrong_verdicts">;

function compare(found: {
  instances: InstanceRow[];
  labels: LabelRow[];
  verdicts: VerdictRow[];
  records: readonly LoopRecord[];
  given: Given;
  overlap: number;
}): Compared {
  const counts: Compared = { lost: 0, doubled: 0, wrong_verdicts: 0 };
  const labelsOf = byInstance(found.labels);
  const verdictsOf = byInstance(found.verdicts);
  const instanceOf = new Map(found.instances.map((instance) => [instance.outside_id, instance]));
  for (const record of found.records) {
    const instance = instanceOf.get(record.id);
    if (!instance) {
      counts.lost++;
      continue;
    }
    const labels = labelsOf.get(instance.id) ?? [];
    const byPeople = labels.filter(({ source }) => source === "human").map(({ payload }) => payload.preferred);
    const byAi = labels.filter(({ source }) => source === "lm").map(({ payload }) => payload.preferred);
    const wantsPeople = instance.route !== "lm";
    const wantsAi = instance.route !== "human";
    difference(counts, wantsPeople ? record.human.slice(0, found.overlap) : [], byPeople);
    difference(counts, found.given.get(record.id) ?? [], byPeople);
    difference(counts, wantsAi ? [record.lm] : [], byAi);
    const verdicts = verdictsOf.get(instance.id) ?? [];
    difference(
      counts,
      wantsAi ? ["0-1", "1-0"] : [],
      verdicts.map(({ shown_order }) => shown_order),
    );
    counts.wrong_verdicts += verdicts.filter(({ outcome }) => said(outcome) !== record.lm).length;
  }
  counts.doubled += found.instances.length - new Set(found.instances.map(({ outside_id }) => outside_id)).size;
  return counts;
}

function byInstance<T extends { instance_id: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.instance_id, [...(groups.get(row.instance_id) ?? []), row]);
  return groups;
}

function said(outcome: VerdictRow["outcome"]): Answer | undefined {
  return outcome.kind === "tie" ? "tie" : outcome.preferred;
}

/** Adds what is missing of the expected values to `lost` and what there is beyond them to `doubled`. */
function difference(counts: Compared, expected: readonly unknown[], stored: readonly unknown[]): void {
  const left = [...stored];
  for (const value of expected) {
    const at = left.indexOf(value);
    if (at === -1) counts.lost++;
    else left.splice(at, 1);
  }
  counts.doubled += left.length;
}
