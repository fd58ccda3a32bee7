import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { observedAgreement } from "@/lib/stats/agreement";
import { seededRandom } from "@/lib/stats/random";
import type { AspectAgreement, QualityResponse } from "./schema";

/** Any number will do, as long as it stays: the same labels then always have the same interval. */
const seed = 1;
/** Draws of a bootstrap, about a tenth of a second; beyond it, more units make up for fewer rounds. */
const draws = 10_000_000;
const maxRounds = 1000;
const minRounds = 100;

type UnitGroup = { aspect: string; first: number; second: number; tie: number; units: number };

/** Percent agreement between people, for each aspect they have compared. Demo labels and other sources do not count. */
export async function measureAgreement({ projectId }: Access<"quality:read">): Promise<QualityResponse> {
  // Comparisons with the same counts say the same, so a million of them leave the database as a few dozen rows.
  const groups = await prisma.$queryRaw<UnitGroup[]>`
    select aspect, first, second, tie, count(*)::int as units from (
      select aspect,
        count(*) filter (where payload ->> 'preferred' = '0')::int as first,
        count(*) filter (where payload ->> 'preferred' = '1')::int as second,
        count(*) filter (where payload ->> 'preferred' = 'tie')::int as tie
      from labels
      where project_id = ${projectId}::uuid and source = 'human' and type = 'comparison' and is_current
      group by instance_id, question, aspect, target
    ) as comparisons group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  const aspects = [...new Set(groups.map(({ aspect }) => aspect))];
  return {
    agreement: aspects.map((aspect) =>
      agreementOn(
        aspect,
        groups.filter((group) => group.aspect === aspect),
      ),
    ),
  };
}

function agreementOn(aspect: string, groups: UnitGroup[]): AspectAgreement {
  const units = groups.flatMap(({ first, second, tie, units }) =>
    first + second + tie < 2 ? [] : Array.from({ length: units }, () => [first, second, tie]),
  );
  const rounds = Math.min(maxRounds, Math.max(minRounds, Math.floor(draws / Math.max(1, units.length))));
  const result = observedAgreement({ units, random: seededRandom(seed), rounds });
  if (!result) return { aspect, agreement: null, interval: null, units: 0, labels: 0, pairs: 0 };
  return { aspect, ...result, interval: [...result.interval] };
}
