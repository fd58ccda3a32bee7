import { parentPort } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import { encodeHashed, type HashedWidth } from "@/lib/encoders/hashed";
import type { FeatureVector } from "@/lib/encoders/sparse";
import { sideFeatures } from "@/lib/encoders/side-features";
import { AppError } from "@/lib/errors";
import { openSession, type Session } from "@/lib/graph/session";
import { encodeWithKept } from "./kept-encoders";
import { scoreRows, type DenseScores } from "./dense/score-rows";
import type { DenseScoreRequest, ScoreRequest, ScorerReply, ScorerRequest, ThreadScores } from "./scorer-protocol";
import { scoreCompletions } from "./training/score";

/** Models of a process that are kept ready; one takes a few megabytes. */
const keptModels = 8;

const sessions = new LRUCache<string, Session>({
  max: keptModels,
  dispose: (session) => void session.dispose(),
});

// One after the other, so that no session is disposed of while it runs.
let last: Promise<void> = Promise.resolve();
parentPort!.on("message", (request: ScorerRequest) => {
  last = last.then(async () => parentPort!.postMessage(await answer(request)));
});

async function answer(request: ScorerRequest): Promise<ScorerReply> {
  const { id } = request;
  try {
    if (request.kind === "encode") {
      return { id, kind: "encoded", ...(await encodeWithKept(request)) };
    }
    const { model, artifact } = request;
    let session = sessions.get(model);
    if (!session) {
      if (!artifact) return { id, kind: "unknown-model" };
      session = await openSession(artifact);
      sessions.set(model, session);
    }
    if (request.kind === "dense") return { id, kind: "dense-scored", scores: await scoreDense(session, request) };
    return { id, kind: "scored", scores: await score(session, request) };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return { id, kind: "refused", message: error.message };
    return { id, kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

async function scoreDense(session: Session, { texts, width, vectors, rows }: DenseScoreRequest): Promise<DenseScores> {
  const features = vectors ?? texts.map((text) => encodeHashed(text, width as HashedWidth));
  return await scoreRows(session, { features, width }, rows);
}

async function score(session: Session, request: ScoreRequest): Promise<ThreadScores[]> {
  const { completions, width, vectors, prompts, promptVectors } = request;
  const encode = (texts: readonly string[]): FeatureVector[] =>
    texts.map((text) => encodeHashed(text, width as HashedWidth));
  const ofPrompts = prompts && (promptVectors ?? encode(prompts.texts));
  const rewards = await scoreCompletions(session, {
    features: vectors ?? encode(completions),
    prompts: ofPrompts ? prompts?.places.map((place) => ofPrompts[place]!) : undefined,
    sides: completions.map(sideFeatures),
    width,
  });
  const parts = Object.entries(rewards.parts);
  return completions.map((_, i) => ({
    reward: rewards.withoutSides[i]!,
    rewardWithSides: rewards.withSides[i]!,
    members: rewards.membersWithoutSides.map((member) => member[i]!),
    parts: Object.fromEntries(parts.map(([name, rows]) => [name, Array.from(rows[i]!)])),
  }));
}
