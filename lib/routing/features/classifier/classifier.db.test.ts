import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, Run } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun } from "@/lib/jobs/runs";
import { setEncoder } from "@/lib/reward/encoder-choice";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { seededRandom } from "@/lib/stats/random";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { classifierRun } from "./classifier-run";
import { classifierRunResult } from "./schema";
import { getClassifier, startClassifier } from "./start";

const topics = {
  Law: ["court", "statute", "judge", "lawsuit", "appeal", "verdict", "contract"],
  Chemistry: ["acid", "molecule", "reaction", "solvent", "oxide", "catalyst", "polymer"],
} as const;
type Topic = keyof typeof topics;

/** Learning takes seconds, and the thread a few to begin. */
const timeout = 120_000;

let project: Project;
let access: Access<"routing:manage"> & Access<"routing:read"> & Access<"run:cancel"> & Access<"reward:manage">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  access = (await accessFor(user, project, "routing:manage")) as typeof access;
});
afterAll(endThread);

const promptAbout = (topic: Topic, i: number): string => {
  const words = topics[topic];
  return `Explain the ${words[i % 7]!} and the ${words[(i * 3 + 2) % 7]!}, case ${i}`;
};

async function tag(instance: { id: string }, tags: Tags, source: "lm" | "tool" = "lm"): Promise<void> {
  await prisma.instanceTag.createMany({ data: tagRows(instance.id, tags, source) });
}

type Tags = Record<string, string>;

const tagRows = (instanceId: string, tags: Tags, source: "lm" | "tool") =>
  Object.entries(tags).map(([dimension, value]) => ({
    ...{ projectId: project.id, instanceId, source, dimension, value, place: 0 },
    ...{ annotator: "judge:x@1", method: "tagger-1" },
  }));

/** Instances with these prompts and tags, in two statements. */
async function addTagged(instances: { prompt: string; tags: Tags }[]): Promise<void> {
  const rows = instances.map((one) => ({ ...one, id: uuidv7() }));
  await prisma.instance.createMany({
    data: rows.map(({ id, prompt }) => ({
      ...{ projectId: project.id, id, outsideId: id, prompt, contentHash: id, promptHash: prompt, split: "train" },
      ...{ route: "human", isLabelable: true, openSlots: 1 },
    })),
  });
  await prisma.instanceTag.createMany({ data: rows.flatMap(({ id, tags }) => tagRows(id, tags, "lm")) });
}

/** Prompts about two topics; tables come with chemistry alone, and safety has nothing to do with anything. */
async function tagPrompts(count: number): Promise<void> {
  const random = seededRandom(2);
  await addTagged(
    Array.from({ length: count }, (_, i) => {
      const topic: Topic = i % 2 === 0 ? "Law" : "Chemistry";
      const table: Tags = topic === "Chemistry" ? { type_of_in_context_material: `table ${i}` } : {};
      const safety_concern = random() < 0.5 ? "safe" : "low";
      return { prompt: promptAbout(topic, i), tags: { subject_of_expertise: topic, safety_concern, ...table } };
    }),
  );
}

async function classify(): Promise<Run> {
  const { id } = await startClassifier(access);
  await work();
  return await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } });
}

async function work(): Promise<void> {
  const taskList = runTasks({ "tag-classifier": classifierRun });
  await workOff(taskList);
}

const tagsOf = async ({ id }: Instance) =>
  await prisma.instanceTag.findMany({
    where: { instanceId: id },
    select: { source: true, dimension: true, value: true, annotator: true, method: true },
    orderBy: { dimension: "asc" },
  });

test("instances that nobody has tagged get the tags that are learned well, and no others", { timeout }, async () => {
  await tagPrompts(70);
  const law = await anInstance(project, { prompt: "Which court takes an appeal or a lawsuit?" });
  const chemistry = await anInstance(project, {
    messages: [{ role: "user", content: "A solvent, a polymer, an acid" }],
  });
  const picture = await anInstance(project, { prompt: "Which court?", hasImages: true });
  const byLm = await anInstance(project, { prompt: "The oxide and the molecule" });
  await tag(byLm, { subject_of_expertise: "Law" });
  expect(await getClassifier(access)).toMatchObject({
    prompts: 71,
    fewest: 50,
    tagged: 0,
    untagged: 3,
    dimensions: null,
  });
  const run = await classify();
  expect(run.state).toBe("succeeded");
  const { method, dimensions, tagged } = classifierRunResult.parse(run.result);
  expect({ method, tagged }).toEqual({ method: "classifier-1/hashed-w12-c345-1", tagged: 2 });
  const figuresOf = (name: string) => dimensions.find(({ dimension }) => dimension === name)!;
  expect(dimensions).toHaveLength(8);
  expect(figuresOf("subject_of_expertise")).toMatchObject({ prompts: 71, values: 2, isWritten: true });
  expect(figuresOf("subject_of_expertise").accuracy!.value).toBeGreaterThan(0.9);
  expect(figuresOf("type_of_in_context_material")).toMatchObject({ values: 2, isWritten: true });
  expect(figuresOf("safety_concern")).toMatchObject({ prompts: 70, isWritten: false });
  expect(figuresOf("languages")).toMatchObject({ prompts: 0, values: 0, accuracy: null, isWritten: false });
  const by = { source: "tool", annotator: "classifier", method };
  expect(await tagsOf(law)).toEqual([{ ...by, dimension: "subject_of_expertise", value: "Law" }]);
  expect(await tagsOf(chemistry)).toEqual([
    { ...by, dimension: "subject_of_expertise", value: "Chemistry" },
    { ...by, dimension: "type_of_in_context_material", value: "present" },
  ]);
  expect(await tagsOf(picture)).toEqual([]);
  expect(await tagsOf(byLm)).toMatchObject([{ source: "lm", value: "Law" }]);
  expect(await getClassifier(access)).toMatchObject({ tagged: 2, untagged: 1, dimensions, runId: run.id });
});

test("a later run replaces what an earlier classifier named", { timeout }, async () => {
  await tagPrompts(60);
  const law = await anInstance(project, { prompt: "The court, the judge and the statute" });
  await tag(law, { subject_of_expertise: "Chemistry", safety_concern: "low", languages: "Thai" }, "tool");
  await classify();
  expect((await tagsOf(law)).map(({ dimension, value }) => `${dimension}: ${value}`)).toEqual([
    "subject_of_expertise: Law",
  ]);
});

test("prompts that occur many times are learned from once, and too few of them are refused in words", async () => {
  const tags = { subject_of_expertise: "Law" };
  await addTagged(Array.from({ length: 60 }, (_, i) => ({ prompt: promptAbout("Law", i % 40), tags })));
  await expect(startClassifier(access)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^40 prompts have tags, and a classifier needs 50\./) as string,
  });
});

test(
  "it learns from the vectors of the project's encoder, and a cancelled run leaves what it tagged",
  { timeout },
  async () => {
    await tagPrompts(50);
    await setEncoder(access, { model: { folder: "tiny-bert", pooling: "mean" } });
    const { id } = await startClassifier(access);
    expect(await startClassifier(access)).toEqual({ id });
    await cancelRun(access, id);
    const run = await classify();
    expect(run).toMatchObject({
      state: "succeeded",
      result: { method: expect.stringMatching(/^classifier-1\/onnx-/) as string },
    });
    // Prompts are read once, so their vectors are not kept.
    expect(await prisma.encoderVector.count()).toBe(0);
  },
);
