import pg from "pg";
import type { Acknowledged } from "./annotator";

export type Findings = {
  /** Instances with more labels of people than the overlap. */
  over_assigned: number;
  /** Pairs of instance and person with a second assignment, or a second label on one aspect. */
  twice_to_one_person: number;
  /** Instances with fewer labels than the overlap. */
  starved: number;
  /** Confirmed submissions of which a label is missing. */
  lost: number;
  /** Confirmed submissions with more labels than aspects. */
  duplicated: number;
  /** Confirmed submissions whose stored answers are not those that were sent, or not the sender's. */
  altered: number;
  /** Labels of submissions that no client knows to be stored. */
  unacknowledged_labels: number;
  /** Slots still open, and leases never ended. */
  open_slots: number;
  leases_left: number;
  /** Instances and aspects whose consensus is not made of exactly their current labels. */
  stale_consensus: number;
};

type LabelRow = {
  submission_id: string;
  instance_id: string;
  annotator: string;
  aspect: string;
  payload: { pair: number[]; preferred: 0 | 1 | "tie"; strength: number; scale: number };
  shown_order: number[];
};

/** Compares a project's rows with what its annotators remember. By SQL and arithmetic alone, without the product's code. */
export async function check(
  databaseUrl: string,
  {
    slug,
    overlap,
    aspects,
    acknowledged,
  }: { slug: string; overlap: number; aspects: number; acknowledged: Acknowledged[] },
): Promise<Findings> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const count = async (sql: string, ...values: unknown[]) =>
    Number(
      (await client.query<{ count: string }>(`select count(*) as count from (${sql}) as found`, [slug, ...values]))
        .rows[0]!.count,
    );
  const of = "project_id = (select id from projects where slug = $1)";
  const labelled = `select i.id, count(distinct l.annotator) as people from instances i
    left join labels l on l.project_id = i.project_id and l.instance_id = i.id and l.source = 'human' and l.is_current
    where i.${of} group by i.id`;
  try {
    const { rows: labels } = await client.query<LabelRow>(
      `select submission_id, instance_id, annotator, aspect, payload, shown_order from labels where ${of}`,
      [slug],
    );
    const { rows: assignments } = await client.query<{ id: string; instance_id: string }>(
      `select id, instance_id from assignments where ${of}`,
      [slug],
    );
    return {
      over_assigned: await count(`select from (${labelled}) as l where people > $2`, overlap),
      twice_to_one_person:
        (await count(`select from assignments where ${of} group by instance_id, annotator_id having count(*) > 1`)) +
        (await count(`select from labels where ${of} group by instance_id, annotator, aspect having count(*) > 1`)),
      starved: await count(`select from (${labelled}) as l where people < $2`, overlap),
      ...compare({ labels, assignments, acknowledged, aspects }),
      open_slots: await count(`select from instances where ${of} and open_slots > 0`),
      leases_left: await count(`select from assignments where ${of} and state = 'leased'`),
      stale_consensus: await count(
        `select from (select instance_id, aspect, array_agg(id order by id) as ids from labels where ${of} and is_current and type = 'comparison' group by 1, 2) as l
         full join (select instance_id, aspect, label_ids as ids from consensus where ${of} and type = 'comparison') as c using (instance_id, aspect)
         where l.ids is distinct from c.ids`,
      ),
    };
  } finally {
    await client.end();
  }
}

type Comparison = {
  labels: LabelRow[];
  assignments: { id: string; instance_id: string }[];
  acknowledged: Acknowledged[];
  aspects: number;
};

function compare({ labels, assignments, acknowledged, aspects }: Comparison) {
  const instanceOf = new Map(assignments.map(({ id, instance_id }) => [id, instance_id]));
  const bySubmission = new Map<string, LabelRow[]>();
  for (const label of labels)
    bySubmission.set(label.submission_id, [...(bySubmission.get(label.submission_id) ?? []), label]);
  const findings = { lost: 0, duplicated: 0, altered: 0, unacknowledged_labels: 0 };
  for (const { submissionId, assignmentId, userId, answers } of acknowledged) {
    const own = bySubmission.get(submissionId) ?? [];
    if (own.length < aspects) findings.lost++;
    if (own.length > aspects) findings.duplicated++;
    const isSame = (label: LabelRow) =>
      label.instance_id === instanceOf.get(assignmentId) &&
      label.annotator === `user:${userId}` &&
      pointOf(label) === answers[label.aspect];
    if (!own.every(isSame)) findings.altered++;
  }
  const known = new Set(acknowledged.map(({ submissionId }) => submissionId));
  findings.unacknowledged_labels = labels.filter((label) => !known.has(label.submission_id)).length;
  return findings;
}

/** The point of an odd scale that was pressed, from what is stored: 1 is most for the completion shown first. */
function pointOf({ payload: { pair, preferred, strength, scale }, shown_order }: LabelRow): number {
  const middle = (scale + 1) / 2;
  if (preferred === "tie") return middle;
  return pair[preferred] === shown_order[0] ? middle - strength : middle + strength;
}
