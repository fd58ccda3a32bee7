import { v7 as uuidv7 } from "uuid";
import { afterAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { builtInEncoder } from "@/lib/encoders/hashed";
import { comparisonPayload } from "@/lib/labels/schema";
import { createSystemRun } from "@/lib/jobs/runs";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { addPreferences, tellingWords } from "@/lib/testing/preferences";
import { modelConfig } from "../schema";
import { scoreInput } from "../serving/schema";
import { scoreTexts } from "../score";
import { endThread } from "../scorer-thread-client";
import { trainVersion } from "../trainer";
import { rewardDefaults } from "../training/config";

afterAll(endThread);

type Added = {
  instanceId: string;
  question: string;
  aspect: string;
  target: string;
  payload: Prisma.InputJsonObject;
} & ({ type: "rating" | "binary" } | { type: "comparison" });

/** Ratings, thumbs and two more aspects of every comparison, as the good word would have them. */
async function addOtherLabels(projectId: string): Promise<void> {
  const labels = await prisma.label.findMany({ where: { projectId, type: "comparison" }, orderBy: { id: "asc" } });
  const added = labels.flatMap(({ instanceId, payload }): Added[] => {
    const { preferred } = comparisonPayload.parse(payload);
    const values = [0, 1].map((completion) => ({ completion, isBetter: completion === preferred }));
    return [
      ...values.flatMap(({ completion, isBetter }): Added[] => [
        {
          ...{ instanceId, question: "stars", type: "rating", aspect: "overall", target: String(completion) },
          payload: { completion, aspect: "overall", value: isBetter ? 4 : 2 },
        },
        {
          ...{ instanceId, question: "thumb", type: "binary", aspect: "thumb", target: String(completion) },
          payload: { completion, kind: "thumb", value: isBetter },
        },
      ]),
      ...["kind", "true"].map((aspect): Added => {
        return {
          instanceId,
          question: "comparison",
          type: "comparison",
          aspect,
          target: "0-1",
          payload: payload as Prisma.InputJsonObject,
        };
      }),
    ];
  });
  await prisma.label.createMany({
    data: added.map((one) => ({
      ...{
        ...one,
        projectId,
        id: uuidv7(),
        submissionId: uuidv7(),
        source: "human" as const,
        annotator: "import:someone",
      },
    })),
  });
}

test("a version that was trained on labels of every kind says of a text what each would say", async () => {
  const project = await aProject();
  await addPreferences(project.id, { prompts: 90, noise: 0 });
  await addOtherLabels(project.id);
  const snapshotId = uuidv7();
  const { id: runId } = await createSystemRun(prisma, project.id, { kind: "train", payload: {} });
  await prisma.snapshot.create({ data: { projectId: project.id, id: snapshotId, name: "All", filter: {}, runId } });
  await prisma.$executeRaw`
    insert into snapshot_labels (project_id, snapshot_id, instance_id, label_id)
    select project_id, ${snapshotId}::uuid, instance_id, id from labels where project_id = ${project.id}::uuid`;
  const config = modelConfig.parse({
    ...{ encoder: builtInEncoder, question: "comparison", aspect: "overall", lmWeight: 0.5 },
    heads: {
      ranking: null,
      ratings: [{ question: "stars", aspect: "overall", values: [1, 2, 3, 4, 5], categories: null }],
      binary: [{ question: "thumb", kind: "thumb" }],
      aspects: ["kind", "true"],
    },
    training: { ...rewardDefaults, members: 2, hidden: 4, maxEpochs: 4 },
  });
  const job = { projectId: project.id, runId, snapshotId, seed: 1, config };
  const { artifact, metrics } = await trainVersion(job, () => undefined);
  expect(metrics.heads).toMatchObject({
    ...{ ties: null, rankings: null, leftOut: [] },
    ratings: [{ question: "stars", centres: [1, 2, 3, 4, 5] }],
    binary: [{ question: "thumb" }],
    aspects: [{ aspect: "kind" }, { aspect: "true" }],
    gate: { weights: [{ aspect: "kind" }, { aspect: "true" }] },
  });
  await prisma.rewardModel.create({
    data: {
      ...{ projectId: project.id, version: 1, isActive: true, seed: 1, config, metrics, gate: {} },
      ...{ snapshotId, runId, artifact: Uint8Array.from(artifact) },
    },
  });

  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "reward:read");
  const texts = [tellingWords.good, tellingWords.bad].map((words) => `the answer ${words.join(" ")} of the garden`);
  const items = [{ prompt: "What is to be done?", completions: texts }];
  const scored = await scoreTexts(access, "active", scoreInput.parse({ items, heads: true }));
  const [good, bad] = scored.items[0]!.completions.map(({ heads }) => heads!);
  expect(good!.ratings[0]!.expected).toBeGreaterThan(bad!.ratings[0]!.expected);
  expect(good!.ratings[0]!.probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
  expect(good!.binary[0]!.probability).toBeGreaterThan(bad!.binary[0]!.probability);
  expect(good!.aspects.map(({ aspect }) => aspect)).toEqual(["kind", "true"]);
  expect(good!.aspects[1]!.reward).toBeGreaterThan(bad!.aspects[1]!.reward);
  expect(good!.gated!.reward).toBeGreaterThan(bad!.gated!.reward);
  expect(scored.items[0]!.firstPreferred!.outcomes).toBeNull();
  const [plain] = (await scoreTexts(access, "active", scoreInput.parse({ items }))).items;
  expect(plain!.completions[0]).not.toHaveProperty("heads");
});
