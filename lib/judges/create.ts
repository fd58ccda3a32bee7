import { v7 as uuidv7 } from "uuid";
import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { followModel } from "./follow-model";
import { requireKnownQuestions } from "./plan";
import { currentWords } from "./protocols/protocols";
import { findJudge, viewJudge } from "./queries";
import type { CreateJudgeInput, JudgeView, RmConfig } from "./schema";
import { judgeRouted } from "./start-run";
import { keyColumns } from "./stored-key";

/**
 * Creates a judge with the first version of its config. An enabled one begins with what is routed to AI.
 * Throws `conflict` when the project has a judge of that name.
 */
export async function createJudge(access: Access<"judge:manage">, input: CreateJudgeInput): Promise<JudgeView> {
  try {
    return await prisma.$transaction((db) => insertJudge(db, access, input));
  } catch (error) {
    throw isNameTaken(error) ? nameTaken(input.name, error) : error;
  }
}

async function insertJudge(db: Db, access: Access<"judge:manage">, input: CreateJudgeInput): Promise<JudgeView> {
  const { projectId } = access;
  const { name, isEnabled } = input;
  const id = uuidv7();
  const isRewardModel = input.kind === "rm";
  if (!isRewardModel) await requireKnownQuestions(db, access, input.config);
  await db.judge.create({
    data: {
      ...{ projectId, id, name, isEnabled, kind: isRewardModel ? "rm" : "lm" },
      ...(isRewardModel ? {} : keyColumns({ projectId, id }, input.apiKey ?? null)),
    },
  });
  const config = isRewardModel
    ? ({ rewardModel: null, tieBelow: input.tieBelow } satisfies RmConfig)
    : { ...input.config, prompt: currentWords() };
  await db.judgeVersion.create({
    data: { projectId, judgeId: id, version: 1, config, createdById: authorOf(access) },
  });
  if (isRewardModel) await followModel(db, projectId);
  await recordAudit(db, access, {
    action: "judge.create",
    target: name,
    projectId,
    detail: isRewardModel
      ? { tieBelow: input.tieBelow, isEnabled }
      : { model: input.config.model, baseUrl: input.config.baseUrl, isEnabled },
  });
  if (isEnabled) await judgeRouted(db, projectId);
  return viewJudge(await findJudge(db, access, id));
}

/** The command line is nobody's account. */
export function authorOf({ userId }: Access<"judge:manage">): string | null {
  return userId === OPERATOR.userId ? null : userId;
}

export function isNameTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

export function nameTaken(name: string, cause: unknown): AppError {
  return new AppError("conflict", say`There is already a judge called ${name} in this project. Choose another name.`, {
    cause,
    faults: [{ path: "name", message: say`is taken` }],
  });
}
