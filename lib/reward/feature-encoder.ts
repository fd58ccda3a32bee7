import os from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { prisma } from "@/lib/db/client";
import { encodeHashed, hashedWidthOf, type HashedWidth } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import type { FeatureVector } from "@/lib/encoders/sparse";
import { openChosenEndpoint } from "./endpoint-encoder";
import { openFastEncoder } from "./fast-encoder";
import { modelFolder } from "./model-folders";
import { encodeStored } from "./vectors";

/** Texts encoded between two looks at the world, so that a message or a signal is never kept waiting. */
const encodedAtOnce = 50;

type EncodeOptions = {
  /** Whether vectors are stored, for texts of completions that stay; those that are stored are used in any case. */
  keeps?: boolean;
};

/** What makes features of texts. */
export type FeatureEncoder = {
  /** Numbers in a feature vector. */
  readonly width: number;
  encode(texts: readonly string[], options?: EncodeOptions): Promise<FeatureVector[]>;
  close(): Promise<void>;
};

type Given = {
  projectId: string;
  config: EncoderConfig;
  /** How many texts have their vectors stored; the built-in encoder stores none. */
  onProgress?: (done: number, total: number) => void;
};

/**
 * Opens the encoder that a version asks for, in this process: encoding blocks it. Throws `invalid` where the encoder is gone
 * or has changed, as features of another version are other features: what was trained on them fits no others.
 */
export async function openFeatureEncoder({ projectId, config, onProgress }: Given): Promise<FeatureEncoder> {
  const { version, width, model, endpoint } = config;
  if (endpoint) {
    const { encode } = await openChosenEndpoint({ projectId, endpoint, width });
    return {
      width,
      encode: (texts, options) => encodeStored(prisma, { projectId, version, texts, encode, onProgress, ...options }),
      close: async () => undefined,
    };
  }
  if (!model) {
    const hashedWidth = hashedWidthOf(config);
    return { width, encode: (texts) => encodeInTurns(texts, hashedWidth), close: async () => undefined };
  }
  const folder = await modelFolder(model.folder);
  const threads = Math.max(1, os.availableParallelism() - 1);
  const encoder = await openFastEncoder({ folder, pooling: model.pooling, version, threads });
  return {
    width,
    encode: (texts, options) =>
      encodeStored(prisma, { projectId, version, texts, encode: encoder.encode, onProgress, ...options }),
    close: () => encoder.dispose(),
  };
}

async function encodeInTurns(texts: readonly string[], width: HashedWidth): Promise<FeatureVector[]> {
  const features: FeatureVector[] = [];
  for (const [i, text] of texts.entries()) {
    if (i % encodedAtOnce === 0) await nextTurn();
    features.push(encodeHashed(text, width));
  }
  return features;
}
