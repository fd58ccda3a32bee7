import path from "node:path";
import process from "node:process";
import type { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say, sayText } from "@/lib/say";
import type { DenseScores } from "./dense/score-rows";
import type {
  DenseScoreRequest,
  EncodeRequest,
  ScoreRequest,
  ScorerReply,
  ScorerRequest,
  ThreadScores,
} from "./scorer-protocol";

export type { ThreadScores };

/** How long the thread stays when nobody holds it: starting one takes a second. */
const idleMs = 60_000;

type Waiting = { resolve: (reply: ScorerReply) => void; reject: (error: Error) => void };

type Thread = { worker: Worker; waiting: Map<number, Waiting> };

type Kept = { thread?: Thread | undefined; holders: number; nextId: number; ending?: NodeJS.Timeout | undefined };

// Bundles of the site evaluate this module more than once; the process keeps one thread.
const shared = globalThis as { tandemScorer?: Kept };
const kept: Kept = (shared.tandemScorer ??= { holders: 0, nextId: 1 });

type Question = Omit<ScoreRequest, "id"> | Omit<EncodeRequest, "id"> | Omit<DenseScoreRequest, "id">;

type DenseScoring = Omit<DenseScoreRequest, "id" | "kind" | "artifact"> & Pick<Scoring, "readModel">;

type Scoring = Omit<ScoreRequest, "id" | "kind" | "artifact"> & {
  /** Reads the model, if the thread does not have it. */
  readModel: () => Promise<Uint8Array>;
};

/** What the thread does for one holder. */
export type HeldThread = {
  score: (scoring: Scoring) => Promise<ThreadScores[]>;
  /** What the heads for segments and steps say. */
  scoreDense: (scoring: DenseScoring) => Promise<DenseScores>;
  /** Vectors of texts. Throws `invalid` in words for whoever chose the model. */
  encode: (encoding: Omit<EncodeRequest, "id" | "kind">) => Promise<Extract<ScorerReply, { kind: "encoded" }>>;
  release: () => void;
};

/**
 * This process's scoring thread, where models run so that the process itself is never blocked. It starts with the first
 * question, starts anew when it has ended, and ends a minute after the last holder has released it.
 */
export function holdThread(): HeldThread {
  let isHeld = true;
  kept.holders++;
  clearTimeout(kept.ending);
  const requireHeld = (): void => {
    if (!isHeld) throw new AppError("internal", say`The reward model was closed before it was asked.`);
  };
  return {
    async score({ readModel, ...scoring }) {
      requireHeld();
      const question = { kind: "score", ...scoring } as const;
      const first = await ask(question);
      const reply = first.kind === "unknown-model" ? await ask({ ...question, artifact: await readModel() }) : first;
      if (reply.kind === "scored") return reply.scores;
      throw new AppError("internal", say`Reward model ${scoring.model} could not score: ${whyOf(reply)}`);
    },
    async scoreDense({ readModel, ...scoring }) {
      requireHeld();
      const question = { kind: "dense", ...scoring } as const;
      const first = await ask(question);
      const reply = first.kind === "unknown-model" ? await ask({ ...question, artifact: await readModel() }) : first;
      if (reply.kind === "dense-scored") return reply.scores;
      throw new AppError("internal", say`Reward model ${scoring.model} could not score segments: ${whyOf(reply)}`);
    },
    async encode(encoding) {
      requireHeld();
      const reply = await ask({ kind: "encode", ...encoding });
      if (reply.kind === "encoded") return reply;
      if (reply.kind === "refused") throw new AppError("invalid", sayText(reply.message));
      throw new AppError("internal", say`The model in ${encoding.folder} could not encode: ${whyOf(reply)}`);
    },
    release() {
      if (!isHeld) return;
      isHeld = false;
      kept.holders--;
      if (kept.holders === 0) kept.ending = setTimeout(() => void endThread(), idleMs).unref();
    },
  };
}

/** Ends the scoring thread; the next question starts another, also one that comes while this thread ends. */
export async function endThread(): Promise<void> {
  const ending = kept.thread;
  kept.thread = undefined;
  await ending?.worker.terminate();
}

const whyOf = (reply: ScorerReply): string =>
  "message" in reply ? sayText(reply.message) : say`the scoring thread lost it`;

function ask(question: Question): Promise<ScorerReply> {
  const { worker, waiting } = (kept.thread ??= startThread());
  const id = kept.nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    // An idle thread must not keep the process alive.
    worker.ref();
    worker.postMessage({ ...question, id } satisfies ScorerRequest);
  });
}

function startThread(): Thread {
  // By the working folder and not by an import: the site's bundler takes the file of every Worker that it sees into its
  // bundle, where this one could not run.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const file = path.join(process.cwd(), "lib", "reward", "scorer-thread.mjs");
  const worker = new Worker(file, { execArgv: [] });
  const thread: Thread = { worker, waiting: new Map() };
  worker.on("message", (reply: ScorerReply) => {
    thread.waiting.get(reply.id)?.resolve(reply);
    thread.waiting.delete(reply.id);
    if (thread.waiting.size === 0) worker.unref();
  });
  worker.on("error", (error) => log.error({ err: error }, "the scoring thread failed"));
  worker.on("exit", () => {
    if (kept.thread === thread) kept.thread = undefined;
    for (const { reject } of thread.waiting.values())
      reject(new AppError("unavailable", say`The scoring thread ended. Try again.`, { retryAfterSeconds: 1 }));
  });
  return thread;
}
