import { expect } from "vitest";
import { ApiError } from "@/app/_components/api-client";
import { saveDraft } from "@/lib/assignments/draft";
import { nextAssignment } from "@/lib/assignments/lease";
import { getAssignment, listHistory } from "@/lib/assignments/queries";
import { releaseAssignment } from "@/lib/assignments/release";
import { revealTexts } from "@/lib/assignments/reveal";
import { historyQuery, type SubmitInput } from "@/lib/assignments/schema";
import { explainSkip, skipAssignment } from "@/lib/assignments/skip";
import { submitAssignment } from "@/lib/assignments/submit";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError, errorStatus } from "@/lib/errors";
import type { Calls } from "./_components/calls";
import { createEngine, type Engine } from "./_components/engine";
import { memoryShelf } from "./_components/keeping/memory-shelf";
import { shownWork } from "./_components/session";

/** The server behind the page without HTTP in between, which can be cut off. */
function connect(access: Access<"label:write">) {
  const line = { isDown: false, submissions: 0, loseAnswers: false, failsOn: (_id: string) => false };
  const over = async <T>(call: () => Promise<T>): Promise<T> => {
    if (line.isDown) throw new ApiError({ code: "unreachable", message: "The server cannot be reached.", status: 0 });
    try {
      const answer = await call();
      if (line.loseAnswers) throw new ApiError({ code: "unreachable", message: "The connection broke.", status: 0 });
      return answer;
    } catch (error) {
      if (error instanceof AppError)
        throw new ApiError({ code: error.code, message: error.message, status: errorStatus[error.code] });
      throw error;
    }
  };
  const about = async <T>(id: string, call: () => Promise<T>): Promise<T> => {
    if (line.failsOn(id)) throw new ApiError({ code: "internal", message: "Something broke.", status: 500 });
    return await over(call);
  };
  const calls: Calls = {
    next: (held) => over(() => nextAssignment(access, { held })),
    get: (id) => about(id, () => getAssignment(access, id)),
    saveDraft: (id, draft) => about(id, () => saveDraft(access, id, draft)),
    reveal: (id, input) => over(() => revealTexts(access, id, input)),
    submit: (id, input: SubmitInput) => {
      line.submissions++;
      return about(id, () => submitAssignment(access, id, input));
    },
    skip: (id, input) => about(id, () => skipAssignment(access, id, input)),
    explainSkip: (id, reason) => over(() => explainSkip(access, id, reason)),
    release: (id) => over(() => releaseAssignment(access, id)),
    history: ({ limit, cursor }) =>
      over(() => listHistory(access, historyQuery.parse({ limit, ...(cursor && { cursor }) }))),
  };
  return { calls, line };
}

/** The labelling page of this person without its looks; a shelf given is that of an earlier tab. */
export function openTab(access: Access<"label:write">, shelf = memoryShelf()) {
  const { calls, line } = connect(access);
  const saved: string[] = [];
  const screen = { onceSeen: (then: () => void) => then(), laterMs: 0 };
  const engine = createEngine({
    calls,
    shelf,
    now: () => performance.now() + screen.laterMs,
    newId: () => crypto.randomUUID(),
    wait: () => new Promise((resolve) => setTimeout(resolve, 10)),
    onceSeen: (then) => screen.onceSeen(then),
    onSubmitted: (kind) => saved.push(kind),
  });
  return { engine, line, screen, saved, shelf, close: engine.start() };
}

export const session = ({ store }: Engine) => store.get();
export const shown = (engine: Engine) => shownWork(session(engine))!;
export const answer = (engine: Engine, point: number) =>
  engine.store.dispatch({ type: "answered", question: "comparison", answer: { overall: point }, place: 0 });
export const labels = (projectId: string) => prisma.label.findMany({ where: { projectId }, orderBy: [{ id: "asc" }] });
export const settled = (engine: Engine, done: () => boolean = () => true) =>
  expect.poll(() => session(engine).sending.length === 0 && done(), { interval: 10 }).toBe(true);
export const loaded = (engine: Engine, count = 2) => settled(engine, () => session(engine).queue.length === count);
