import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import { reduce } from "./reduce";
import {
  emptySession,
  firstUnanswered,
  flagOf,
  hasChanges,
  heldIds,
  isRevision,
  shownWork,
  type Session,
  type SessionAction,
} from "./session";

function anAssignment(id: string, fields: Partial<AssignmentView> = {}): AssignmentView {
  const aspects = ["helpful", "truthful"].map((aspect) => ({ id: aspect, name: aspect, definition: "" }));
  return {
    ...{
      id,
      state: "leased",
      leaseUntil: "2026-01-01T00:00:00.000Z",
      prompt: { html: "", map: [], text: "" },
      messages: null,
      ...{ context: null, reference: null, hidden: [], sealed: {} },
      completions: [],
    },
    ...{
      schema: {
        questions: [{ id: "comparison", type: "comparison", scale: 5, aspects, bothBad: true }],
        reason: "optional",
      },
      schemaVersion: 1,
      guidelinesVersion: 1,
    },
    ...{ draft: null, submitted: null, askedAgain: null },
    ...fields,
  } as AssignmentView;
}

/** The choices on both aspects as the answer to the comparison. */
const said = (choices: Record<string, number | "both-bad">) => ({ comparison: choices });
const answer = (choices: Record<string, number | "both-bad">, place = 0): SessionAction => ({
  ...{ type: "answered", question: "comparison", answer: choices, place },
});
const submitted = (answers = {}, submissionId = "s0") => ({
  submissionId,
  submittedAt: "2026-01-01T00:00:00.000Z",
  answers,
  reason: "",
  isUnsure: false,
});
const run = (actions: SessionAction[], from: Session = emptySession): Session => actions.reduce(reduce, from);
const arrive = (id: string, fields?: Partial<AssignmentView>): SessionAction => ({
  type: "arrived",
  assignment: anAssignment(id, fields),
  at: 0,
});
const request = { kind: "skip", input: {} } as const;
const sent = (sendingId: string): SessionAction => ({ type: "sent", sendingId, request });
const ids = ({ queue }: Session) => queue.map(({ assignment }) => assignment.id);
const problem = { kind: "other", message: "No" } as const;

test("work begins with what AI filled in; it can be cleared and brought back, and drafts come first", () => {
  const answers = said({ helpful: 2, truthful: 4 });
  const suggested = (mode: "shown" | "prefilled") => ({ suggestions: { mode, answers } });
  const filled = run([arrive("a", suggested("prefilled"))]);
  expect(shownWork(filled)).toMatchObject({ answers, place: 0, save: { status: "clean" } });
  const cleared = run([{ type: "cleared", question: "comparison" }], filled);
  expect(shownWork(cleared)).toMatchObject({ answers: {}, save: { status: "dirty" } });
  expect(shownWork(run([{ type: "undone" }], cleared))!.answers).toEqual(answers);

  expect(shownWork(run([arrive("a", suggested("shown"))]))!.answers).toEqual({});
  const draft = { answers: {}, reason: "", isUnsure: false, activeMs: 1, writtenAt: null };
  expect(shownWork(run([arrive("a", { ...suggested("prefilled"), draft })]))!.answers).toEqual({});
});

test("assignments queue up in the order of their arrival, each once", () => {
  const session = run([arrive("a"), arrive("b"), arrive("a")]);
  expect(ids(session)).toEqual(["a", "b"]);
  expect(shownWork(session)!.assignment.id).toBe("a");
  expect(run([{ type: "arrived", assignment: null, at: 0 }], session)).toMatchObject({ isExhausted: true });
  expect(run([{ type: "arrived", assignment: null, at: 0 }, arrive("c")])).toMatchObject({ isExhausted: false });
});

