import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { annotatorOf } from "@/lib/judges/queries";
import { readPrices } from "./budget/prices";
import { cascadeCuts, confidenceCuts } from "./cuts";
import { formatShare } from "./describe";
import { judgeIdOf } from "./escalation";
import { readFit, type Fit } from "./fits/read-fit";
import { policyPayload, type Cut, type Policy, type PolicyInput, type PolicyPayload } from "./schema";

type Project = { projectId: string; slug: string };
type Asked<K extends PolicyPayload["kind"]> = Extract<PolicyInput, { kind: K }>;

/** Instead of a policy that needs a fit. */
const instead = "Use uncertainty or random routing until then.";

/**
 * What is asked for, with settings that were left out taken from the policy before and, where it goes by a fit, with the
 * newest one and its judges' cuts. The cut of a policy that ranks is still to be made (withThreshold). Throws `conflict`
 * where no fit can be gone by, and says what to use instead.
 */
export async function completePolicy(
  db: Db,
  project: Project,
  input: PolicyInput,
  before: Policy,
): Promise<PolicyPayload> {
  const { dualShare, lmWeight, seed } = before;
  const { judges: _, ...given } = { judges: null, ...withoutUndefined(input) };
  return policyPayload.parse({ dualShare, lmWeight, seed, ...given, ...(await foundFor(db, project, input)) });
}

/** What of a policy is not asked for but found. */
async function foundFor(db: Db, project: Project, input: PolicyInput): Promise<object> {
  switch (input.kind) {
    case "uncertainty":
      return { threshold: null, modelVersion: null };
    case "learned-per-cost":
      await readPrices(project);
      return { threshold: null, fitVersion: (await trustedFit(db, project)).version };
    case "learned":
      return { threshold: null, fitVersion: (await trustedFit(db, project)).version };
    case "confidence":
      return await findCuts(db, project, input);
    case "cascade":
      return await findCascade(db, project, input);
    default:
      return {};
  }
}

/** Whether a fit can be gone by for whom to ask. */
export function isTrusted({ report, model }: Fit): boolean {
  return report.learned?.verdict.kind === "trusted" && model.gain !== null;
}

async function trustedFit(db: Db, project: Project): Promise<Fit> {
  const fit = await newestFit(db, project);
  if (isTrusted(fit)) return fit;
  const why = fit.report.learned?.verdict.sentence ?? fit.report.reason ?? "";
  throw new AppError("conflict", `Fit ${fit.version} cannot tell whom to ask. ${why} ${instead}`);
}

async function newestFit(db: Db, { projectId, slug }: Project): Promise<Fit> {
  const fit = await readFit(db, projectId, "newest");
  if (fit) return fit;
  throw new AppError(
    "conflict",
    `Project ${slug} has no fit that tells whom to ask. Make one with POST /projects/${slug}/routing/fit. ${instead}`,
  );
}

async function findCuts(
  db: Db,
  project: Project,
  { alpha, delta }: Asked<"confidence">,
): Promise<{ fitVersion: number; cuts: Cut[] }> {
  const { version: fitVersion, model } = await newestFit(db, project);
  const judges = (await enabledJudges(db, project.projectId)).filter((judge) => judge in model.confidences);
  if (judges.length === 0) {
    throw new AppError(
      "conflict",
      `Fit ${fitVersion} has no label of a judge that is switched on, in its current version. Let people and judges label more of the same instances (a dual share), then make another fit. ${instead}`,
    );
  }
  const cuts = confidenceCuts(model.confidences, judges, { alpha, delta });
  if (cuts.some(({ confidence }) => confidence !== null)) return { fitVersion, cuts };
  throw noCut(fitVersion, "no judge", { alpha, delta });
}

async function findCascade(
  db: Db,
  project: Project,
  { alpha, delta, judges }: Asked<"cascade">,
): Promise<{ fitVersion: number; cuts: Cut[] }> {
  const signatures = [await judgeNow(db, project, judges[0]!), await judgeNow(db, project, judges[1]!)] as const;
  const { version: fitVersion, model } = await newestFit(db, project);
  const unknown = signatures.findIndex((judge) => !(judge in model.confidences));
  if (unknown >= 0) {
    const which = unknown === 0 ? "the first judge" : "the second judge";
    throw new AppError(
      "conflict",
      `Fit ${fitVersion} has no label of ${which} in its current version. Let people and that judge label more of the same instances (a dual share), then make another fit. ${instead}`,
    );
  }
  const cuts = cascadeCuts(model.confidences, signatures, { alpha, delta });
  if (cuts[0].confidence === null) throw noCut(fitVersion, "the first judge", { alpha, delta });
  if (cuts[1].confidence !== null) return { fitVersion, cuts };
  throw noCut(fitVersion, "the second judge, on what the first is not confident about,", { alpha, delta });
}

function noCut(fitVersion: number, who: string, { alpha, delta }: { alpha: number; delta: number }): AppError {
  return new AppError(
    "conflict",
    `By fit ${fitVersion} ${who} is never so confident that at most ${formatShare(alpha)} of its labels are wrong with a probability of ${formatShare(1 - delta)}. Allow more errors, or have people and judges label more of the same instances and make another fit. Send everything to people until then.`,
  );
}

/** Of LM judges that are switched on, as the labels of their current versions are signed. */
async function enabledJudges(db: Db, projectId: string): Promise<string[]> {
  const judges = await db.judge.findMany({
    where: { projectId, kind: "lm", isEnabled: true },
    select: { id: true, version: true },
    orderBy: { id: "asc" },
  });
  return judges.map(({ id, version }) => annotatorOf({ judgeId: id, version }));
}

async function judgeNow(db: Db, { projectId, slug }: Project, judgeId: string): Promise<string> {
  const enabled = await enabledJudges(db, projectId);
  const judge = enabled.find((one) => judgeIdOf(one) === judgeId);
  if (judge !== undefined) return judge;
  throw new AppError(
    "conflict",
    `There is no language model judge ${judgeId} that is switched on in project ${slug}. Switch it on, or choose another.`,
  );
}

/** Of the judges that a policy has cuts for and asks, whether each is switched on in the version that has the cut. */
export async function hasValidCuts(db: Db, projectId: string, cuts: readonly Cut[]): Promise<boolean> {
  const enabled = new Set(await enabledJudges(db, projectId));
  const asked = cuts.filter(({ confidence }) => confidence !== null);
  return asked.length > 0 && asked.every(({ judge }) => enabled.has(judge));
}

function withoutUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
