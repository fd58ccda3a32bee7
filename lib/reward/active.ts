import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { DenseStepCut } from "./dense/schema";
import type { DenseRows, DenseScores } from "./dense/score-rows";
import { headsOfMetrics, type HeadMetrics } from "./heads/schema";
import { fileIsGone } from "./old-versions";
import { holdThread, type ThreadScores } from "./scorer-thread-client";
import { modelConfig, modelMetrics } from "./schema";
import { vectorsInThread } from "./thread-vectors";

/** A served version of a reward model. It is loaded on first use and shared by all who hold it. */
export type ActiveScorer = {
  readonly version: number;
  /** Of the rewards of what it was trained on; null for versions from before they were kept. */
  readonly rewardQuantiles: number[] | null;
  /** Its heads beside the overall reward; null for a version without any. */
  readonly heads: HeadMetrics | null;
  /**
   * Rewards of completions, divided by the version's temperature, in their order: of the text alone (with those of each
   * member) and with length and format counted in. Encoders read the completion only. Throws `conflict` where the version's
   * encoder is gone or has changed.
   */
  score(texts: readonly { prompt: string; completion: string }[]): Promise<ThreadScores[]>;
  /** How texts without steps of their own are cut into them; null where the version learned none. */
  readonly stepCut: DenseStepCut | null;
  /** What its heads for segments and steps say of rows of these texts. Throws `conflict` as `score` does. */
  scoreDense(texts: string[], rows: DenseRows): Promise<DenseScores>;
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
  const model = await findModel(Prisma.sql`project_id = ${projectId}::uuid and is_active`);
  return model && openScorer(projectId, model, options);
}

/** One version of a project's reward model, scoring in a thread of its own; null when there is no such version. */
export async function loadScorer(projectId: string, id: string): Promise<ActiveScorer | null> {
  const model = await findModel(Prisma.sql`project_id = ${projectId}::uuid and id = ${id}::uuid`);
  return model && openScorer(projectId, model);
}

type Found = { id: string; version: number; config: unknown; quantiles: unknown; heads: unknown };

/** Throws `gone` where the version's file was deleted. */
async function findModel(condition: Prisma.Sql): Promise<Found | null> {
  const [row] = await prisma.$queryRaw<(Found & { hasFile: boolean })[]>`
    select id::text, version, config, metrics -> 'rewardQuantiles' as quantiles,
      metrics -> 'heads' as heads, artifact is not null as "hasFile"
    from reward_models where ${condition}`;
  if (row && !row.hasFile) throw fileIsGone(row.version);
  return row ?? null;
}

function openScorer(
  projectId: string,
  { id, version, config, quantiles, heads: headMetrics }: Found,
  { keepsVectors = false }: ScorerOptions = {},
): ActiveScorer {
  const { encoder, dense } = modelConfig.parse(config);
  const { width } = encoder;
  const { heads } = headsOfMetrics.parse({ heads: headMetrics ?? undefined });
  const thread = holdThread();
  const readModel = async (): Promise<Uint8Array> => {
    const { artifact } = await prisma.rewardModel.findUniqueOrThrow({
      where: { projectId_id: { projectId, id } },
      select: { artifact: true },
    });
    if (artifact === null) throw fileIsGone(version);
    return artifact;
  };
  const read = (texts: string[], keeps: boolean): Promise<Float32Array[] | null> =>
    vectorsInThread(texts, { projectId, encoder, thread, keepsVectors: keeps }).catch((cause: unknown) => {
      if (!(cause instanceof AppError) || cause.code !== "invalid") throw cause;
      const message = say`Version ${version} of the reward model cannot read texts. ${cause.message}`;
      throw new AppError("conflict", message, { cause });
    });
  return {
    version,
    rewardQuantiles: modelMetrics.shape.rewardQuantiles.parse(quantiles ?? undefined),
    heads,
    stepCut: dense?.stepCut ?? null,
    async scoreDense(texts, rows) {
      return await thread.scoreDense({ model: id, width, texts, vectors: await read(texts, false), rows, readModel });
    },
    async score(texts) {
      const scores: ThreadScores[] = [];
      for (let start = 0; start < texts.length; start += scoredAtOnce) {
        const part = texts.slice(start, start + scoredAtOnce);
        const completions = part.map(({ completion }) => completion);
        const prompts = heads?.gate ? placed(part.map(({ prompt }) => prompt)) : null;
        const vectors = await read(completions, keepsVectors);
        const promptVectors = prompts && (await read(prompts.texts, false));
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

/** Texts once each, with the place of each: what goes to the thread is copied, and many completions share a long prompt. */
function placed(texts: readonly string[]): { texts: string[]; places: number[] } {
  const places = new Map([...new Set(texts)].map((text, place) => [text, place]));
  return { texts: [...places.keys()], places: texts.map((text) => places.get(text)!) };
}
