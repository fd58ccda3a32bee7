import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { annotatorOf } from "@/lib/judges/queries";
import { say, sayText } from "@/lib/say";
import { readPrices } from "./budget/prices";
import { cascadeCuts, confidenceCuts } from "./cuts";
import { formatShare } from "./describe";
import { judgeIdOf } from "./escalation";
import { readFit, type Fit } from "./fits/read-fit";
import { policyPayload, type Cut, type Policy, type PolicyInput, type PolicyPayload } from "./schema";

type Project = { projectId: string; slug: string };
type Asked<K extends PolicyPayload["kind"]> = Extract<PolicyInput, { kind: K }>;

/** Instead of a policy that needs a fit. */
const instead = (): string => say`Use uncertainty or random routing until then.`;

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
  throw new AppError("conflict", say`Fit ${fit.version} cannot tell whom to ask. ${sayText(why)} ${instead()}`);
}

async function newestFit(db: Db, { projectId, slug }: Project): Promise<Fit> {
  const fit = await readFit(db, projectId, "newest");
  if (fit) return fit;
  throw new AppError(
    "conflict",
    say`Project ${slug} has no fit that tells whom to ask. Make one with POST /projects/${slug}/routing/fit. ${instead()}`,
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
      say`Fit ${fitVersion} has no label of a judge that is switched on, in its current version. Let people and judges label more of the same instances (a dual share), then make another fit. ${instead()}`,
    );
  }
  const cuts = confidenceCuts(model.confidences, judges, { alpha, delta });
  if (cuts.some(({ confidence }) => confidence !== null)) return { fitVersion, cuts };
  throw noCut("none", fitVersion, { alpha, delta });
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
    throw new AppError(
      "conflict",
      unknown === 0
        ? say`Fit ${fitVersion} has no label of the first judge in its current version. Let people and that judge label more of the same instances (a dual share), then make another fit. ${instead()}`
        : say`Fit ${fitVersion} has no label of the second judge in its current version. Let people and that judge label more of the same instances (a dual share), then make another fit. ${instead()}`,
    );
  }
  const cuts = cascadeCuts(model.confidences, signatures, { alpha, delta });
  if (cuts[0].confidence === null) throw noCut("first", fitVersion, { alpha, delta });
  if (cuts[1].confidence !== null) return { fitVersion, cuts };
  throw noCut("second", fitVersion, { alpha, delta });
}

/** Why a promise cannot be made: `who` is the judge of a cascade that has no cut, or none has one. */
function noCut(who: "none" | "first" | "second", fit: number, promise: { alpha: number; delta: number }): AppError {
  const [share, probability] = [formatShare(promise.alpha), formatShare(1 - promise.delta)];
  const next = say`Allow more errors, or have people and judges label more of the same instances and make another fit. Send everything to people until then.`;
  const messages = {
    none: () =>
      say`By fit ${fit} no judge is ever so confident that at most ${share} of its labels are wrong with a probability of ${probability}. ${next}`,
    first: () =>
      say`By fit ${fit} the first judge is never so confident that at most ${share} of its labels are wrong with a probability of ${probability}. ${next}`,
    second: () =>
      say`By fit ${fit} the second judge, on what the first is not confident about, is never so confident that at most ${share} of its labels are wrong with a probability of ${probability}. ${next}`,
  };
  return new AppError("conflict", messages[who]());
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
    say`There is no language model judge ${judgeId} that is switched on in project ${slug}. Switch it on, or choose another.`,
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
