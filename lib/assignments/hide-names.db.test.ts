import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { idsOfUrls } from "@/lib/images/store";
import type { TaskSchema } from "@/lib/projects/schema";
import { accessFor, aMember, anInstance, aProject, type InstanceFields } from "@/lib/testing/builders";
import { codePointLength, toCodePoint } from "@/lib/text/code-points";
import { widenToUnits } from "@/lib/text/mark-units";
import { decodeMap } from "@/lib/text/offset-map";
import { nextAssignment } from "./lease";
import { getAssignment, listHistory } from "./queries";
import { skipAssignment } from "./skip";
import { submitAssignment } from "./submit";

const schema: TaskSchema = {
  questions: [
    {
      ...{ id: "spans", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
      categories: [{ id: "wrong", name: "Wrong", definition: "" }],
    },
    { id: "steps", type: "steps", name: "Steps", definition: "", cut: "sentence", flags: [] },
  ],
  reason: "off",
  maskModelNames: true,
};
const texts = [
  "😀 I am Claude, made by Anthropic. As Koala-13B I run `koala-13b`.\n\nThe sky is green.",
  "I'm **ChatGPT**, made by OpenAI. Koala 13B is worse.",
];
const names = /claude|anthropic|chatgpt|openai|koala|13b|bard/i;

async function aWorld(maskModelNames: boolean, completions: NonNullable<InstanceFields["completions"]>) {
  const project = await aProject({ schema: { ...schema, maskModelNames } });
  const { user } = await aMember(project);
  const messages = [
    { role: "user", content: "Who are you?" },
    { role: "assistant", content: "I am Bard." },
    { role: "user", content: "Really?" },
  ];
  const models = ["koala-13b", "vendor/gpt"];
  const instance = await anInstance(project, {
    messages,
    completions: completions.map((one, index) => ({
      ...{ model: models[index] },
      ...(typeof one === "string" ? { text: one } : one),
    })),
  });
  return { instance, me: await accessFor(user, project, "label:write") };
}

test("no byte of an assignment names a model, and offsets stay those of the true text", async () => {
  const { instance, me } = await aWorld(true, [
    texts[0]!,
    { text: texts[1], steps: ["I'm **ChatGPT**, made", "by OpenAI.\n", "Koala 13B is worse."], hasSteps: true },
  ]);
  const view = (await nextAssignment(me, { held: [] }))!;
  expect(JSON.stringify(view)).not.toMatch(names);
  expect(JSON.stringify(view)).not.toContain("\uFDD0");
  expect(view.messages![1]!.html).toContain("I am [name hidden].");

  const { shownOrder } = await prisma.assignment.findFirstOrThrow({ where: { id: view.id } });
  const first = view.completions[shownOrder.indexOf(0)]!;
  expect(first.html).toContain("I am [name hidden], made by [name hidden].");
  expect(first.text).toBe("😀 I am ██████, made by █████████. As █████████ I run `█████████`.\n\nThe sky is green.");
  expect(codePointLength(first.text)).toBe(codePointLength(texts[0]!));
  expect(first.steps!.map(({ text }) => text).join("")).toBe(first.text);
  const atom = decodeMap(first.map).find(({ isAtom }) => isAtom)!;
  expect([...texts[0]!].slice(atom.raw.start, atom.raw.end).join("")).toBe("Claude");
  expect(view.completions[shownOrder.indexOf(1)]!.steps!.map(({ text }) => text)).toEqual([
    "I'm **███████**, made",
    "by ██████.\n",
    "█████████ is worse.",
  ]);

  // A span is stored where it stands in the text that was imported.
  const start = toCodePoint(texts[0]!, texts[0]!.indexOf("green"));
  const on = shownOrder.indexOf(0);
  const span = { on, start, end: start + 5, category: "wrong" };
  const good = (count: number) => ({
    labels: Array<"good">(count).fill("good"),
    flags: Array<string[]>(count).fill([]),
    firstError: null,
  });
  await submitAssignment(me, view.id, {
    ...{ submissionId: "33333333-3333-4333-8333-333333333333", schemaVersion: 1, guidelinesVersion: 1 },
    answers: {
      spans: { covered: [0, 1], spans: [span] },
      steps: { completions: view.completions.map(({ steps }) => good(steps!.length)) },
    },
    ...{ reason: "", isUnsure: false, activeMs: 1, held: [] },
  });
  const label = await prisma.label.findFirstOrThrow({ where: { instanceId: instance.id, type: "spans" } });
  expect(label.payload).toEqual({
    covered: [0, 1],
    spans: [{ completion: 0, start, end: start + 5, category: "wrong" }],
  });
  const again = await getAssignment(me, view.id);
  expect(JSON.stringify(again)).not.toMatch(names);
  expect(again.submitted!.answers.spans).toEqual({ covered: [0, 1], spans: [span] });
});

test("what is a whole segment is told by what its reader sees, not by the hidden names", async () => {
  const text = "I am Koala 13B here, and this is all that I can say.";
  const [spans] = schema.questions;
  const errors = { ...spans, categories: [{ id: "wrong", name: "Wrong", definition: "", unit: "segment" }] };
  const project = await aProject({ schema: { ...schema, questions: [errors as TaskSchema["questions"][number]] } });
  await anInstance(project, { completions: [{ text, model: "koala-13b" }] });
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const view = (await nextAssignment(me, { held: [] }))!;
  const whole = widenToUnits(view.completions[0]!.text, { start: 0, end: 4 }, "segment");
  expect([whole, widenToUnits(text, { start: 0, end: 4 }, "segment").end]).toEqual([{ start: 0, end: 52 }, 20]);
  const { saved } = await submitAssignment(me, view.id, {
    ...{ submissionId: "33333333-3333-4333-8333-333333333334", schemaVersion: 1, guidelinesVersion: 1 },
    answers: { spans: { covered: [0], spans: [{ on: 0, ...whole, category: "wrong" }] } },
    ...{ reason: "", isUnsure: false, activeMs: 1, held: [] },
  });
  expect(saved.labels).toBe(1);
});

test("the words for images beside what models said name no model either, and those of people stay", async () => {
  const project = await aProject({ schema: { ...schema, maskModelNames: true } });
  const id = (await idsOfUrls(prisma, project.id, ["https://example.org/a.png"])).get("https://example.org/a.png")!;
  const images = [{ id, alt: "A bard of Koala-13B. I am Claude." }];
  await anInstance(project, {
    ...{ images, hasImages: true },
    messages: [
      { role: "user", content: "Draw", images },
      { role: "assistant", content: "", images },
    ],
    completions: [{ text: "", images, model: "koala-13b" }, "Second"],
  });
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const view = (await nextAssignment(me, { held: [] }))!;
  const masked = "A bard of █████████. I am ██████.";
  const alts = [view, ...view.messages!, ...view.completions].map((part) => part.images.map(({ alt }) => alt).join());
  expect(alts.sort()).toEqual(["", images[0]!.alt, images[0]!.alt, masked, masked].sort());
  expect(view.messages![1]!.images[0]!.alt).toBe(masked);
});

test("images within texts are those that were imported, and their addresses name nobody", async () => {
  const project = await aProject({ schema: { ...schema, maskModelNames: true } });
  const address = "https://koala-13b.example.org/Koala-13B.png";
  const text = `I am Claude ![Koala-13B][1]![b](https://example.org/b.png)\n\n[1]: ${address}`;
  await anInstance(project, {
    messages: [{ role: "assistant", content: text }],
    completions: [{ text, model: "koala-13b" }, "Second"],
  });
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const view = (await nextAssignment(me, { held: [] }))!;
  expect(JSON.stringify(view)).not.toMatch(names);
  const rows = await prisma.image.findMany({ where: { projectId: project.id } });
  expect(rows.map(({ url }) => url).sort()).toEqual(["https://example.org/b.png", address]);
  const shown = [address, "https://example.org/b.png"].map((url) => rows.find((row) => row.url === url)!.id);
  for (const { html } of [...view.messages!, view.completions.find((one) => one.text.includes("██"))!])
    expect([...html.matchAll(/src="[^"]*\/([^"/]*)"/g)].map(([, id]) => id)).toEqual(shown);
});

test("the history names no model where a model had the last word", async () => {
  const project = await aProject({ schema: { ...schema, maskModelNames: true } });
  const me = await accessFor((await aMember(project)).user, project, "label:write");
  const filling = "x ".repeat(69);
  for (const role of ["assistant", "user"]) {
    const content = `${filling}. Koala-13B: I am Claude`;
    await anInstance(project, { messages: [{ role, content }], completions: [{ text: "a", model: "koala-13b" }] });
    const view = await nextAssignment(me, { held: [] });
    await skipAssignment(me, view!.id, { held: [] });
  }
  const { items } = await listHistory(me, { state: "skipped", limit: 5 });
  expect(items.map(({ promptStart }) => promptStart).sort()).toEqual([
    `${filling}. Koala-13B: I am Clau`,
    `${filling}. █████████: I am ████`,
  ]);
});

test("a project that does not ask for it shows texts as they are", async () => {
  const { me } = await aWorld(false, texts);
  const view = (await nextAssignment(me, { held: [] }))!;
  expect(view.completions.map(({ text }) => text).sort()).toEqual([...texts].sort());
  expect(view.messages![1]!.html).toContain("Bard");
});
