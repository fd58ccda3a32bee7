import { figuresByPrompt, ratio } from "./by-group";
import type { Answers, Said } from "./collect";
import { compareLatest } from "./drift";
import { reportQuestion } from "./report-question";
import type { AnnotatorReport, DriftMeasure } from "./schema";
import { isHit } from "./slices";
import type { Observation, Unit } from "./unit";

/** Judges have versions, which it tells apart; imported annotators do not match. */
export const judgeName = /^judge:(.+)@(\d+)$/;

/** What the answers themselves say of an annotator. */
export type Measured = Pick<AnnotatorReport, "labels" | "questions" | "drift" | "versions">;

/** Measures one annotator among all whose answers were collected. `own` names its model. */
export function measureAnnotator(answers: Answers, { annotator, own }: { annotator: string; own: string }): Measured {
  const said = [...answers.get(annotator)!.values()];
  const questions = said.toSorted(byTypeAndName).map((each) => reportQuestion(each, own));
  const labels = new Set(said.flatMap(({ observations }) => observations.map(({ at }) => at))).size;
  const judgeId = judgeName.exec(annotator)?.[1];
  if (judgeId === undefined) return { labels, questions, drift: [], versions: [] };
  return { labels, questions, drift: driftOf(said), versions: compareVersions(answers, { annotator, judgeId }) };
}

const types = ["comparison", "ranking", "rating", "binary", "spans", "steps"];

function byTypeAndName({ key: a }: Said, { key: b }: Said): number {
  const name = ({ question, aspect, part }: Said["key"]) => `${question} ${aspect} ${part}`;
  return types.indexOf(a.type) - types.indexOf(b.type) || (name(a) < name(b) ? -1 : 1);
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

/** Paired on the units that both versions answered, with intervals by prompt. */
function compareVersions(
  answers: Answers,
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

function hitsOf(answers: Answers, annotator: string): Map<Unit, Observation> {
  const said = [...answers.get(annotator)!.values()].flatMap(({ observations }) => observations);
  return new Map(
    said.flatMap((each) =>
      each.unit.reference !== null && typeof each.value === "string" ? [[each.unit, each] as const] : [],
    ),
  );
}
