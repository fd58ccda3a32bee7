import { prisma } from "@/lib/db/client";
import { ranks, type Candidate, type Decision } from "./decide";
import type { OpenInstance } from "./open-instances";
import { reasonOf } from "./reason";
import type { Policy, RouteExample, RouteExamples } from "./schema";

/** So many are shown of each. */
const shown = 5;

type Decided = { id: string; decision: Decision; candidate: Candidate };

/** Of decisions about instances, in their order: some at both ends and around the cut. */
export async function showExamples(
  projectId: string,
  policy: Policy,
  { instances, decisions }: { instances: OpenInstance[]; decisions: Decision[] },
): Promise<RouteExamples> {
  const chosen = chooseExamples(
    policy,
    instances.map((candidate, i) => ({ id: candidate.id, decision: decisions[i]!, candidate })),
  );
  const ids = Object.values(chosen).flatMap((some) => some.map(({ id }) => id));
  const rows = await prisma.instance.findMany({
    where: { projectId, id: { in: ids } },
    select: { id: true, outsideId: true },
  });
  const outsideIds = new Map(rows.map(({ id, outsideId }) => [id, outsideId]));
  const view = ({ id, decision: { route, score }, candidate }: Decided): RouteExample[] => {
    const outsideId = outsideIds.get(id);
    // It may have been deleted meanwhile.
    if (outsideId === undefined) return [];
    return [{ instanceId: id, outsideId, route, score, reason: reasonOf(policy, candidate, route) }];
  };
  return {
    first: chosen.first.flatMap(view),
    around: chosen.around.flatMap(view),
    last: chosen.last.flatMap(view),
  };
}

/** Which to show: of a policy that ranks by their scores, of another the first that go to people and to AI. */
export function chooseExamples(
  policy: Policy,
  decided: Decided[],
): { first: Decided[]; around: Decided[]; last: Decided[] } {
  if (!ranks(policy) || policy.threshold === null) {
    const of = (route: string) => decided.filter(({ decision }) => decision.route === route).slice(0, shown);
    return { first: of("human"), around: [], last: of("lm") };
  }
  const cut = policy.threshold.score;
  const ranked = decided
    .filter(({ decision }) => decision.score !== null && decision.route !== "dual")
    .sort((a, b) => b.decision.score! - a.decision.score!);
  const ends = ranked.length > 2 * shown ? [ranked.slice(0, shown), ranked.slice(-shown)] : [ranked, []];
  const between = ranked.slice(ends[0]!.length, ranked.length - ends[1]!.length);
  const distance = ({ decision }: Decided) => Math.abs(decision.score! - cut);
  const around = between
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, shown)
    .sort((a, b) => b.decision.score! - a.decision.score!);
  return { first: ends[0]!, around, last: ends[1]! };
}
