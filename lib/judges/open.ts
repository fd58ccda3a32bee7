import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Asker, OpenJudge, OpenLm, OpenRm } from "./asker";
import { versionOf } from "./queries";
import { lmConfig, rmConfig } from "./schema";
import { readKey } from "./stored-key";

/** How each kind of judge is asked. `finished` is aborted once nothing more will be asked. */
export type Openers = {
  lm: (judge: OpenLm, finished: AbortSignal) => Promise<Asker>;
  rm: (judge: OpenRm, finished: AbortSignal) => Promise<Asker>;
};

/** The current version of a judge with its key. Throws `not_found`, or `conflict` when its key cannot be read. */
export async function openJudge(projectId: string, judgeId: string): Promise<OpenJudge> {
  const judge = await prisma.judge.findUnique({ where: { projectId_id: { projectId, id: judgeId } } });
  if (!judge) throw new AppError("not_found", `Judge ${judgeId} was deleted. Start the run with another judge.`);
  const facts = { projectId, judgeId, name: judge.name, version: judge.version };
  const { config } = await versionOf(prisma, judge);
  if (judge.kind === "rm") return { ...facts, kind: "rm", config: rmConfig.parse(config) };
  return { ...facts, kind: "lm", config: lmConfig.parse(config), apiKey: readKey(judge) };
}

/** What asks this judge. */
export async function openAsker(judge: OpenJudge, kinds: Openers, finished: AbortSignal): Promise<Asker> {
  return judge.kind === "rm" ? await kinds.rm(judge, finished) : await kinds.lm(judge, finished);
}
