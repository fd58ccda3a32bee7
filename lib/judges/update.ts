import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { canonicalJson } from "@/lib/text/canonical";
import { authorOf, isNameTaken, nameTaken } from "./create";
import { findJudge, getJudge, type CurrentJudge } from "./queries";
import { rmConfig, type JudgeView, type LmConfig, type RmConfig, type UpdateJudgeInput } from "./schema";
import { judgeRouted } from "./start-run";
import { keyColumns, refuseToMoveKey } from "./stored-key";

/**
 * Changes what is given. A config that differs becomes the next version, whose verdicts and labels are its own. A judge
 * that is switched on begins with what is routed to AI.
 */
export async function updateJudge(
  access: Access<"judge:manage">,
  judgeId: string,
  input: UpdateJudgeInput,
): Promise<JudgeView> {
  try {
    await prisma.$transaction((db) => applyUpdate(db, access, judgeId, input));
  } catch (error) {
    throw isNameTaken(error) ? nameTaken(input.name ?? "", error) : error;
  }
  return await getJudge(access, judgeId);
}

async function applyUpdate(
  db: Db,
  access: Access<"judge:manage">,
  judgeId: string,
  input: UpdateJudgeInput,
): Promise<void> {
  const { projectId } = access;
  // Two updates at once would otherwise write the same version.
  await db.$queryRaw`select from judges where project_id = ${projectId}::uuid and id = ${judgeId}::uuid for update`;
  const before = await findJudge(db, access, judgeId);
  refuseToMoveKey(before, input);
  const version = await nextVersion(db, access, before, newConfig(before, input));
  const { name = before.name, isEnabled = before.isEnabled } = input;
  await db.judge.update({
    where: { projectId_id: { projectId, id: judgeId } },
    data: { name, isEnabled, version, ...(input.apiKey !== undefined && keyColumns(before, input.apiKey)) },
  });
  const detail = {
    ...(name !== before.name && { name }),
    ...(isEnabled !== before.isEnabled && { isEnabled }),
    ...(version !== before.version && { version }),
    ...(input.apiKey !== undefined && { key: input.apiKey === null ? "removed" : "replaced" }),
  };
  if (Object.keys(detail).length === 0) return;
  await recordAudit(db, access, { action: "judge.update", target: before.name, projectId, detail });
  if (isEnabled && !before.isEnabled) await judgeRouted(db, projectId);
}

/** The config after an update; undefined when it says nothing about it. Throws `invalid` for what this kind has not. */
function newConfig(before: CurrentJudge, input: UpdateJudgeInput): LmConfig | RmConfig | undefined {
  const { config, apiKey, tieBelow } = input;
  if (before.kind === "lm" && tieBelow !== undefined) {
    throw new AppError("invalid", `Judge ${before.name} is a language model, which says itself what is a tie.`, {
      faults: [{ path: "tieBelow", message: "is of judges that are the reward model" }],
    });
  }
  if (before.kind === "rm" && (config !== undefined || apiKey !== undefined)) {
    throw new AppError("invalid", `Judge ${before.name} is the reward model, which has no address and no key.`, {
      faults: [{ path: config === undefined ? "apiKey" : "config", message: "is of judges that are language models" }],
    });
  }
  return tieBelow === undefined ? config : { ...rmConfig.parse(before.current.config), tieBelow };
}

async function nextVersion(
  db: Db,
  access: Access<"judge:manage">,
  before: CurrentJudge,
  config: LmConfig | RmConfig | undefined,
): Promise<number> {
  if (config === undefined || canonicalJson(before.current.config) === canonicalJson(config)) return before.version;
  const version = before.version + 1;
  await db.judgeVersion.create({
    data: {
      projectId: access.projectId,
      judgeId: before.id,
      version,
      config,
      createdById: authorOf(access),
    },
  });
  return version;
}
