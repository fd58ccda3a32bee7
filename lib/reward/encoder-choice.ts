import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isSameProbe, probeEndpoint } from "@/lib/encoders/endpoint";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { encoderConfig, type EncoderConfig, type EncoderInput, type EncoderView } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";
import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import { readEndpointKey, storeEndpointKey } from "./endpoint-encoder";
import { listModelFolders, modelFolder } from "./model-folders";
import { holdThread } from "./scorer-thread-client";

/** What the next version of a project's reward model will read texts with, and what else there is. */
export async function getEncoder({ projectId }: Access<"reward:read">): Promise<EncoderView> {
  return await viewOf(projectId);
}

/**
 * Chooses what the next version of the reward model reads texts with; versions that are there keep their own. It is tried
 * once, to see that it can be used. Throws `invalid`, at the field, where it cannot, and `unavailable` for an endpoint that
 * does not answer.
 */
export async function setEncoder(access: Access<"reward:manage">, input: EncoderInput): Promise<EncoderView> {
  const { projectId, slug } = access;
  const { model, endpoint } = input;
  const chosen = model ? await inspect(model) : endpoint ? await tryEndpoint(projectId, endpoint) : null;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { rewardEncoder: chosen ?? Prisma.DbNull } });
    if (endpoint?.apiKey !== undefined) {
      await storeEndpointKey(db, { projectId, baseUrl: endpoint.baseUrl }, endpoint.apiKey);
    }
    const { version, width } = chosen ?? builtInEncoder;
    const of = { folder: model?.folder ?? null, pooling: model?.pooling ?? null, endpoint: endpoint?.baseUrl ?? null };
    const detail = { ...of, version, width };
    await recordAudit(db, access, { action: "reward.encoder", target: slug, projectId, detail });
  });
  return await viewOf(projectId);
}

async function viewOf(projectId: string): Promise<EncoderView> {
  const [encoder, folders] = await Promise.all([chosenEncoder(prisma, projectId), listModelFolders()]);
  const baseUrl = encoder.endpoint?.baseUrl;
  const keys = baseUrl === undefined ? 0 : await prisma.embeddingKey.count({ where: { projectId, baseUrl } });
  return { encoder, folders, hasKey: keys > 0 };
}

/** The encoder that a training is to use. */
export async function chosenEncoder(db: Db, projectId: string): Promise<EncoderConfig> {
  const { rewardEncoder } = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { rewardEncoder: true },
  });
  return rewardEncoder === null ? builtInEncoder : encoderConfig.parse(rewardEncoder);
}

/** The endpoint as it is now; as it was chosen before, where that was the same, so that its vectors stay. */
async function tryEndpoint(projectId: string, given: NonNullable<EncoderInput["endpoint"]>): Promise<EncoderConfig> {
  const { baseUrl, model } = given;
  const apiKey = given.apiKey === undefined ? await readEndpointKey({ projectId, baseUrl }) : given.apiKey;
  const provider = { endpoint: { baseUrl, model }, apiKey, allowedHosts: await readAllowedHosts() };
  try {
    const now = await probeEndpoint(provider);
    const before = await chosenEncoder(prisma, projectId);
    const { endpoint } = before;
    if (endpoint?.baseUrl !== baseUrl || endpoint.model !== model) return now;
    return before.width === now.width && isSameProbe(endpoint.probe, now.endpoint.probe) ? before : now;
  } catch (cause) {
    throw cause instanceof AppError ? atField(cause, "endpoint.baseUrl") : cause;
  }
}

async function inspect(model: NonNullable<EncoderInput["model"]>): Promise<EncoderConfig & { model: typeof model }> {
  const thread = holdThread();
  try {
    const folder = await modelFolder(model.folder);
    const { version, width } = await thread.encode({ folder, pooling: model.pooling, version: null, texts: [] });
    return { version, width, model };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "invalid") throw cause;
    throw atField(cause, "model.folder");
  } finally {
    thread.release();
  }
}

function atField(cause: AppError, path: string): AppError {
  return new AppError(cause.code, cause.message, { cause, faults: [{ path, message: cause.message }] });
}