test("answers, undo and the place that keys answer", () => {
  const both = { helpful: 1, truthful: "both-bad" } as const;
  let session = run([
    arrive("a"),
    answer({ helpful: 1 }),
    answer(both, 1),
    answer({ truthful: "both-bad", helpful: 1 }),
    answer({ ...both, helpful: 2 }),
  ]);
  expect(shownWork(session)).toMatchObject({
    answers: said({ ...both, helpful: 2 }),
    place: 0,
    save: { status: "dirty" },
  });
  session = run([{ type: "undone" }], session);
  expect(shownWork(session)!.answers).toEqual(said(both));
  session = run([{ type: "undone" }], session);
  expect(shownWork(session)).toMatchObject({ answers: said({ helpful: 1 }), place: 1 });
  session = run([{ type: "undone" }, { type: "undone" }], session);
  expect(shownWork(session)!.answers).toEqual({});
});

test("redo goes forward again to the places of the changes, until something else is answered", () => {
  const both = { helpful: 1, truthful: 2 };
  const undone = run([arrive("a"), answer({ helpful: 1 }), answer(both, 1), { type: "undone" }, { type: "undone" }]);
  expect(shownWork(undone)).toMatchObject({ answers: {}, place: 0, past: [], save: { status: "dirty" } });
  let session = run([{ type: "redone" }], undone);
  expect(shownWork(session)).toMatchObject({ answers: said({ helpful: 1 }), place: 0 });
  session = run([{ type: "redone" }], session);
  expect(shownWork(session)).toMatchObject({ answers: said(both), place: 1, future: [] });
  expect(run([{ type: "redone" }], session)).toEqual(session);
  session = run([{ type: "undone" }, { type: "redone" }, { type: "undone" }], session);
  expect(shownWork(session)!.answers).toEqual(said({ helpful: 1 }));

  const other = run([answer({ helpful: 3 }), { type: "redone" }], undone);
  expect(shownWork(other)).toMatchObject({ answers: said({ helpful: 3 }), future: [] });
});

test("unsure is a change of what was submitted and a flag is not; both are saved", () => {
  const visited = run([
    { type: "visited", assignment: anAssignment("a", { submitted: submitted(), flag: null }), at: 0 },
  ]);
  const unsure = run([{ type: "doubted", isUnsure: true }], visited);
  expect([hasChanges(shownWork(unsure)!), shownWork(unsure)!.save.status]).toEqual([true, "dirty"]);
  expect(hasChanges(shownWork(run([{ type: "doubted", isUnsure: false }], unsure))!)).toBe(false);
  const flagged = run([{ type: "flagged", flag: { note: "cut off" } }], visited);
  expect([hasChanges(shownWork(flagged)!), shownWork(flagged)!.save.status]).toEqual([false, "dirty"]);
  expect([flagOf(shownWork(visited)!), flagOf(shownWork(flagged)!)]).toEqual([null, { note: "cut off" }]);
  const seen = run([arrive("b", { flag: { note: "earlier" } })]);
  expect([flagOf(shownWork(seen)!), shownWork(seen)!.flag]).toEqual([{ note: "earlier" }, undefined]);
  expect(flagOf(shownWork(run([{ type: "flagged", flag: null }], seen))!)).toBeNull();
});

test("undo takes back at once what was typed in a row at one place", () => {
  const typed = (text: string, place = 0): SessionAction => ({
    ...{ type: "answered", question: "critique", place, isTyped: true },
    answer: { completions: [{ text, rewrite: null }] },
  });
  const textOf = (session: Session) => shownWork(session)!.answers.critique;
  let session = run([arrive("a"), typed("a"), typed("ab"), typed("abc", 1), typed("abcd", 1), { type: "undone" }]);
  expect(textOf(session)).toEqual({ completions: [{ text: "ab", rewrite: null }] });
  expect(shownWork(session)!.place).toBe(1);
  session = run([answer({ helpful: 1 }), typed("abx"), { type: "undone" }, { type: "undone" }], session);
  expect(textOf(session)).toEqual({ completions: [{ text: "ab", rewrite: null }] });
  session = run([{ type: "undone" }], session);
  expect(shownWork(session)!.answers).toEqual({});
});

