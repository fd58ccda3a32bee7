import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { defaultComparison, type TaskSchema } from "@/lib/projects/schema";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { nextAssignment } from "./lease";
import { getAssignment } from "./queries";
import { releaseAssignment } from "./release";
import { submitInput } from "./schema";
import { submitAssignment } from "./submit";

const versions = { schemaVersion: null, guidelinesVersion: null };
const sources = ["lm", "rm", "tool"] as const;

async function aWorld(suggestions: "shown" | "prefilled", route: "dual" | "human") {
  const schema: TaskSchema = { questions: [defaultComparison], reason: "off", suggestions };
  const project = await aProject({ schema });
  const instance = await anInstance(project, { route });
  return { project, instance, me: await accessFor((await aMember(project)).user, project, "label:write") };
}

let counter = 0;
function anInput(overall: number) {
  const submissionId = `55555555-4444-4444-8444-${String(++counter).padStart(12, "0")}`;
  const answers = { comparison: { overall } };
  return submitInput.parse({ submissionId, schemaVersion: 1, guidelinesVersion: 1, answers, activeMs: 5 });
}

async function recorded(projectId: string): Promise<unknown> {
  const where = { projectId, source: "human" as const, isCurrent: true };
  return (await prisma.label.findFirstOrThrow({ where })).suggestion;
}

test.each(["shown", "prefilled"] as const)(
  "of what was drawn for people and AI nothing is %s, before, while and after people answer",
  async (mode) => {
    const { project, instance, me } = await aWorld(mode, "dual");
    for (const source of sources) await aLabel(instance, { source, annotator: "import:early", ...versions });
    const { id, suggestions } = (await nextAssignment(me, { held: [] }))!;
    expect(suggestions).toBeNull();
    for (const source of sources) await aLabel(instance, { source, annotator: "import:late", ...versions });
    expect((await getAssignment(me, id)).suggestions).toBeNull();

    await submitAssignment(me, id, anInput(2));
    const { suggestions: after, submitted } = await getAssignment(me, id);
    expect(after).toBeNull();
    expect(await recorded(project.id)).toBeNull();
    await submitAssignment(me, id, { ...anInput(4), revises: submitted!.submissionId });
    expect(await recorded(project.id)).toBeNull();
    expect(await prisma.assignment.findFirstOrThrow({ where: { id } })).toMatchObject({ suggestions: null });
  },
);

test("the same labels are shown where only people were asked", async () => {
  const { instance, me } = await aWorld("shown", "human");
  await aLabel(instance, { source: "lm", annotator: "import:early", ...versions });
  expect((await nextAssignment(me, { held: [] }))!.suggestions!.answers).not.toEqual({});
});

test("who saw a suggestion before the instance was drawn is not shown it again, and the label says that they saw it", async () => {
  const { project, instance, me } = await aWorld("shown", "human");
  const label = await aLabel(instance, { source: "rm", annotator: "import:model", ...versions });
  const seen = (await nextAssignment(me, { held: [] }))!;
  expect(seen.suggestions!.answers).not.toEqual({});
  await releaseAssignment(me, seen.id);
  // Scores of a reward model do not settle a route: it may be drawn anew.
  await prisma.instance.updateMany({ where: { id: instance.id }, data: { route: "dual" } });
  const again = (await nextAssignment(me, { held: [] }))!;
  expect(again.suggestions).toBeNull();
  await submitAssignment(me, again.id, anInput(2));
  expect(await recorded(project.id)).toMatchObject({ label: label.id, source: "rm", mode: "shown" });
});
