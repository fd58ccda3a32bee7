import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { observedAgreement } from "@/lib/stats/agreement";
import { seededRandom } from "@/lib/stats/random";
import { ratioInterval } from "@/lib/stats/ratio-interval";
import type { AspectAgreement, QualityResponse } from "./schema";

/** Any number will do, as long as it stays: the same labels then always have the same interval. */
const seed = 1;
/** With more comparisons the bootstrap takes seconds, and gives what the normal interval does. */
const maxBootstrapUnits = 10_000;

/** Comparisons with the same numbers of labels for each answer. */
type UnitGroup = { aspect: string; counts: Record<"0" | "1" | "tie", number>; units: number };

/** Percent agreement between people, for each aspect they have compared. Demo labels and other sources do not count. */
export async function measureAgreement({ projectId }: Access<"quality:read">): Promise<QualityResponse> {
  // The consensus keeps the counts of people's current labels; a million comparisons leave as a few dozen rows.
  const groups = await prisma.$queryRaw<UnitGroup[]>`
    select aspect, counts, count(*)::int as units from consensus
    where project_id = ${projectId}::uuid and label_count > 1 group by 1, 2 order by 1, 2`;
  const aspects = [...new Set(groups.map(({ aspect }) => aspect))];
  const agreement = aspects.map((aspect) =>
    agreementOn(
      aspect,
      groups.filter((group) => group.aspect === aspect),
    ),
  );
  return { agreement };
}

function agreementOn(aspect: string, groups: UnitGroup[]): AspectAgreement {
  const alike = groups.map(({ counts, units }) => {
    const votes = [counts[0], counts[1], counts.tie];
    const labels = votes.reduce((sum, count) => sum + count, 0);
    const agreeing = votes.reduce((sum, count) => sum + pairsOf(count), 0);
    return { votes, labels, count: units, numerator: agreeing, denominator: pairsOf(labels) };
  });
  const total = (value: (group: (typeof alike)[number]) => number) =>
    alike.reduce((sum, group) => sum + group.count * value(group), 0);
  const units = total(() => 1);
  const pairs = total(({ denominator }) => denominator);
  const interval =
    units > maxBootstrapUnits
      ? ratioInterval(alike)
      : observedAgreement({
          units: alike.flatMap(({ votes, count }) => Array.from({ length: count }, () => votes)),
          random: seededRandom(seed),
        })!.interval;
  return {
    aspect,
    agreement: total(({ numerator }) => numerator) / pairs,
    interval: [...interval],
    units,
    labels: total(({ labels }) => labels),
    pairs,
  };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