test("work starts from its draft, else from what was submitted, at the first open question", () => {
  const draft = { answers: said({ helpful: 3 }), reason: "so far", isUnsure: true, activeMs: 9, writtenAt: null };
  expect(shownWork(run([arrive("a", { draft })]))).toMatchObject({
    answers: said({ helpful: 3 }),
    reason: "so far",
    isUnsure: true,
    place: 1,
    save: { status: "clean" },
  });
  const visited = run([
    arrive("b"),
    {
      type: "visited",
      assignment: anAssignment("a", { submitted: submitted(said({ helpful: 1, truthful: 2 })) }),
      at: 0,
    },
  ]);
  expect(shownWork(visited)).toMatchObject({ answers: said({ helpful: 1, truthful: 2 }), place: 0 });
  expect([
    isRevision(shownWork(visited)!),
    hasChanges(shownWork(visited)!),
    firstUnanswered(shownWork(visited)!),
  ]).toEqual([true, false, -1]);
  expect(hasChanges(shownWork(run([{ type: "reasoned", reason: "x" }], visited))!)).toBe(true);
});

test("a submission that answered what is not asked any more is not changed by that alone", () => {
  const named = (id: string) => ({ id, name: id, definition: "", type: "binary" as const, kind: "correct" });
  const schema = {
    questions: [named("ok"), { ...named("fair"), when: { question: "ok", is: [false] } }],
    reason: "off" as const,
  };
  const answers = { ok: { values: [true] }, fair: { values: [true] } };
  const assignment = anAssignment("a", { schema, submitted: submitted(answers) });
  const visited = run([arrive("b"), { type: "visited", assignment, at: 0 }]);
  expect(hasChanges(shownWork(visited)!)).toBe(false);
  const changed = { ...answers, ok: { values: [false] } };
  expect(hasChanges({ ...shownWork(visited)!, answers: changed })).toBe(true);
});

test("a submission brings the next one to the screen at once and stays held until it is confirmed", () => {
  const session = run([arrive("a"), arrive("b"), sent("s1")]);
  expect([ids(session), session.trail, heldIds(session)]).toEqual([["b"], ["a"], ["b", "a"]]);
  const troubled = run([{ type: "troubled", sendingId: "s1", message: "offline", failures: 0 }], session);
  expect(troubled.sending).toMatchObject([{ id: "s1", trouble: "offline" }]);
  expect(heldIds(run([{ type: "confirmed", sendingId: "s1" }, arrive("c")], troubled))).toEqual(["b", "c"]);
});

test("what the server refused is back on the screen with its answers, before the rest", () => {
  const sending = run([arrive("a"), answer({ helpful: 4 }), arrive("b"), sent("s1")]);
  const back = run([{ type: "returned", sendingId: "s1", problem, assignment: null }], sending);
  expect([ids(back), back.trail, back.sending]).toEqual([["a", "b"], [], []]);
  expect(shownWork(back)).toMatchObject({ answers: said({ helpful: 4 }), problem, save: { status: "dirty" } });
  expect(shownWork(run([sent("s2")], back))!.assignment.id).toBe("b");
});

test("what was submitted in another tab can be sent again as a revision of that", () => {
  const sending = run([arrive("a"), answer({ helpful: 4 }), sent("s1")]);
  const assignment = anAssignment("a", { state: "submitted", submitted: submitted(said({ helpful: 1 }), "other-tab") });
  const back = run(
    [
      { type: "returned", sendingId: "s1", problem: { ...problem, kind: "elsewhere" }, assignment },
      { type: "revising" },
    ],
    sending,
  );
  expect(shownWork(back)).toMatchObject({
    problem: null,
    answers: said({ helpful: 4 }),
    assignment: { submitted: { submissionId: "other-tab" } },
  });
  expect(isRevision(shownWork(back)!)).toBe(true);
});

test("a visit to an earlier assignment leaves the open one as it is", () => {
  const open = run([arrive("b"), answer({ helpful: 2 })]);
  const visiting = run(
    [{ type: "visited", assignment: anAssignment("a", { submitted: submitted() }), at: 0 }, answer({ helpful: 5 })],
    open,
  );
  expect(shownWork(visiting)!.assignment.id).toBe("a");
  expect(shownWork(run([{ type: "left-visit" }], visiting))!.answers).toEqual(said({ helpful: 2 }));
  const revised = run([sent("s1")], visiting);
  expect([shownWork(revised)!.assignment.id, revised.trail]).toEqual(["b", ["a"]]);
  const back = run([{ type: "returned", sendingId: "s1", problem, assignment: null }], revised);
  expect([back.visit!.assignment.id, ids(back)]).toEqual(["a", ["b"]]);
});

