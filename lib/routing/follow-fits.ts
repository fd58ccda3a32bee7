import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { inLocale } from "@/lib/say";
import { completePolicy, hasValidCuts, isTrusted } from "./complete";
import { judgeIdOf } from "./escalation";
import { fallBackOf } from "./fall-back";
import { readFit, type Fit } from "./fits/read-fit";
import { activeModel } from "./open-instances";
import { currentPolicy, lockPolicy } from "./policy";
import type { Policy, PolicyInput, PolicyPayload } from "./schema";
import { readRoutingSettings } from "./settings/settings";
import { supersedePolicy, supersedeTimeoutMs } from "./supersede";

type ByFit = Extract<Policy, { fitVersion: number }>;
type Change = { payload: PolicyPayload; cause: string };

/**
 * Keeps a project's policy on something it can go by: it follows newer fits where the settings say so, and falls back
 * (fallBackOf) when a judge that it asks was changed or switched off, or when the fit that it follows cannot be gone by.
 * Call it after a fit and after a judge changed; the sweep does so every hour as well. Until then nothing is wrong:
 * labels of another version of a judge have no cut, so that none of them stands.
 */
export async function followFits(projectId: string): Promise<{ version: number } | null> {
  // Most projects have nothing to follow.
  if (!("fitVersion" in (await currentPolicy(prisma, projectId)))) return null;
  // The cause is stored, whoever's request it comes from.
  return await inLocale("en", () =>
    prisma.$transaction(
      async (db) => {
        const before = await lockPolicy(db, projectId, "update");
        const change = "fitVersion" in before ? await changeOf(db, projectId, before) : null;
        return change && (await supersedePolicy(db, projectId, { before, ...change }));
      },
      { timeout: supersedeTimeoutMs, maxWait: 10_000 },
    ),
  );
}

/** Follows the fits in every project; one that fails does not keep the others from it. */
export async function followAllFits(): Promise<void> {
  const projects = await prisma.$queryRaw<{ id: string }[]>`
    select p.id::text from projects p join policies o on o.project_id = p.id and o.version = p.policy_version
    where o.payload ? 'fitVersion'`;
  const faults: unknown[] = [];
  for (const { id } of projects) await followFits(id).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Fits could not be followed in every project.");
}

async function changeOf(db: Db, projectId: string, policy: ByFit): Promise<Change | null> {
  const lost = "cuts" in policy && !(await hasValidCuts(db, projectId, policy.cuts));
  const newest = await nextFit(db, projectId, { policy, lost });
  if (newest === null && !lost) return null;
  if (newest === null)
    return await fallBack(db, projectId, { policy, why: "A judge that it asks has changed or was switched off." });
  if ("cuts" in policy) return await withNewCuts(db, projectId, { policy, fitVersion: newest.version });
  const { version: _, ...same } = policy;
  if (isTrusted(newest))
    return { payload: { ...same, fitVersion: newest.version }, cause: `It follows fit ${newest.version}.` };
  const why = newest.report.learned?.verdict.sentence ?? newest.report.reason ?? "";
  return await fallBack(db, projectId, { policy, why: `Fit ${newest.version} cannot tell whom to ask. ${why}` });
}

/**
 * The fit that a policy is to follow. Who has rolled back to an earlier one since the newest was made did not want that
 * one: the next is followed again, and this one only where nothing else is left.
 */
async function nextFit(
  db: Db,
  projectId: string,
  { policy, lost }: { policy: ByFit; lost: boolean },
): Promise<Fit | null> {
  if (!(await readRoutingSettings(db, projectId)).appliesRefits) return null;
  const newest = await readFit(db, projectId, "newest");
  if (newest === null || newest.version <= policy.fitVersion) return null;
  const applied = await db.policy.findFirst({
    where: { projectId, cause: null, createdAt: { gt: newest.createdAt } },
    select: { version: true },
  });
  return applied === null || lost ? newest : null;
}

async function withNewCuts(
  db: Db,
  projectId: string,
  { policy, fitVersion }: { policy: Extract<ByFit, { cuts: unknown }>; fitVersion: number },
): Promise<Change> {
  try {
    const { slug } = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { slug: true } });
    const payload = await completePolicy(db, { projectId, slug }, askedFor(policy), policy);
    return { payload, cause: `It follows fit ${fitVersion}.` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return await fallBack(db, projectId, { policy, why: error.message });
  }
}

async function fallBack(db: Db, projectId: string, { policy, why }: { policy: ByFit; why: string }): Promise<Change> {
  const hasModel = (await activeModel(db, projectId)) !== null;
  return { payload: fallBackOf(policy, hasModel), cause: `Policy ${policy.version} fell back. ${why}`.trim() };
}

/** The same promise, asked for anew. */
function askedFor(policy: Extract<ByFit, { cuts: unknown }>): PolicyInput {
  const { alpha, delta } = policy;
  if (policy.kind === "confidence") return { kind: policy.kind, alpha, delta };
  return { kind: policy.kind, alpha, delta, judges: policy.cuts.flatMap(({ judge }) => judgeIdOf(judge) ?? []) };
}
