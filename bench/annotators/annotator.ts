import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** What the server confirmed, as the client remembers it. */
export type Acknowledged = {
  submissionId: string;
  assignmentId: string;
  userId: string;
  /** By aspect. */
  answers: Record<string, number>;
};

/** Milliseconds of each answered call, by what it asked for. */
export type Timings = { next: number[]; draft: number[]; submit: number[] };

/** What an annotator needs to see of an assignment. */
export type View = {
  id: string;
  prompt: { html: string } | null;
  completions: { text: string }[];
  schema: { questions: { id: string; scale: number; aspects: { id: string }[] }[] };
  schemaVersion: number;
  guidelinesVersion: number;
};

type Options = {
  userId: string;
  apiKey: string;
  slug: string;
  /** Web processes, the preferred one first. */
  urls: string[];
  /** Mean time before an answer. */
  thinkMs: number;
  /** A point of the scale for each aspect. */
  decide: (view: View) => Record<string, number>;
  timings: Timings;
  onAcknowledged: (submission: Acknowledged) => void;
};

/** Longest a call may take, in milliseconds, before it counts as lost. */
const timeoutMs = 60_000;

/**
 * Labels until nothing is left, as the labelling page does: two assignments in hand, a draft, then the submission whose
 * answer brings the next one. Lost calls are repeated as they were, at the other web process.
 */
export async function label(options: Options): Promise<void> {
  const hand: View[] = [];
  const fill = async () => {
    while (hand.length < 2) {
      const next = await call<View>(options, "next", "POST", "next", { held: hand.map(({ id }) => id) });
      if (!next) return;
      hand.push(next);
    }
  };
  for (await fill(); hand.length > 0; await fill()) {
    const assignment = hand.shift()!;
    const next = await answer(options, assignment, hand);
    if (next) hand.push(next);
  }
}

async function answer(options: Options, view: View, hand: View[]): Promise<View | null> {
  const { id, schemaVersion, guidelinesVersion } = view;
  await sleep(options.thinkMs * (0.5 + Math.random()));
  const answers = options.decide(view);
  const said = { schemaVersion, answers: { [view.schema.questions[0]!.id]: answers }, reason: "", activeMs: 10 };
  await call(options, "draft", "PUT", `${id}/draft`, said);
  const submission = { ...said, submissionId: randomUUID(), guidelinesVersion, held: hand.map((held) => held.id) };
  const result = await call<{ next: View | null }>(options, "submit", "POST", `${id}/submit`, submission);
  options.onAcknowledged({ submissionId: submission.submissionId, assignmentId: id, userId: options.userId, answers });
  return result!.next;
}

/** Null for 204. Repeats until the server answers; throws what it refuses. */
async function call<T>(
  options: Options,
  kind: keyof Timings,
  method: string,
  path: string,
  body: unknown,
): Promise<T | null> {
  const { apiKey, slug, urls, timings } = options;
  for (let attempt = 0; ; attempt++) {
    const url = `${urls[attempt % urls.length]}/api/v1/projects/${slug}/assignments/${path}`;
    const started = performance.now();
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    try {
      const response = await fetch(url, {
        method,
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      if (response.ok) {
        timings[kind].push(performance.now() - started);
        return text === "" ? null : (JSON.parse(text) as T);
      }
      if (response.status < 500) throw new Refused(`${method} ${path}: ${response.status} ${text}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    await sleep(Math.min(2000, 50 * 2 ** attempt) * (0.5 + Math.random()));
  }
}

class Refused extends Error {}
