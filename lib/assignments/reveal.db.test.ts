import { expect, test } from "vitest";
import { defaultComparison, type TaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject, type InstanceFields } from "@/lib/testing/builders";
import { saveDraft } from "./draft";
import { nextAssignment } from "./lease";
import { getAssignment, listHistory } from "./queries";
import { revealTexts } from "./reveal";
import { submitInput, type Answers, type SubmitInput } from "./schema";
import { skipAssignment } from "./skip";
import { submitAssignment } from "./submit";

/** As in Learning to Summarize: first what the summaries alone tell, then the post that they summarise. */
const schema: TaskSchema = {
  questions: [
    {
      ...{ id: "understood", type: "critique", name: "Understood", definition: "What does the summary tell you?" },
      ...{ isRequired: true, rewrite: "off" },
    },
    defaultComparison,
  ],
  reason: "off",
  shows: { reference: true },
  reveal: [
    { show: "prompt", after: "understood" },
    { show: "reference", after: "understood" },
  ],
};

const texts = { prompt: "The secret post", context: "A subreddit", reference: "The secret reference" };

async function aWorld(fields: InstanceFields = texts, asked: TaskSchema = schema) {
  const project = await aProject({ schema: asked, overlap: 2 });
  const member = await aMember(project);
  await anInstance(project, fields);
  const me = await accessFor(member.user, project, "label:write");
  const view = (await nextAssignment(me, { held: [] }))!;
  return { project, me, view, id: view.id };
}

const understood = (...written: string[]) => ({ completions: written.map((text) => ({ text, rewrite: null })) });
const given = { schemaVersion: 1, question: "understood", answer: understood("Cats", "Dogs") };

let counter = 0;
function anInput(answers: Answers, fields: Partial<SubmitInput> = {}): SubmitInput {
  const submissionId = `33333333-3333-4333-8333-${String(++counter).padStart(12, "0")}`;
  return submitInput.parse({ submissionId, schemaVersion: 1, guidelinesVersion: 1, answers, activeMs: 5, ...fields });
}

test("hidden texts are not sent before their question has an answer, and then they are", async () => {
  const { me, view, id } = await aWorld();
  expect(JSON.stringify(view)).not.toContain("secret");
  expect(view).toMatchObject({ prompt: null, messages: null, reference: null, context: { text: "A subreddit" } });
  expect(view.hidden).toEqual(schema.reveal);
  const draft = { schemaVersion: 1, answers: { understood: given.answer }, reason: "", activeMs: 0 };
  await saveDraft(me, id, draft);
  expect(JSON.stringify(await getAssignment(me, id))).not.toContain("secret");

  const revealed = await revealTexts(me, id, given);
  expect(revealed).toMatchObject({
    ...{ prompt: { text: "The secret post" }, reference: { text: "The secret reference" }, hidden: [] },
    ...{ sealed: { understood: given.answer }, draft: { answers: { understood: given.answer } } },
  });
  expect(await getAssignment(me, id)).toEqual(revealed);
});

test("a conversation is hidden like a prompt, and what an instance lacks is not waited for", async () => {
  const { view } = await aWorld({ messages: [{ role: "user", content: "A secret" }] });
  expect(JSON.stringify(view)).not.toContain("secret");
  expect(view.hidden).toEqual([{ show: "prompt", after: "understood" }]);
});

test("a reference is sent only where the task schema shows it", async () => {
  const { shows, reveal, ...plain } = schema;
  expect((await aWorld(texts, plain)).view).toMatchObject({ prompt: { text: "The secret post" }, reference: null });
  expect((await aWorld(texts, { ...plain, shows: { reference: false } })).view.reference).toBeNull();
  expect((await aWorld(texts, { ...plain, shows })).view.reference?.text).toBe(texts.reference);
  expect(reveal).toBeDefined();
});

test("an answer that is not whole, or to a question that reveals nothing, reveals nothing", async () => {
  const { me, id, project } = await aWorld();
  await expect(revealTexts(me, id, { ...given, answer: understood("Cats", "") })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("cannot be stored"),
  });
  await expect(revealTexts(me, id, { ...given, question: "comparison", answer: { overall: 1 } })).rejects.toMatchObject(
    { code: "invalid", message: "The question comparison reveals nothing in this assignment." },
  );
  await expect(revealTexts(me, id, { ...given, schemaVersion: 2 })).rejects.toMatchObject({ code: "conflict" });
  const stranger = await accessFor((await aMember(project)).user, project, "label:write");
  await expect(revealTexts(stranger, id, given)).rejects.toMatchObject({ code: "not_found" });
  expect((await getAssignment(me, id)).sealed).toEqual({});
});