test("a draft is saved only when nothing was said since it was sent", () => {
  const saving = run([arrive("a"), { type: "reasoned", reason: "x" }, { type: "saving", assignmentId: "a" }]);
  expect(shownWork(run([{ type: "saved", assignmentId: "a" }], saving))!.save).toEqual({ status: "saved" });
  expect(
    shownWork(
      run(
        [
          { type: "reasoned", reason: "xy" },
          { type: "saved", assignmentId: "a" },
        ],
        saving,
      ),
    )!.save,
  ).toEqual({ status: "dirty" });
  expect(shownWork(run([{ type: "not-saved", assignmentId: "a", message: "offline" }], saving))!.save).toEqual({
    status: "failed",
    message: "offline",
  });
});

test("lost work is dropped wherever it is", () => {
  const session = run([arrive("a"), arrive("b")]);
  expect(ids(run([{ type: "dropped", assignmentId: "b" }], session))).toEqual(["a"]);
  expect(ids(run([{ type: "dropped", assignmentId: "a" }], session))).toEqual(["b"]);
});

test("an earlier assignment that is closed before its last words are stored is open behind the page until they are", () => {
  const visit: SessionAction = { type: "visited", assignment: anAssignment("a", { submitted: submitted() }), at: 0 };
  const closed = run([arrive("b"), visit, answer({ helpful: 5 }), { type: "left-visit" }]);
  expect([closed.visit, closed.aside.map(({ answers }) => answers)]).toEqual([null, [said({ helpful: 5 })]]);
  const again = run([visit], closed);
  expect([again.aside, again.visit!.answers]).toEqual([[], said({ helpful: 5 })]);
  const saved = run(
    [
      { type: "saving", assignmentId: "a" },
      { type: "saved", assignmentId: "a" },
    ],
    closed,
  );
  expect(saved.aside).toEqual([]);
  expect(run([visit, { type: "left-visit" }], run([arrive("b")])).aside).toEqual([]);
});

test("a closed correction that the server refuses is told, and opened with its words and the reason", () => {
  const visit: SessionAction = { type: "visited", assignment: anAssignment("a", { submitted: submitted() }), at: 0 };
  const refused = run([
    ...[arrive("b"), visit, answer({ helpful: 5 }), { type: "left-visit" } as const],
    { type: "refused", assignmentId: "a", problem, assignment: null },
  ]);
  expect([refused.visit, refused.news]).toEqual([null, [{ kind: "refused", assignmentId: "a", message: "No" }]]);
  const opened = run([visit], refused);
  expect(opened).toMatchObject({ visit: { answers: said({ helpful: 5 }), problem }, aside: [] });
  expect(run([{ type: "dropped", assignmentId: "a" }], opened).news).toEqual([]);
});

test("leaving a correction that came to the queue keeps its words, and one to be decided about stays", () => {
  const assignment = anAssignment("a", { state: "submitted", submitted: submitted(said({ helpful: 1 })) });
  const kept = { assignment, answers: said({ helpful: 4 }), reason: "", ...plain };
  const elsewhere = { ...problem, kind: "elsewhere" } as const;
  const open = run([arrive("b"), { type: "put-back", said: kept, problem: elsewhere, at: 0 }]);
  expect(run([{ type: "left-visit" }], open)).toEqual(open);
  const closed = run([{ type: "revising" }, { type: "left-visit" }], open);
  expect([ids(closed), closed.aside]).toMatchObject([["b"], [{ answers: said({ helpful: 4 }), problem: null }]]);
  const other = run([{ type: "put-back", said: kept, problem, at: 0 }, { type: "left-visit" }]);
  expect([ids(other), other.aside]).toMatchObject([[], [{ answers: said({ helpful: 4 }), problem: null }]]);
  const current = run([arrive("b"), answer({ helpful: 2 })]);
  expect(run([{ type: "left-visit" }], current)).toEqual(current);
});

const plain = { isUnsure: false, flag: undefined };

