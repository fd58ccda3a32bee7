import { prisma } from "@/lib/db/client";
import { hashedWidthOf } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";
import { headsOfMetrics, type HeadMetrics } from "./heads/schema";
import { modelFolder } from "./model-folders";
import { holdThread, type HeldThread, type ThreadScores } from "./scorer-thread-client";
import { modelConfig } from "./schema";
import { encodeStored } from "./vectors";

/** A served version of a reward model. It is loaded on first use and shared by all who hold it. */
export type ActiveScorer = {
  readonly version: number;
  /** Its heads beside the overall reward; null for a version without any. */
  readonly heads: HeadMetrics | null;
  /**
   * Rewards of completions, divided by the version's temperature, in their order: of the text alone (with those of each
   * member) and with length and format counted in. Encoders read the completion only. Throws `conflict` where the version's
   * encoder is gone or has changed.
   */
  score(texts: readonly { prompt: string; completion: string }[]): Promise<ThreadScores[]>;
  /** Lets go of it; it cannot score afterwards. */
  close(): Promise<void>;
};

/** Completions that go to the thread at once, so that callers take turns. */
const scoredAtOnce = 256;

type ScorerOptions = {
  /** Whether vectors of texts are stored, for texts of completions that stay; those that are stored are used in any case. */
  keepsVectors?: boolean;
};

/** The version of a project's reward model that serves, scoring in a thread of its own; null when none does. */
export async function loadActiveScorer(projectId: string, options?: ScorerOptions): Promise<ActiveScorer | null> {
  const model = await prisma.rewardModel.findFirst({
    where: { projectId, isActive: true },
    select: { id: true, version: true, config: true, metrics: true },
  });
  return model && openScorer(projectId, model, options);
}

/** One version of a project's reward model, scoring in a thread of its own; null when there is no such version. */
export async function loadScorer(projectId: string, id: string): Promise<ActiveScorer | null> {
  const model = await prisma.rewardModel.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { id: true, version: true, config: true, metrics: true },
  });
  return model && openScorer(projectId, model);
}

function openScorer(
  projectId: string,
  { id, version, config, metrics }: { id: string; version: number; config: unknown; metrics: unknown },
  { keepsVectors = false }: ScorerOptions = {},
): ActiveScorer {
  const { encoder } = modelConfig.parse(config);
  const { width } = encoder;
  const { heads } = headsOfMetrics.parse(metrics);
  const thread = holdThread();
  const readModel = async (): Promise<Uint8Array> => {
    const { artifact } = await prisma.rewardModel.findUniqueOrThrow({
      where: { projectId_id: { projectId, id } },
      select: { artifact: true },
    });
    return artifact;
  };
  return {
    version,
    heads,
    async score(texts) {
      const scores: ThreadScores[] = [];
      for (let start = 0; start < texts.length; start += scoredAtOnce) {
        const part = texts.slice(start, start + scoredAtOnce);
        const completions = part.map(({ completion }) => completion);
        const prompts = heads?.gate ? part.map(({ prompt }) => prompt) : null;
        const read = (of: string[]): Promise<Float32Array[] | null> =>
          vectorsOf(of, { projectId, encoder, thread, keepsVectors }).catch((cause: unknown) => {
            if (!(cause instanceof AppError) || cause.code !== "invalid") throw cause;
            const message = `Version ${version} of the reward model cannot read texts. ${cause.message}`;
            throw new AppError("conflict", message, { cause });
          });
        const vectors = await read(completions);
        const promptVectors = prompts && (await read(prompts));
        scores.push(
          ...(await thread.score({ model: id, width, completions, vectors, prompts, promptVectors, readModel })),
        );
      }
      return scores;
    },
    async close() {
      thread.release();
    },
  };
}

/** Null for the built-in encoder, which the thread has with it. */
async function vectorsOf(
  texts: string[],
  given: { projectId: string; encoder: EncoderConfig; thread: HeldThread; keepsVectors: boolean },
): Promise<Float32Array[] | null> {
  const { projectId, encoder, thread, keepsVectors } = given;
  const { version, model } = encoder;
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
