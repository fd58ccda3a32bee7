import type { Db } from "@/lib/db/client";
import { comparedAspect } from "@/lib/reward/compared-aspect";
import { meanOverPairs } from "./pairs";
import type { judgeFeatures } from "./schema";

type JudgeNumbers = Partial<Record<(typeof judgeFeatures)[number], number>>;

/** An answer of a judge to a question about a pair, in one order. */
type JudgeAnswer = { shownOrder: string; sample: number; value: string };

/** What one judge has said of an instance: how sure its label is, and its readable answers by what they are about. */
type JudgeSaid = { confidence: number | null; answers: readonly JudgeAnswer[] };

type Row = { id: string; confidence: number | null; answers: JudgeAnswer[] };

/**
 * How unsure LM judges were of their current labels of instances, on what the project's reward is learned from. Judges are
 * those that were asked here: of labels that were imported nothing of this is known.
 */
export async function readJudgeNumbers(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, JudgeNumbers>> {
  const compared = await comparedAspect(db, projectId);
  if (compared === null) return new Map();
  const { question, aspect } = compared;
  const rows = await db.$queryRaw<Row[]>`
    select l.instance_id::text as id, (l.meta ->> 'confidence')::float8 as confidence,
      coalesce((select json_agg(json_build_object('shownOrder', v.shown_order, 'sample', v.sample,
          'value', coalesce(v.outcome ->> 'preferred', v.outcome ->> 'kind')))
        from verdicts v where v.project_id = l.project_id and v.instance_id = l.instance_id and v.question = l.question
          and v.aspect = l.aspect and v.target = l.target and v.outcome ->> 'kind' in ('preferred', 'tie')
          and l.annotator = 'judge:' || v.judge_id || '@' || v.judge_version), '[]') as answers
    from labels l
    where l.project_id = ${projectId}::uuid and l.instance_id = any(${ids}::uuid[]) and l.source = 'lm' and l.is_current
      and l.annotator like 'judge:%' and l.question = ${question} and l.aspect = ${aspect}`;
  const said = new Map<string, JudgeSaid[]>();
  for (const { id, ...one } of rows) said.set(id, [...(said.get(id) ?? []), one]);
  return new Map([...said].map(([id, each]) => [id, judgeNumbersOf(each)]));
}

/**
 * Means over what judges said, of what is known: 1 less the confidence; the share of samples whose answers in the two
 * orders differ; the share of pairs of samples whose answers in one order differ.
 */
function judgeNumbersOf(said: readonly JudgeSaid[]): JudgeNumbers {
  return {
    ...known(
      "judge_uncertainty",
      said.map(({ confidence }) => (confidence === null ? null : 1 - confidence)),
    ),
    ...known(
      "judge_flip",
      said.map(({ answers }) => flipsOf(answers)),
    ),
    ...known(
      "judge_sample_disagreement",
      said.map(({ answers }) => sampleDisagreementOf(answers)),
    ),
  };
}

function known(feature: keyof JudgeNumbers, values: readonly (number | null)[]): JudgeNumbers {
  const value = meanOf(values.filter((one) => one !== null));
  return value === null ? {} : { [feature]: value };
}

function flipsOf(answers: readonly JudgeAnswer[]): number | null {
  const flips = answers.flatMap((one, place) =>
    answers
      .slice(place + 1)
      .filter(({ sample, shownOrder }) => sample === one.sample && shownOrder !== one.shownOrder)
      .map(({ value }) => Number(value !== one.value)),
  );
  return meanOf(flips);
}

function sampleDisagreementOf(answers: readonly JudgeAnswer[]): number | null {
  const orders = [...new Set(answers.map(({ shownOrder }) => shownOrder))];
  const values = orders.map((order) => answers.filter(({ shownOrder }) => shownOrder === order));
  const differ = values.map((of) => meanOverPairs(of.length, (a, b) => Number(of[a]!.value !== of[b]!.value)));
  return meanOf(differ.filter((one) => one !== null));
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
