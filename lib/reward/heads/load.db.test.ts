import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Instance, Label, Project } from "@/lib/db/generated/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { aLabel, aLabelOf, anInstance, aProject } from "@/lib/testing/builders";
import { comparedAspect } from "../compared-aspect";
import { canTrain } from "../decided-pairs";
import { openFeatureEncoder } from "../feature-encoder";
import { sparing } from "../failures/spare";
import { loadTrainingData, type LoadedData } from "../training-data";
import { headsAskedFor } from "./asked";
import type { TaskSchema } from "@/lib/projects/schema";
import type { Compared } from "../compared-aspect";

const aspect = (id: string): { id: string; name: string; definition: string } => ({ id, name: id, definition: "" });
const comparison = {
  ...{ id: "better", type: "comparison", scale: 5, bothBad: true },
  aspects: [aspect("overall"), aspect("kind"), aspect("true")],
} as const;
const ranking = { ...aspect("order"), type: "ranking" } as const;
const rating = {
  ...{ id: "stars", type: "rating", aspects: [aspect("overall")] },
  scale: { kind: "points", points: 5 },
} as const;
const words = {
  ...{ id: "words", type: "rating", aspects: [aspect("tone")] },
  scale: {
    kind: "categories",
    categories: [
      { value: "rude", name: "Rude" },
      { value: "fine", name: "Fine" },
    ],
  },
} as const;
const binary = { ...aspect("right"), type: "binary", kind: "correct" } as const;

const schemaOf = (...questions: unknown[]): TaskSchema => ({ questions, reason: "off" }) as TaskSchema;

async function load(project: Project, labels: readonly Label[], asked: TaskSchema, of: Compared): Promise<LoadedData> {
  const snapshotId = uuidv7();
  await prisma.snapshot.create({
    data: { projectId: project.id, id: snapshotId, name: "One", filter: {}, runId: uuidv7() },
  });
  await prisma.snapshotLabel.createMany({
    data: labels.map(({ id: labelId, instanceId }) => ({ projectId: project.id, snapshotId, instanceId, labelId })),
  });
  const encoder = await openFeatureEncoder({ projectId: project.id, config: builtInEncoder });
  const heads = headsAskedFor(asked, of);
  const { spare } = sparing("run");
  return await loadTrainingData(prisma, {
    projectId: project.id,
    snapshotId,
    ...of,
    heads,
    lmWeight: 0.5,
    encoder,
    spare,
  });
}

const three = (project: Project): Promise<Instance> => anInstance(project, { completions: ["one", "two", "three"] });

test("labels of every kind are read, each vote with its weight, and the prompt where aspects are to be weighed by it", async () => {
  const project = await aProject();
  const instance = await three(project);
  const by = (source: "human" | "lm"): object => ({ source });
  const labels = [
    await aLabel(instance, { question: "better" }),
    await aLabel(instance, { question: "better", aspect: "kind", payload: { preferred: 1, strength: 2 } }),
    await aLabelOf(instance, "ranking", { ranks: [1, 2, 2] }, { question: "order" }),
    await aLabelOf(instance, "ranking", { ranks: [2, 1, 3] }, { question: "order", ...by("lm") }),
    await aLabelOf(instance, "rating", { completion: 1, aspect: "overall", value: 4 }, { question: "stars" }),
    await aLabelOf(
      instance,
      "rating",
      { completion: 1, aspect: "overall", value: 1 },
      { question: "stars", ...by("lm") },
    ),
    await aLabelOf(instance, "rating", { completion: 1, aspect: "overall", value: 9 }, { question: "stars" }),
    await aLabelOf(
      instance,
      "rating",
      { completion: 0, aspect: "tone", value: "fine" },
      { question: "words", aspect: "tone" },
    ),
    await aLabelOf(
      instance,
      "binary",
      { completion: 2, value: true, kind: "correct" },
      { question: "right", aspect: "correct", ...by("lm") },
    ),
  ];
  const { pairs, heads, texts, pairsAreInduced } = await load(
    project,
    labels,
    schemaOf(comparison, ranking, rating, words, binary),
    { from: "comparison", question: "better", aspect: "overall" },
  );
  expect([pairs.length, pairsAreInduced]).toEqual([1, false]);
  const place = (text: string): number => texts.indexOf(text);
  const { rankings, ratings, binary: answers, aspects, prompts } = heads!;
  const completions = ["one", "two", "three"].map(place);
  // Two voters, of whom the AI counts half: together they count 1.
  expect(rankings).toMatchObject([
    { completions, ranks: [1, 2, 2], weight: expect.closeTo(2 / 3, 9) as number },
    { completions, ranks: [2, 1, 3], weight: expect.closeTo(1 / 3, 9) as number },
  ]);
  expect(ratings.columns.map(({ question, names }) => [question, names])).toEqual([
    ["stars", null],
    ["words", ["rude", "fine"]],
  ]);
  // A value that the scale does not have is no vote.
  expect(ratings.examples).toMatchObject([
    {
      ...{ completion: place("two"), column: 0, weight: 1 },
      votes: [
        { value: 4, share: expect.closeTo(2 / 3, 9) as number },
        { value: 1, share: expect.closeTo(1 / 3, 9) as number },
      ],
    },
    { completion: place("one"), column: 1, votes: [{ value: 2, share: 1 }] },
  ]);
  expect(answers.examples).toMatchObject([
    { completion: place("three"), weight: 0.5, votes: [{ value: 1, share: 1 }] },
  ]);
  expect(aspects.columns).toEqual(["kind", "true"]);
  expect(aspects.examples).toMatchObject([{ first: place("one"), second: place("two"), column: 0, strength: -1 }]);
  expect(prompts).toHaveLength(1);
});

test("where nothing is compared, pairs come from rankings, else from ratings of one prompt, else from what is right", async () => {
  const project = await aProject();
  const instance = await three(project);
  const labels = [
    await aLabelOf(instance, "ranking", { ranks: [1, 2, 2] }, { question: "order" }),
    ...(await Promise.all(
      [5, 3, 3].map((value, completion) =>
        aLabelOf(instance, "rating", { completion, aspect: "overall", value }, { question: "stars" }),
      ),
    )),
    ...(await Promise.all(
      [false, true, true].map((value, completion) =>
        aLabelOf(instance, "binary", { completion, value, kind: "correct" }, { question: "right", aspect: "correct" }),
      ),
    )),
  ];
  const strengths = async (asked: TaskSchema): Promise<unknown> => {
    await prisma.taskSchema.updateMany({ where: { projectId: project.id }, data: { payload: asked } });
    const of = (await comparedAspect(prisma, project.id))!;
    const { pairs, sources, pairsAreInduced } = await load(project, labels, asked, of);
    return { from: of.from, strengths: pairs.map(({ strength }) => strength), sources, pairsAreInduced };
  };
  const human = (count: number): string[] => new Array<string>(count).fill("human");
  expect(await strengths(schemaOf(binary, rating, ranking))).toEqual({
    ...{ from: "ranking", strengths: [1, 1, 0], sources: human(3), pairsAreInduced: true },
  });
  expect(await strengths(schemaOf(binary, rating))).toEqual({
    ...{ from: "rating", strengths: [0.5, 0.5, 0], sources: human(3), pairsAreInduced: false },
  });
  expect(await strengths(schemaOf(binary))).toEqual({
    ...{ from: "binary", strengths: [-1, -1], sources: human(2), pairsAreInduced: false },
  });
  expect(await canTrain(prisma, project.id)).toBe(false);
});
