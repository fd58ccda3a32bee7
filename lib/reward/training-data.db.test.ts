import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { aLabel, anInstance, aProject } from "@/lib/testing/builders";
import { openFeatureEncoder } from "./feature-encoder";
import { sparing } from "./failures/spare";
import { loadTrainingData } from "./training-data";

const builtIn = (projectId: string) => openFeatureEncoder({ projectId, config: builtInEncoder });

test("a model learns from answers to one question, not from another with an aspect of the same name", async () => {
  const project = await aProject();
  const snapshotId = uuidv7();
  await prisma.snapshot.create({
    data: { projectId: project.id, id: snapshotId, name: "One", filter: {}, runId: uuidv7() },
  });
  const instance = await anInstance(project);
  const asked = await aLabel(instance, { payload: { preferred: 0 } });
  const other = await aLabel(instance, { question: "shorter", payload: { preferred: 1 } });
  await prisma.snapshotLabel.createMany({
    data: [asked, other].map(({ id: labelId }) => ({
      ...{ projectId: project.id, snapshotId, instanceId: instance.id, labelId },
    })),
  });
  const encoder = await builtIn(project.id);
  const load = (question: string | null) =>
    loadTrainingData(prisma, {
      ...{ projectId: project.id, snapshotId, question, aspect: "overall", lmWeight: 0.5, encoder, ...sparing("run") },
    });
  expect((await load("comparison")).pairs).toHaveLength(1);
  expect((await load("none")).pairs).toHaveLength(0);
  expect((await load(null)).pairs).toHaveLength(2);
});

test("pairs of which a completion has images are left out and counted, those with images in the prompt are not", async () => {
  const project = await aProject();
  const snapshotId = uuidv7();
  await prisma.snapshot.create({
    data: { projectId: project.id, id: snapshotId, name: "One", filter: {}, runId: uuidv7() },
  });
  const images = [{ id: "01900000-0000-4000-8000-00000000000a", alt: "" }];
  const instances = [
    await anInstance(project, { hasImages: true, images }),
    await anInstance(project, { hasImages: true, completions: ["text", { text: "", images }] }),
  ];
  for (const instance of instances) {
    const { id: labelId } = await aLabel(instance);
    await prisma.snapshotLabel.create({
      data: { projectId: project.id, snapshotId, instanceId: instance.id, labelId },
    });
  }
  const encoder = await builtIn(project.id);
  const data = await loadTrainingData(prisma, {
    ...{
      projectId: project.id,
      snapshotId,
      question: null,
      aspect: "overall",
      lmWeight: 0.5,
      encoder,
      ...sparing("run"),
    },
  });
  expect(data.pairs).toHaveLength(1);
  expect(data.withImages).toBe(1);
});
