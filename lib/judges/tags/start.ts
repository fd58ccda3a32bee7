import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { say } from "@/lib/say";
import { findJudge } from "../queries";
import type { RunJudgeInput } from "../schema";
import { countTagged, countUntagged } from "./select";
import type { TaggingState, TagRunPayload } from "./schema";

/**
 * Starts a run in which the model of a judge tags what is named, or else all instances of the project; those that its
 * current version has tagged are left out. Throws `not_found`, and `conflict` for a judge that is the reward model.
 */
export async function startTagging(
  access: Access<"judge:run">,
  judgeId: string,
  { instances, filter }: RunJudgeInput,
): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    const judge = await findJudge(db, access, judgeId);
    if (judge.kind === "rm") {
      throw new AppError(
        "conflict",
        say`Judge ${judge.name} is the reward model, which reads no conversations for what they ask. Tag with a judge that is a language model.`,
      );
    }
    if (instances) await requireInstances(db, access, instances);
    const payload: TagRunPayload = { judgeId, ...(instances && { instances }), ...(filter && { filter }) };
    const run = await createRun(db, access, { kind: "tagging", payload });
    const of = instances ? { instances: instances.length } : { of: filter ? "filter" : "all" };
    const detail = { project: slug, work: "tagging", ...of };
    await recordAudit(db, access, { action: "judge.run", target: judge.name, projectId, detail });
    return run;
  });
}

/** How far a judge has tagged its project. Throws `not_found`. */
export async function getTagging(access: Access<"judge:read">, judgeId: string): Promise<TaggingState> {
  const { projectId } = access;
  const { version } = await findJudge(prisma, access, judgeId);
  const tagger = { projectId, judgeId, version };
  const [tagged, pending, run] = await Promise.all([
    countTagged(tagger),
    countUntagged(tagger, {}),
    prisma.run.findFirst({
      where: { projectId, kind: "tagging", payload: { path: ["judgeId"], equals: judgeId } },
      select: { id: true },
      orderBy: { id: "desc" },
    }),
  ]);
  return { version, tagged, pending, runId: run?.id ?? null };
}

async function requireInstances(db: Db, { projectId, slug }: Access<"judge:run">, ids: string[]): Promise<void> {
  const found = await db.instance.findMany({ where: { projectId, id: { in: ids } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new AppError("not_found", say`There is no instance ${missing} in project ${slug}.`);
}
