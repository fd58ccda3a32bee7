import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun, createSystemRun } from "@/lib/jobs/runs";
import { comparedAspect } from "@/lib/reward/compared-aspect";
import { say } from "@/lib/say";
import { countDual } from "./load-dual";
import { fewestDual, nothingCompared, tooFewDual } from "./refusals";
import { fitInput, type FitInput, type FitRunPayload, type FitView } from "./schema";

/**
 * Starts a fit of what people and AI have both labelled by now. Throws `conflict` while another fit of the project is
 * under way, and where both have labelled too little.
 */
export async function startFit(access: Access<"routing:manage">, input: FitInput): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    const live = await lockedLiveFit(db, projectId);
    if (live !== null) {
      throw new AppError(
        "conflict",
        say`A fit of project ${slug} is under way (run ${live}). Wait until it has ended, or cancel it.`,
      );
    }
    const refusal = await whyNoFit(db, { projectId, slug });
    if (refusal) throw refusal;
    const payload: FitRunPayload = { ...input, cause: "hand" };
    const run = await createRun(db, access, { kind: "routing-fit", payload });
    const detail = { runId: run.id, ...input };
    await recordAudit(db, access, { action: "routing.fit", target: "whom to ask", projectId, detail });
    return run;
  });
}

/** Starts a fit that nobody asked for by name, unless one is under way or both have labelled too little. */
export async function startDueFit(
  db: Db,
  project: { projectId: string; slug: string },
  cause: Exclude<FitView["cause"], "hand">,
): Promise<void> {
  if ((await lockedLiveFit(db, project.projectId)) !== null || (await whyNoFit(db, project))) return;
  const payload: FitRunPayload = { ...fitInput.parse({}), cause };
  await createSystemRun(db, project.projectId, { kind: "routing-fit", payload });
}

/** The run that makes the next fit, while it waits or works. */
export async function liveFit(db: Db, projectId: string): Promise<string | null> {
  const run = await db.run.findFirst({
    where: { projectId, kind: "routing-fit", state: { in: ["queued", "running"] } },
    select: { id: true },
    orderBy: { id: "desc" },
  });
  return run?.id ?? null;
}

/** Locks the project, so that of two that start at once only one finds none. */
async function lockedLiveFit(db: Db, projectId: string): Promise<string | null> {
  await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
  return await liveFit(db, projectId);
}

async function whyNoFit(db: Db, { projectId, slug }: { projectId: string; slug: string }): Promise<AppError | null> {
  const compared = await comparedAspect(db, projectId);
  if (compared === null) return nothingCompared(slug);
  const instances = await countDual(db, projectId, compared, fewestDual.instances);
  // What one ranking says is about many pairs, so the run counts again.
  return instances < fewestDual.instances ? tooFewDual(slug, compared, say`${instances} instances`) : null;
}
