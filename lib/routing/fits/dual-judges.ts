import { prisma } from "@/lib/db/client";
import type { JudgeLabels } from "../backtest/input";
import type { Placed } from "./load-dual";

/** What an AI annotator said of units, by their place. */
export type JudgeAnswers = {
  judge: string;
  name: string;
  units: Int32Array;
  labels: Float64Array;
  /** How sure it was; NaN where it did not say. */
  confidence: Float64Array;
  /** NaN where it is not known. */
  costMicros: Float64Array;
};

/** Of the units, that both judges of a cascade must have labelled. */
const leastShared = 0.8;

/** The AI annotators of units, those with the most labels first. */
export async function judgesOf(projectId: string, units: readonly Placed[]): Promise<JudgeAnswers[]> {
  const names = await namesOf(projectId);
  const said = new Map<string, { place: number; label: number; confidence: number; costMicros: number }[]>();
  units.forEach(({ ai }, place) => {
    for (const { annotator, label, confidence, costMicros } of ai) {
      const own = said.get(annotator) ?? [];
      said.set(annotator, own);
      own.push({ place, label, confidence: confidence ?? NaN, costMicros: costMicros ?? NaN });
    }
  });
  return [...said]
    .sort(([a, own], [b, others]) => others.length - own.length || (a < b ? -1 : 1))
    .map(([judge, own]) => ({
      ...{ judge, name: names.get(judge) ?? judge.replace(/^import:/, "") },
      units: Int32Array.from(own, ({ place }) => place),
      labels: Float64Array.from(own, ({ label }) => label),
      confidence: Float64Array.from(own, ({ confidence }) => confidence),
      costMicros: Float64Array.from(own, ({ costMicros }) => costMicros),
    }));
}

/**
 * The two annotators that labelled most, where both labelled most of the units and say how sure they are: the cheaper one
 * comes first or, without prices, the one that is less sure. Where one of them is missing, the label of all AI stands in
 * and nothing is sure.
 */
export function cascadeOf(
  judges: readonly JudgeAnswers[],
  lm: Pick<JudgeLabels, "label">,
): readonly [JudgeLabels, JudgeLabels] | null {
  const units = lm.label.length;
  const able = judges.filter(
    ({ confidence }) => confidence.filter((one) => !Number.isNaN(one)).length >= leastShared * units,
  );
  const [one, other] = able;
  if (!one || !other) return null;
  const [a, b] = [rankOf(one), rankOf(other)];
  const isInOrder = a.cost !== b.cost && !Number.isNaN(a.cost + b.cost) ? a.cost < b.cost : a.sureness <= b.sureness;
  const [first, second] = isInOrder ? [one, other] : [other, one];
  return [spread(first, lm.label), spread(second, lm.label)];
}

function rankOf({ costMicros, confidence }: JudgeAnswers): { cost: number; sureness: number } {
  return { cost: meanKnown(costMicros), sureness: meanKnown(confidence) };
}

/** Over all units. What is not known of a cost is as much as the mean. */
function spread({ units, labels, confidence, costMicros }: JudgeAnswers, standIn: Float64Array): JudgeLabels {
  const usual = meanKnown(costMicros);
  const all: JudgeLabels = {
    label: standIn.slice(),
    confidence: new Float64Array(standIn.length).fill(NaN),
    costMicros: new Float64Array(standIn.length).fill(Number.isNaN(usual) ? 0 : usual),
  };
  units.forEach((unit, at) => {
    all.label[unit] = labels[at]!;
    all.confidence[unit] = confidence[at]!;
    if (!Number.isNaN(costMicros[at]!)) all.costMicros![unit] = costMicros[at]!;
  });
  return all;
}

function meanKnown(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** By how labels sign versions of judges. */
async function namesOf(projectId: string): Promise<Map<string, string>> {
  const judges = await prisma.$queryRaw<{ judge: string; name: string; version: number; current: number }[]>`
    select 'judge:' || v.judge_id || '@' || v.version as judge, j.name, v.version, j.version as current
    from judge_versions v join judges j on j.project_id = v.project_id and j.id = v.judge_id
    where v.project_id = ${projectId}::uuid`;
  return new Map(
    judges.map(({ judge, name, version, current }) => [
      judge,
      version === current ? name : `${name} (version ${version})`,
    ]),
  );
}
