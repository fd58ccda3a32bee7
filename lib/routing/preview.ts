import { setImmediate as nextTurn } from "node:timers/promises";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { completePolicy } from "./complete";
import { decide, ranks, type Candidate, type Decision } from "./decide";
import { describePolicy } from "./describe";
import { showExamples } from "./examples";
import { expectWork } from "./expect-work";
import { countOpen, openInstances, scoresForCut, withCut, type OpenInstance } from "./open-instances";
import { currentPolicy, workOf } from "./policy";
import { countRoutes } from "./reroute";
import { countWeighed } from "./reweigh";
import type { Policy, PolicyPayload, PolicyPreview, PreviewPolicyInput, RouteCounts } from "./schema";

/** With more open instances a sample of about so many is looked at: a decision and its score take 10 to 20 µs. */
export const mostPreviewed = 50_000;

const mostWeighed = 1_000_000;

/** Decisions between two looks at other requests: about 5 ms of them. */
const decidedAtOnce = 500;

/**
 * What applying a policy now would do to the open instances. It makes the decisions that applying would make, with the
 * draws of the next version; of very many instances those of a random sample, scaled up. Nothing is stored.
 */
export async function previewPolicy(
  access: Access<"routing:read">,
  { policy: input }: PreviewPolicyInput,
): Promise<PolicyPreview> {
  const { projectId } = access;
  const before = await currentPolicy(prisma, projectId);
  const asked = await completePolicy(prisma, access, input, before);
  const { redraw, reweigh } = workOf(asked, before);
  const open = await countOpen(prisma, projectId);
  const share = Math.min(1, mostPreviewed / Math.max(1, open));
  const instances = await collect(projectId, asked, share);
  const policy: Policy = { ...(await withSampledCut(projectId, asked, instances)), version: before.version + 1 };
  const now = instances.map(({ route }) => route);
  const decisions = await decideAll(policy, instances);
  const then = redraw ? decisions.map(({ route }) => route) : now;
  const scale = instances.length === 0 ? 1 : open / instances.length;
  const counts = {
    before: scaled(countRoutes(now.map(asRouted)), scale),
    after: scaled(countRoutes(then.map(asRouted)), scale),
  };
  const moves = countMoves(now, then).map((move) => ({ ...move, instances: Math.round(move.instances * scale) }));
  return {
    ...{ basedOn: before.version, sentence: describePolicy(asked), ...counts, moves, isEstimate: share < 1 },
    changed: moves.reduce((sum, move) => sum + move.instances, 0),
    reweighed: reweigh && asked.lmWeight !== before.lmWeight ? await countWeighed(prisma, projectId, mostWeighed) : 0,
    ...(await expectWork(projectId, {
      before: { policy: before, counts: counts.before },
      after: { policy, counts: counts.after },
    })),
    examples: await showExamples(projectId, policy, { instances, decisions }),
  };
}

async function collect(projectId: string, policy: PolicyPayload, share: number): Promise<OpenInstance[]> {
  const all: OpenInstance[] = [];
  for await (const batch of openInstances(prisma, projectId, { policy, share })) all.push(...batch);
  return all;
}

async function withSampledCut(
  projectId: string,
  policy: PolicyPayload,
  instances: OpenInstance[],
): Promise<PolicyPayload> {
  if (!ranks(policy)) return policy;
  return await withCut(prisma, projectId, { policy, scores: scoresForCut(instances) });
}

/** The decisions about these in their order. Other requests have their turn in between. */
export async function decideAll(policy: Policy, instances: Candidate[]): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (const [i, instance] of instances.entries()) {
    if (i > 0 && i % decidedAtOnce === 0) await nextTurn();
    decisions.push(decide(policy, instance));
  }
  return decisions;
}

function countMoves(now: RouteKind[], then: RouteKind[]): PolicyPreview["moves"] {
  const moves: PolicyPreview["moves"] = [];
  for (const [i, from] of now.entries()) {
    const to = then[i]!;
    if (from === to) continue;
    const move = moves.find((one) => one.from === from && one.to === to);
    if (move) move.instances++;
    else moves.push({ from, to, instances: 1 });
  }
  return moves.sort((a, b) => b.instances - a.instances);
}

function asRouted(route: RouteKind): { route: RouteKind } {
  return { route };
}

function scaled({ human, lm, dual }: RouteCounts, scale: number): RouteCounts {
  return { human: Math.round(human * scale), lm: Math.round(lm * scale), dual: Math.round(dual * scale) };
}
