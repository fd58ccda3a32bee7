import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { followFits } from "@/lib/routing/follow-fits";
import { say } from "@/lib/say";
import { canonicalJson } from "@/lib/text/canonical";
import { authorOf, isNameTaken, nameTaken } from "./create";
import { requireKnownQuestions } from "./plan";
import { currentWords } from "./protocols/protocols";
import { configured, findJudge, getJudge, type CurrentJudge } from "./queries";
import {
  lmConfig,
  operationalFields,
  rmConfig,
  type JudgeView,
  type LmConfig,
  type RmConfig,
  type UpdateJudgeInput,
} from "./schema";
import { judgeRouted } from "./start-run";
import { keyColumns, refuseToMoveKey } from "./stored-key";

/**
 * Changes what is given. A config that differs becomes the next version, whose verdicts and labels are its own, unless it
 * differs in operational fields alone: those change in place. A judge that is switched on begins with what is routed to AI.
 */
export async function updateJudge(
  access: Access<"judge:manage">,
  judgeId: string,
  input: UpdateJudgeInput,
): Promise<JudgeView> {
  try {
    await prisma.$transaction((db) => applyUpdate(db, access, judgeId, input));
    // It may have been one that a policy goes by.
    await followFits(access.projectId);
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
  const config = newConfig(before, input);
  // What the judge was given once stays, also when a question of it has gone.
  if (config && "questions" in config && differing(configured(before).config, config).includes("questions"))
    await requireKnownQuestions(db, access, config);
  const { version, changed } = await storeConfig(db, access, before, config);
  const { name = before.name, isEnabled = before.isEnabled } = input;
  await db.judge.update({
    where: { projectId_id: { projectId, id: judgeId } },
    data: { name, isEnabled, version, ...(input.apiKey !== undefined && keyColumns(before, input.apiKey)) },
  });
  const detail = {
    ...(name !== before.name && { name }),
    ...(isEnabled !== before.isEnabled && { isEnabled }),
    ...(version !== before.version && { version }),
    ...(changed.length > 0 && { inPlace: changed.join(", ") }),
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
    throw new AppError("invalid", say`Judge ${before.name} is a language model, which says itself what is a tie.`, {
      faults: [{ path: "tieBelow", message: say`is of judges that are the reward model` }],
    });
  }
  if (before.kind === "rm" && (config !== undefined || apiKey !== undefined)) {
    throw new AppError("invalid", say`Judge ${before.name} is the reward model, which has no address and no key.`, {
      faults: [
        { path: config === undefined ? "apiKey" : "config", message: say`is of judges that are language models` },
      ],
    });
  }
  if (tieBelow !== undefined) return { ...rmConfig.parse(before.current.config), tieBelow };
  // Which words it is asked in is for nobody to choose.
  return config && { ...config, prompt: lmConfig.parse(before.current.config).prompt };
}

/**
 * Stores a config: as the next version, or where only operational fields differ, which change nothing that the judge says,
 * in the current one. Compared are configs as they are read, so that a new field's default alone changes nothing.
 */
async function storeConfig(
  db: Db,
  access: Access<"judge:manage">,
  before: CurrentJudge,
  config: LmConfig | RmConfig | undefined,
): Promise<{ version: number; changed: string[] }> {
  const { version } = before;
  if (config === undefined) return { version, changed: [] };
  const read = configured(before).config;
  const changed = differing(read, config);
  if (changed.length === 0) return { version, changed };
  const { projectId } = access;
  const key = { projectId, judgeId: before.id };
  if (changed.every((field) => (operationalFields as readonly string[]).includes(field))) {
    await db.judgeVersion.update({ where: { projectId_judgeId_version: { ...key, version } }, data: { config } });
    return { version, changed };
  }
  const next = version + 1;
  const begun = "prompt" in config ? { ...config, prompt: currentWords() } : config;
  await db.judgeVersion.create({ data: { ...key, version: next, config: begun, createdById: authorOf(access) } });
  return { version: next, changed: [] };
}

/** The fields in which two configs differ. */
function differing(before: object, after: object): string[] {
  const [one, other] = [before, after] as Record<string, unknown>[];
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields]
    .filter((field) => canonicalJson(one![field] ?? null) !== canonicalJson(other![field] ?? null))
    .sort();
}