test("a submission from before is on its way like any other, once", () => {
  const resumed: SessionAction = {
    ...{ type: "resumed", sendingId: "s1", request, at: 0 },
    said: { assignment: anAssignment("a"), answers: said({ helpful: 4 }), reason: "so", ...plain },
  };
  const session = run([resumed, resumed]);
  expect([session.sending.length, session.trail, heldIds(session)]).toEqual([1, ["a"], ["a"]]);
  const back = run([{ type: "returned", sendingId: "s1", problem, assignment: null }], session);
  expect(shownWork(back)).toMatchObject({ answers: said({ helpful: 4 }), reason: "so", problem });
});

test("a draft from before that needs a decision comes first, and a visit does not lose its words to it", () => {
  const kept = { assignment: anAssignment("c"), answers: said({ helpful: 2 }), reason: "", ...plain };
  const session = run([
    arrive("b"),
    { type: "visited", assignment: anAssignment("a", { submitted: submitted() }), at: 0 },
    { type: "reasoned", reason: "unsaved" },
    { type: "put-back", said: kept, problem, at: 0 },
  ]);
  expect([ids(session), session.visit, session.aside.length]).toEqual([["c", "b"], null, 1]);
  expect(shownWork(session)).toMatchObject({ answers: said({ helpful: 2 }), problem, save: { status: "dirty" } });
});

test("what was told goes with the next submission, unless it can be opened", () => {
  const apart = { kind: "apart", assignmentId: "z", at: "", state: "expired" } as const;
  const told = run([arrive("a"), { type: "news", news: [{ kind: "back", at: "" }, apart] }]);
  expect(run([sent("s1")], told).news).toEqual([apart]);
  expect(run([{ type: "news-read" }], told).news).toEqual([]);
});

test("what came with the page is shown until it is told otherwise, and never again", () => {
  expect(emptySession.hasBegun).toBe(false);
  const begun = run([{ type: "device", keeps: true }, arrive("a"), { type: "dropped", assignmentId: "a" }]);
  expect([begun.queue, begun.hasBegun]).toEqual([[], true]);
  const asked = run([{ type: "arrived", assignment: null, at: 0 }, { type: "asked-again" }]);
  expect(asked).toMatchObject({ isExhausted: false, hasBegun: true });
  expect(run([{ type: "device", keeps: true }]).hasBegun).toBe(false);
});

test("a reason, a doubt and a flag that new questions leave in place are still to be saved", () => {
  const renewed: SessionAction = { type: "renewed", assignment: anAssignment("a", { schemaVersion: 2 }), at: 0 };
  const session = run([arrive("a"), answer({ helpful: 1 }), { type: "reasoned", reason: "Kept" }, renewed]);
  expect(shownWork(session)).toMatchObject({ answers: {}, reason: "Kept", save: { status: "dirty" } });
  expect(shownWork(run([arrive("a"), renewed]))!.save).toEqual({ status: "clean" });
  const marked = run([
    ...[arrive("a"), { type: "doubted", isUnsure: true }, { type: "flagged", flag: { note: "cut off" } }],
    renewed,
  ] as SessionAction[]);
  expect(shownWork(marked)).toMatchObject({ isUnsure: true, flag: { note: "cut off" }, save: { status: "dirty" } });
});

test("an answer that revealed a text is changed neither by another answer nor by undo", () => {
  const before = run([arrive("a"), answer({ helpful: 1 }), answer({ helpful: 2, truthful: 3 })]);
  const sealed = said({ helpful: 2, truthful: 3 });
  const revealed = anAssignment("a", { sealed, prompt: { html: "<p>Now</p>", map: [], text: "Now" } });
  const after = run([{ type: "revealed", assignment: revealed }], before);
  expect(shownWork(after)).toMatchObject({ answers: sealed, assignment: { prompt: { text: "Now" } } });
  const [changed, undone] = [run([answer({ helpful: 5 })], after), run([{ type: "undone" }], after)];
  expect([shownWork(changed)!.answers, shownWork(undone)!.answers]).toEqual([sealed, sealed]);
  expect(run([{ type: "cleared", question: "comparison" }], after)).toEqual(after);
});