test("the answer that revealed a text stays: in drafts, when it is given again, and in the submission", async () => {
  const { me, id } = await aWorld();
  await revealTexts(me, id, given);
  const other = understood("Cats, as I now see", "Dogs");
  await expect(revealTexts(me, id, { ...given, answer: other })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("has revealed a text and stays as it was then"),
  });
  expect((await revealTexts(me, id, given)).sealed).toEqual({ understood: given.answer });
  const answers = { understood: other, comparison: { overall: 1 } };
  await saveDraft(me, id, { schemaVersion: 1, answers, reason: "", activeMs: 0 });
  expect((await getAssignment(me, id)).draft!.answers).toEqual({ ...answers, understood: given.answer });
  await expect(submitAssignment(me, id, anInput(answers))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("the answer to understood revealed a text and stays as it was then"),
  });
  const whole = { understood: given.answer, comparison: { overall: 1 } };
  await submitAssignment(me, id, anInput(whole));
  // A revision, too.
  const { submitted, draft } = await getAssignment(me, id);
  expect([submitted!.answers, draft]).toEqual([whole, null]);
  const revises = submitted!.submissionId;
  await expect(submitAssignment(me, id, anInput(answers, { revises }))).rejects.toMatchObject({ code: "invalid" });
  await submitAssignment(me, id, anInput({ ...whole, comparison: { overall: 5 } }, { revises }));
  await expect(revealTexts(me, id, { ...given, answer: other })).rejects.toMatchObject({ code: "conflict" });
});

test("texts are revealed in the order of their questions, and an answer for which nothing waits is not kept", async () => {
  const reveal: TaskSchema["reveal"] = [
    { show: "reference", after: "comparison" },
    { show: "prompt", after: "understood" },
  ];
  const compared = { schemaVersion: 1, question: "comparison", answer: { overall: 1 } };
  const both = await aWorld(texts, { ...schema, reveal });
  await expect(revealTexts(both.me, both.id, compared)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("comes after understood"),
  });
  await revealTexts(both.me, both.id, given);
  const { hidden, sealed } = await revealTexts(both.me, both.id, compared);
  expect([hidden, sealed]).toEqual([[], { understood: given.answer, comparison: compared.answer }]);

  const without = await aWorld({ prompt: texts.prompt }, { ...schema, reveal });
  await revealTexts(without.me, without.id, given);
  await expect(revealTexts(without.me, without.id, compared)).rejects.toMatchObject({ code: "invalid" });
  expect((await getAssignment(without.me, without.id)).sealed).toEqual({ understood: given.answer });
});

test("of two answers at once that reveal a text one stays and the other is refused", async () => {
  const { me, id } = await aWorld();
  const answers = [given.answer, understood("Birds", "Dogs")];
  const results = await Promise.allSettled(answers.map((answer) => revealTexts(me, id, { ...given, answer })));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const kept = answers[results.findIndex(({ status }) => status === "fulfilled")];
  expect((await getAssignment(me, id)).sealed).toEqual({ understood: kept });
});

test("nothing is submitted before all texts were read", async () => {
  const { me, id } = await aWorld();
  const answers = { understood: given.answer, comparison: { overall: 1 } };
  await expect(submitAssignment(me, id, anInput(answers))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("the prompt is not revealed yet, which the answer to understood does"),
  });
});

test("under new questions texts are hidden again, and an answer kept from before binds no more", async () => {
  const { me, id, project } = await aWorld();
  await revealTexts(me, id, given);
  const admin = await accessFor((await aMember(project, { role: "admin" })).user, project, "project:update");
  await updateProject(admin, { taskSchema: { ...schema, reason: "optional" } });
  expect(await getAssignment(me, id)).toMatchObject({ prompt: null, sealed: {}, draft: null });
  const again = { ...given, schemaVersion: 2, answer: understood("Birds", "Dogs") };
  expect((await revealTexts(me, id, again)).sealed).toEqual({ understood: again.answer });
});

test("the history does not show the beginning of a prompt that was never revealed", async () => {
  const { me, id } = await aWorld();
  await skipAssignment(me, id, { held: [] });
  const skipped = { state: "skipped", limit: 5 } as const;
  expect((await listHistory(me, skipped)).items).toMatchObject([{ id, promptStart: null }]);
  await revealTexts(me, id, given);
  expect((await listHistory(me, skipped)).items).toMatchObject([{ id, promptStart: "The secret post" }]);
});
