import { startJudgeServer, saying, type JudgeServer, type ScriptedReply } from "@/lib/testing/judge-server";
import type { Recognise } from "./records";

export type FileJudge = JudgeServer & {
  /** Verdicts sent so far, by instance and order ("q1 0-1"). */
  answered: Map<string, number>;
};

/** Milliseconds a model takes. */
const latencyMs = 30;

/**
 * A judge server that answers with the file's labels. All it gets are the bytes of requests: which instance is asked
 * about, and in which order, it finds in the prompt's text. A few requests are answered as providers do on a bad day.
 */
export async function startFileJudge(recognise: Recognise, key: string): Promise<FileJudge> {
  const answered = new Map<string, number>();
  const server = await startJudgeServer({ key });
  server.follow(async (asked): Promise<ScriptedReply> => {
    await new Promise((resolve) => setTimeout(resolve, latencyMs * (0.5 + Math.random())));
    if (asked.number % 97 === 13) return { status: 429, headers: { "retry-after": "1" } };
    if (asked.number % 89 === 7 && !asked.isRepair) return { text: "Both have their merits." };
    const { record, isSwapped } = recognise(asked.prompt, [asked.a, asked.b]);
    const place = `${record.id} ${isSwapped ? "1-0" : "0-1"}`;
    answered.set(place, (answered.get(place) ?? 0) + 1);
    if (record.lm === "tie") return saying("tie");
    return saying((record.lm === 0) === isSwapped ? "B" : "A");
  });
  return Object.assign(server, { answered });
}
