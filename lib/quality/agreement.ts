import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { comparisonCounts, type ComparisonCounts } from "@/lib/labels/schema";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf } from "@/lib/projects/schema";
import { crossAgreement, observedAgreement, type Agreement } from "@/lib/stats/agreement";
import type { VoteCounts } from "@/lib/stats/majority";
import { seededRandom } from "@/lib/stats/random";
import { ratioInterval } from "@/lib/stats/ratio-interval";
import type { AspectAgreement, QualityResponse } from "./schema";

/** Any number will do, as long as it stays: the same labels then always have the same interval. */
const seed = 1;
/** With more comparisons the bootstrap takes seconds, and gives what the normal interval does. */
const maxBootstrapUnits = 10_000;
const answers = ["0", "1", "tie"] as const;

/** Comparisons with the same numbers of labels for each answer. */
type UnitGroup = { aspect: string; counts: ComparisonCounts; units: number };

/** How a comparison's votes make pairs, and how many of these agree. */
type Measure = {
  labels: (counts: ComparisonCounts) => number;
  pairs: (counts: ComparisonCounts) => number;
  agreeing: (counts: ComparisonCounts) => number;
  /** Agreement with the interval of a bootstrap. */
  bootstrap: (units: ComparisonCounts[]) => Agreement | null;
};

/** Two people on one comparison. */
const betweenPeople: Measure = {
  labels: ({ human }) => total(human),
  pairs: ({ human }) => pairsOf(total(human)),
  agreeing: ({ human }) => answers.reduce((sum, answer) => sum + pairsOf(human[answer]), 0),
  bootstrap: (units) =>
    observedAgreement({ units: units.map(({ human }) => votesOf(human)), random: seededRandom(seed) }),
};

/** A person and a judge on one comparison. */
const withJudges: Measure = {
  labels: ({ human, lm }) => total(human) + total(lm),
  pairs: ({ human, lm }) => total(human) * total(lm),
  agreeing: ({ human, lm }) => answers.reduce((sum, answer) => sum + human[answer] * lm[answer], 0),
  bootstrap: (units) =>
    crossAgreement({
      units: units.map(({ human, lm }) => [votesOf(human), votesOf(lm)] as const),
      random: seededRandom(seed),
    }),
};

/**
 * Percent agreement between people, and of people with judges, on the project's comparison, for each aspect on which
 * there is any to measure. Demo labels, rewards of models and other sources do not count.
 */
export async function measureAgreement({ projectId }: Access<"quality:read">): Promise<QualityResponse> {
  const question = comparisonOf((await currentSchema(prisma, projectId)).taskSchema)?.id;
  if (question === undefined) return { agreement: [], withJudges: [] };
  // The consensus keeps the counts of the current votes; a million comparisons leave as a few dozen rows.
  const rows = await prisma.$queryRaw<{ aspect: string; counts: unknown; units: number }[]>`
    select aspect, counts, count(*)::int as units from consensus
    where project_id = ${projectId}::uuid and question = ${question} and type = 'comparison' group by 1, 2 order by 1, 2`;
  const groups = rows.map(({ counts, ...row }) => ({ ...row, counts: comparisonCounts.parse(counts) }));
  return { agreement: measureEach(groups, betweenPeople), withJudges: measureEach(groups, withJudges) };
}

function measureEach(groups: UnitGroup[], measure: Measure): AspectAgreement[] {
  const measurable = groups.filter(({ counts }) => measure.pairs(counts) > 0);
  const aspects = [...new Set(measurable.map(({ aspect }) => aspect))];
  return aspects.map((aspect) =>
    agreementOn(
      aspect,
      measurable.filter((group) => group.aspect === aspect),
      measure,
    ),
  );
}

function agreementOn(aspect: string, groups: UnitGroup[], measure: Measure): AspectAgreement {
  const alike = groups.map(({ counts, units }) => ({
    ...{ counts, count: units, labels: measure.labels(counts) },
    ...{ numerator: measure.agreeing(counts), denominator: measure.pairs(counts) },
  }));
  const sumOf = (value: (group: (typeof alike)[number]) => number) =>
    alike.reduce((sum, group) => sum + group.count * value(group), 0);
  const units = sumOf(() => 1);
  const pairs = sumOf(({ denominator }) => denominator);
  const interval =
    units > maxBootstrapUnits
      ? ratioInterval(alike)
      : measure.bootstrap(alike.flatMap(({ counts, count }) => Array<ComparisonCounts>(count).fill(counts)))!.interval;
  return {
    ...{ aspect, units, pairs, interval: [...interval] },
    agreement: sumOf(({ numerator }) => numerator) / pairs,
    labels: sumOf(({ labels }) => labels),
  };
}

function votesOf(counts: VoteCounts): number[] {
  return answers.map((answer) => counts[answer]);
}

function total(counts: VoteCounts): number {
  return counts["0"] + counts["1"] + counts.tie;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
