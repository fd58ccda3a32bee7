import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { encoderConfig, type EncoderConfig, type EncoderInput, type EncoderView } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";
import { listModelFolders, modelFolder } from "./model-folders";
import { holdThread } from "./scorer-thread-client";

/** What the next version of a project's reward model will read texts with, and what else there is. */
export async function getEncoder({ projectId }: Access<"reward:read">): Promise<EncoderView> {
  const [encoder, folders] = await Promise.all([chosenEncoder(prisma, projectId), listModelFolders()]);
  return { encoder, folders };
}

/**
 * Chooses what the next version of the reward model reads texts with; versions that are there keep their own. The model is
 * loaded once, to see that it can be used. Throws `invalid`, at the field, where there is none of that name or it cannot.
 */
export async function setEncoder(access: Access<"reward:manage">, { model }: EncoderInput): Promise<EncoderView> {
  const { projectId, slug } = access;
  const chosen = model === null ? null : await inspect(model);
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { rewardEncoder: chosen ?? Prisma.DbNull } });
    const { version, width } = chosen ?? builtInEncoder;
    const detail = { folder: model?.folder ?? null, pooling: model?.pooling ?? null, version, width };
    await recordAudit(db, access, { action: "reward.encoder", target: slug, projectId, detail });
  });
  return { encoder: chosen ?? builtInEncoder, folders: await listModelFolders() };
}

/** The encoder that a training is to use. */
export async function chosenEncoder(db: Db, projectId: string): Promise<EncoderConfig> {
  const { rewardEncoder } = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { rewardEncoder: true },
  });
  return rewardEncoder === null ? builtInEncoder : encoderConfig.parse(rewardEncoder);
}

async function inspect(model: NonNullable<EncoderInput["model"]>): Promise<EncoderConfig & { model: typeof model }> {
  const thread = holdThread();
  try {
    const folder = await modelFolder(model.folder);
    const { version, width } = await thread.encode({ folder, pooling: model.pooling, version: null, texts: [] });
    return { version, width, model };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "invalid") throw cause;
    const { message } = cause;
    throw new AppError("invalid", message, { cause, faults: [{ path: "model.folder", message }] });
  } finally {
    thread.release();
  }
}
