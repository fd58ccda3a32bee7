import { prisma } from "@/lib/db/client";
import { holdThread, type ThreadScores } from "./scorer-thread-client";
import { modelConfig } from "./schema";

/** A served version of a reward model. It is loaded on first use and shared by all who hold it. */
export type ActiveScorer = {
  readonly version: number;
  /**
   * Rewards of completions, divided by the version's temperature, in their order: of the text alone (with those of each
   * member) and with length and format counted in. The built-in encoder reads the completion only.
   */
  score(texts: readonly { prompt: string; completion: string }[]): Promise<ThreadScores[]>;
  /** Lets go of it; it cannot score afterwards. */
  close(): Promise<void>;
};

/** Completions that go to the thread at once, so that callers take turns. */
const scoredAtOnce = 256;

/** The version of a project's reward model that serves, scoring in a thread of its own; null when none does. */
export async function loadActiveScorer(projectId: string): Promise<ActiveScorer | null> {
  const model = await prisma.rewardModel.findFirst({
    where: { projectId, isActive: true },
    select: { id: true, version: true, config: true },
  });
  return model && openScorer(projectId, model);
}

/** One version of a project's reward model, scoring in a thread of its own; null when there is no such version. */
export async function loadScorer(projectId: string, id: string): Promise<ActiveScorer | null> {
  const model = await prisma.rewardModel.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { id: true, version: true, config: true },
  });
  return model && openScorer(projectId, model);
}

function openScorer(
  projectId: string,
  { id, version, config }: { id: string; version: number; config: unknown },
): ActiveScorer {
  const { width } = modelConfig.parse(config).encoder;
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
    async score(texts) {
      const scores: ThreadScores[] = [];
      for (let start = 0; start < texts.length; start += scoredAtOnce) {
        const completions = texts.slice(start, start + scoredAtOnce).map(({ completion }) => completion);
        scores.push(...(await thread.score({ model: id, width, completions, readModel })));
      }
      return scores;
    },
    async close() {
      thread.release();
    },
  };
}
