import { prisma } from "@/lib/db/client";
import { loadPlan, type Plan } from "./plan";
import { currentWords } from "./protocols/protocols";
import type { AskedType } from "./protocols/protocol";
import { versionOf } from "./queries";
import { lmConfig, type LmConfig } from "./schema";

/**
 * Gives a judge that is an LM a next version when the words in which it is asked have changed since its current one
 * began, as they do with a release of Tandem: what it is asked in other words is another judge's answer. Call it where a
 * run begins. Words of types that it is not asked are no matter.
 */
export async function followWords(projectId: string, judgeId: string, words = currentWords()): Promise<void> {
  await prisma.$transaction(async (db) => {
    // Two at once would otherwise write the same version.
    await db.$queryRaw`select from judges where project_id = ${projectId}::uuid and id = ${judgeId}::uuid for update`;
    const key = { projectId_id: { projectId, id: judgeId } };
    const judge = await db.judge.findUnique({ where: key });
    if (judge?.kind !== "lm") return;
    const config = lmConfig.parse((await versionOf(db, judge)).config);
    const types = typesOf(await loadPlan(projectId, { kind: "lm", config }, db));
    if (types.every((type) => config.prompt[type] === words[type])) return;
    const version = judge.version + 1;
    const next: LmConfig = { ...config, prompt: words };
    await db.judgeVersion.create({ data: { projectId, judgeId, version, config: next } });
    await db.judge.update({ where: key, data: { version } });
  });
}

/** Of a tournament comparisons are asked. */
function typesOf({ questions, rankingBy }: Plan): AskedType[] {
  return questions.map(({ question: { type } }) =>
    type === "ranking" && rankingBy === "tournament" ? "comparison" : type,
  );
}
