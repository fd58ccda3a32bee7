import type { JudgeKind } from "@/lib/db/generated/enums";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { openLm } from "./ask-lm";
import type { Asker, OpenJudge } from "./asker";
import { judgeConfig } from "./schema";
import { readKey } from "./stored-key";

/** How each kind of judge is asked. */
export type Openers = { [K in JudgeKind]?: (judge: OpenJudge) => Promise<Asker> };

export const openers: Openers = { lm: openLm };

/** The current version of a judge with its key. Throws `not_found`, or `conflict` when its key cannot be read. */
export async function openJudge(projectId: string, judgeId: string): Promise<OpenJudge> {
  const judge = await prisma.judge.findUnique({
    where: { projectId_id: { projectId, id: judgeId } },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
  });
  if (!judge) throw new AppError("not_found", `Judge ${judgeId} was deleted. Start the run with another judge.`);
  return {
    ...{ projectId, judgeId, name: judge.name, kind: judge.kind, version: judge.version },
    config: judgeConfig.parse(judge.versions[0]!.config),
    apiKey: readKey(judge),
  };
}

/** What asks this judge. */
export async function openAsker(judge: OpenJudge, kinds: Openers): Promise<Asker> {
  const open = kinds[judge.kind];
  if (!open)
    throw new AppError(
      "unsupported",
      `Judge ${judge.name} is of the kind ${judge.kind}, which this process cannot ask.`,
    );
  return await open(judge);
}
