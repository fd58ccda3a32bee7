import { prisma } from "@/lib/db/client";
import { figuresByPrompt, ratio } from "./by-group";
import { compareLatest, judgeDrift, latestOf } from "./drift";
import type { LoadedAnswers, Said } from "./load";
import { reportQuestion } from "./report-question";
import type { AnnotatorReport, DriftMeasure, QuestionReport } from "./schema";
import { isHit } from "./slices";
import type { Observation, Unit } from "./unit";

const judgeName = /^judge:(.+)@(\d+)$/;

type JudgeVersion = { projectId: string; judgeId: string; version: number };

/** The report on one annotator among all that were loaded. */
export async function reportAnnotator(
  projectId: string,
  annotator: string,
  { answers, own }: { answers: LoadedAnswers; own: string },
): Promise<AnnotatorReport> {
  const said = [...answers.get(annotator)!.values()];
  const questions: QuestionReport[] = [];
  for (const each of said.toSorted(byTypeAndName)) {
    questions.push(await reportQuestion(each, own));
  }
  const labels = new Set(said.flatMap(({ observations }) => observations.map(({ at }) => at))).size;
  const [, judgeId, version] = judgeName.exec(annotator) ?? [];
  if (judgeId === undefined) return { labels, questions, work: null, drift: [], versions: [] };
  const judge = { projectId, judgeId, version: Number(version) };
  const work = await readWork(judge);
  return {
    ...{ labels, questions },
    work: work && {
      ...{ verdicts: work.verdicts, invalid: work.invalid, repaired: work.repaired },
      costMicrosPerLabel: labels === 0 ? null : work.costMicros / labels,
      secondsPerLabel: labels === 0 ? null : work.latencyMs / 1000 / labels,
    },
    drift: [...driftOf(said), ...(await invalidDrift(judge, work?.verdicts ?? 0))],
    versions: compareVersions(answers, { annotator, judgeId }),
  };
}

const types = ["comparison", "ranking", "rating", "binary", "spans", "steps"];

function byTypeAndName({ key: a }: Said, { key: b }: Said): number {
  const name = ({ question, aspect, part }: Said["key"]) => `${question} ${aspect} ${part}`;
  return types.indexOf(a.type) - types.indexOf(b.type) || (name(a) < name(b) ? -1 : 1);
}

type Work = { verdicts: number; invalid: number; repaired: number; costMicros: number; latencyMs: number };

async function readWork({ projectId, judgeId, version }: JudgeVersion): Promise<Work | null> {
  const [row] = await prisma.$queryRaw<[Work]>`
    select count(*)::int as verdicts, count(*) filter (where outcome ->> 'kind' = 'invalid')::int as invalid,
      count(*) filter (where repairs > 0)::int as repaired, coalesce(sum(cost_micros), 0)::float8 as "costMicros",
      coalesce(sum(latency_ms), 0)::float8 as "latencyMs"
    from verdicts where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int`;
  return row.verdicts === 0 ? null : row;
}

/** Of accuracy over all categorical questions, and of the consistency of comparisons. */
function driftOf(said: readonly Said[]): DriftMeasure[] {
  const inTime = (observations: Observation[]) => observations.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const known = said.flatMap(({ observations }) =>
    observations.filter(({ unit, value }) => unit.reference !== null && typeof value === "string"),
  );
  const compared = said.flatMap(({ key, observations }) => (key.type === "comparison" ? observations : []));
  const isConsistent = ({ outcome }: Observation) => outcome !== "inconsistent";
  return [
    ...compareLatest("accuracy", inTime(known).map(isHit)),
    ...compareLatest("consistency", inTime(compared.filter(({ outcome }) => outcome !== null)).map(isConsistent)),
  ];
}

async function invalidDrift({ projectId, judgeId, version }: JudgeVersion, verdicts: number): Promise<DriftMeasure[]> {
  const size = latestOf(verdicts);
  if (size === 0) return [];
  const [row] = await prisma.$queryRaw<[{ latest: number; all: number }]>`
    select count(*) filter (where place <= ${size})::int as latest, count(*)::int as all
    from (select outcome, row_number() over (order by id desc) as place from verdicts
      where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int) as v
    where outcome ->> 'kind' = 'invalid'`;
  const latest = { hits: row.latest, of: size };
  return [judgeDrift("invalid", latest, { hits: row.all - row.latest, of: verdicts - size })];
}

/** Paired on the units that both versions answered, with intervals by prompt. */
function compareVersions(
  answers: LoadedAnswers,
  { annotator, judgeId }: { annotator: string; judgeId: string },
): AnnotatorReport["versions"] {
  const own = hitsOf(answers, annotator);
  return [...answers.keys()].flatMap((other) => {
    const [, otherJudge, version] = judgeName.exec(other) ?? [];
    if (otherJudge !== judgeId || other === annotator) return [];
    const theirs = hitsOf(answers, other);
    const shared = [...own.values()].filter(({ unit }) => theirs.has(unit));
    if (shared.length === 0) return [];
    const found = figuresByPrompt({
      observations: shared,
      width: 3,
      addends: (observation) => {
        const otherHit = Number(isHit(theirs.get(observation.unit)!));
        return [
          [0, Number(isHit(observation)) - otherHit],
          [1, 1],
          [2, otherHit],
        ];
      },
      figures: { difference: ratio(0, 1), accuracy: ratio(2, 1) },
    });
    const { difference, accuracy } = found;
    return [{ version: Number(version), units: shared.length, accuracy: accuracy!.value, difference: difference! }];
  });
}

function hitsOf(answers: LoadedAnswers, annotator: string): Map<Unit, Observation> {
  const said = [...answers.get(annotator)!.values()].flatMap(({ observations }) => observations);
  return new Map(
    said.flatMap((each) =>
      each.unit.reference !== null && typeof each.value === "string" ? [[each.unit, each] as const] : [],
    ),
  );
}
