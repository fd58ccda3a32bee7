import { prisma } from "@/lib/db/client";
import { hashedWidthOf } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { openChosenEndpoint } from "./endpoint-encoder";
import { modelFolder } from "./model-folders";
import type { HeldThread } from "./scorer-thread-client";
import { encodeStored } from "./vectors";

/**
 * What an encoder makes of texts, without keeping this process from anything else: models run in the thread. Null for the
 * built-in encoder, which needs none.
 */
export async function vectorsInThread(
  texts: readonly string[],
  given: { projectId: string; encoder: EncoderConfig; thread: HeldThread; keepsVectors: boolean },
): Promise<Float32Array[] | null> {
  const { projectId, encoder, thread, keepsVectors } = given;
  const { version, width, model, endpoint } = encoder;
  if (endpoint) {
    const { encode } = await openChosenEndpoint({ projectId, endpoint, width });
    return await encodeStored(prisma, { projectId, version, texts, encode, keeps: keepsVectors });
  }
  if (!model) {
    hashedWidthOf(encoder);
    return null;
  }
  const { pooling } = model;
  const folder = await modelFolder(model.folder);
  const encode = async (part: readonly string[]): Promise<Float32Array[]> =>
    (await thread.encode({ folder, pooling, version, texts: part })).vectors;
  return await encodeStored(prisma, { projectId, version, texts, encode, keeps: keepsVectors });
}
