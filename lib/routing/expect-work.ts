import { prisma } from "@/lib/db/client";
import { priceJudges, sumPrices, type JudgePrices, type VerdictPrice } from "@/lib/judges/expect-verdicts";
import { escalatedShare } from "./cuts";
import { escalates, judgeIdOf } from "./escalation";
import { readFit } from "./fits/read-fit";
import type { Policy, PolicyPreview, RouteCounts } from "./schema";

/** What judges pass on of what a policy routes to AI, by the labels of its fit. */
type PassedOn = {
  /** To people. */
  escalated: number;
  /** To the second judge of a cascade. */
  toSecond: number;
};

type Work = Pick<PolicyPreview, "humanLabels" | "verdicts" | "costMicros" | "escalatedShare">;
type Side = { policy: Policy; counts: RouteCounts };

/** What is still to come from open instances under the policy that there is and under the one that would follow. */
export async function expectWork(projectId: string, sides: { before: Side; after: Side }): Promise<Work> {
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  const prices = await priceJudges(projectId);
  const workOf = async ({ policy, counts }: Side) => {
    const passedOn = await expectPassedOn(projectId, policy);
    const { human, lm, dual } = counts;
    return {
      escalated: passedOn.escalated,
      humanLabels: Math.round(overlap * (human + dual + lm * passedOn.escalated)),
      ...verdictsOf({ policy, counts, passedOn, prices }),
    };
  };
  const [before, after] = [await workOf(sides.before), await workOf(sides.after)];
  return {
    humanLabels: { before: before.humanLabels, after: after.humanLabels },
    verdicts: { before: before.verdicts, after: after.verdicts },
    costMicros:
      before.costMicros === null || after.costMicros === null
        ? null
        : { before: before.costMicros, after: after.costMicros },
    escalatedShare: after.escalated,
  };
}

async function expectPassedOn(projectId: string, policy: Policy): Promise<PassedOn> {
  if (!escalates(policy)) return { escalated: 0, toSecond: 0 };
  const { kind, cuts, fitVersion } = policy;
  const confidences = (await readFit(prisma, projectId, fitVersion))?.model.confidences ?? {};
  return {
    escalated: escalatedShare(confidences, cuts, kind === "cascade"),
    toSecond: kind === "cascade" ? escalatedShare(confidences, cuts.slice(0, 1), true) : 0,
  };
}

function verdictsOf(given: { policy: Policy; counts: RouteCounts; passedOn: PassedOn; prices: JudgePrices }): {
  verdicts: number;
  costMicros: number | null;
} {
  const { policy, counts, passedOn, prices } = given;
  const ofAi = sumPrices(prices, (judge) => askedShares(policy, judge, passedOn).ofAi);
  const ofBoth = sumPrices(prices, (judge) => askedShares(policy, judge, passedOn).ofBoth);
  const over = (of: (price: VerdictPrice) => number): number =>
    Math.round(counts.lm * of(ofAi) + counts.dual * of(ofBoth));
  return {
    verdicts: over(({ verdictsPerInstance }) => verdictsPerInstance),
    costMicros: ofAi.costMicrosPerInstance === null ? null : over((price) => price.costMicrosPerInstance!),
  };
}

/** The shares of the instances routed to AI, and to both, that a judge is asked about, whatever its version (asksJudge). */
function askedShares(policy: Policy, judge: string, { toSecond }: PassedOn): { ofAi: number; ofBoth: number } {
  if (!escalates(policy)) return { ofAi: 1, ofBoth: 1 };
  const { kind, cuts } = policy;
  const place = cuts.findIndex((cut) => judgeIdOf(cut.judge) === judgeIdOf(judge));
  if (place < 0) return { ofAi: 0, ofBoth: 0 };
  if (kind === "cascade") return { ofAi: place === 0 ? 1 : toSecond, ofBoth: 1 };
  return { ofAi: Number(cuts[place]!.confidence !== null), ofBoth: 1 };
}
