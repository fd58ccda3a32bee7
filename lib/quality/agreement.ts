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

/** Comparisons with the same numbers of labels for each answer, and of labels by people who saw a suggestion. */
type UnitGroup = { aspect: string; counts: ComparisonCounts; seen: VoteCounts; units: number };

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
 * there is any to measure. Demo labels, rewards of models and other sources do not count. Whoever saw what AI suggests
 * does not agree with judges by themselves, and is left out there.
 */
export async function measureAgreement({ projectId }: Access<"quality:read">): Promise<QualityResponse> {
  const question = comparisonOf((await currentSchema(prisma, projectId)).taskSchema)?.id;
  if (question === undefined) return { agreement: [], withJudges: [], leftOut: 0 };
  // The consensus keeps the counts of the current votes; a million comparisons leave as a few dozen rows.
  // A label with a suggestion is one person's only label on its comparison, so it is one vote.
  const rows = await prisma.$queryRaw<(Omit<UnitGroup, "counts"> & { counts: unknown })[]>`
    with seen as (
      select instance_id, aspect, target, jsonb_build_object(
        '0', count(*) filter (where payload ->> 'preferred' = '0'), '1', count(*) filter (where payload ->> 'preferred' = '1'),
        'tie', count(*) filter (where payload ->> 'preferred' = 'tie')) as votes
      from labels
      where project_id = ${projectId}::uuid and question = ${question} and type = 'comparison' and suggestion is not null
        and source = 'human' and is_current and not payload ? 'cannotTell'
      group by 1, 2, 3)
    select c.aspect, c.counts, coalesce(seen.votes, '{"0": 0, "1": 0, "tie": 0}') as seen, count(*)::int as units
    from consensus c left join seen on seen.instance_id = c.instance_id and seen.aspect = c.aspect and seen.target = c.target
    where c.project_id = ${projectId}::uuid and c.question = ${question} and c.type = 'comparison' group by 1, 2, 3 order by 1, 2, 3`;
  const groups = rows.map(({ counts, ...row }) => ({ ...row, counts: comparisonCounts.parse(counts) }));
  const judged = groups.filter(({ counts }) => total(counts.lm) > 0);
  return {
    agreement: measureEach(groups, betweenPeople),
    withJudges: measureEach(groups.map(withoutSeen), withJudges),
    leftOut: judged.reduce((sum, { seen, units }) => sum + units * total(seen), 0),
  };
}

function withoutSeen({ counts, seen, ...group }: UnitGroup): UnitGroup {
  const { human } = counts;
  const unseen = { "0": human["0"] - seen["0"], "1": human["1"] - seen["1"], tie: human.tie - seen.tie };
  return { ...group, seen, counts: { ...counts, human: unseen } };
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
