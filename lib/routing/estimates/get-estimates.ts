import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { say } from "@/lib/say";
import { routePropensities } from "../decide";
import { loadAssessed, type Assessed } from "./assess";
import { checksOf, weeklyChecks } from "./checks";
import { estimate, type Drawn, type Estimates, type Routed } from "./estimate";
import { foreseeErrors } from "./foresee";
import type { RoutingEstimates } from "./schema";
import { watchJudges } from "./watch";
import { weigh } from "./weigh";

/** How good the labels are that the policy buys, and whether AI's have become worse. */
export async function getEstimates({ projectId }: Access<"routing:read">): Promise<RoutingEstimates> {
  const assessed = await loadAssessed(projectId);
  const { from, instances, outside, drawn } = assessed;
  return {
    from: (from ?? (await currentSince(projectId))).toISOString(),
    ...{ instances, outside, drawn: drawn.length, yardstick: wordYardstick(assessed) },
    ...(await estimateFrom(projectId, assessed)),
    weeks: weeklyChecks(checksOf(drawn)),
    alarm: await watchJudges(projectId, drawn, new Date()),
  };
}

async function estimateFrom(
  projectId: string,
  { instances, byAi, rows, drawn, tallies, policies, groupOf }: Assessed,
): Promise<Estimates> {
  const part = rows.filter(({ isOfAll }) => isOfAll);
  const ids = new Set([...part.map(({ id }) => id), ...drawn.map(({ row }) => row.id)]);
  const chances = await foreseeErrors(projectId, [...ids]);
  const labelled = new Map<number, number>();
  for (const { row } of drawn) labelled.set(row.version, (labelled.get(row.version) ?? 0) + 1);
  const sample = drawn.map(({ row, group, agreement, leftToAi }): Drawn => {
    const tally = { ...tallies.get(row.version)!, labelled: labelled.get(row.version)! };
    const propensities = routePropensities(policies.get(row.version)!, { ...row, hasImages: false });
    return { ...{ group, agreement, leftToAi }, predictor: chances.get(row.id)!, weights: weigh(propensities, tally) };
  });
  const population = part.map((row): Routed => ({
    ...{ group: groupOf(row.promptHash), predictor: chances.get(row.id)!, byAi: row.route === "lm" },
  }));
  return estimate({ drawn: sample, population, counts: { people: instances - byAi, ai: byAi } });
}

function wordYardstick({ drawn }: Assessed): string {
  const judged = drawn.filter(({ agreement }) => agreement.people !== null).length;
  if (drawn.length === 0) return say`Nothing that was drawn for people and AI is labelled by both yet.`;
  if (judged === 0)
    return say`AI’s labels are held against the one person who labelled each instance. How good people are cannot be told before two have labelled the same.`;
  return say`A label is right as far as it is what the other people who labelled the instance mostly say: one person’s against the rest, and AI’s against the same, on ${judged} instances with two people or more. What people come to together is better than one of them.`;
}

async function currentSince(projectId: string): Promise<Date> {
  const { policyVersion } = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { policyVersion: true },
  });
  const policy = await prisma.policy.findUniqueOrThrow({
    where: { projectId_version: { projectId, version: policyVersion } },
    select: { createdAt: true },
  });
  return policy.createdAt;
}
