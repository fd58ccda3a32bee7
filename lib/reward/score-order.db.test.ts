import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { aLabel, anInstance, aProject } from "@/lib/testing/builders";
import { nextToScore } from "./score-order";

let project: Project;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject();
});

/** An instance whose first two completions have these rewards by the members of version 1. */
async function anInstanceWith(members: [number[], number[]]): Promise<string> {
  const { id } = await anInstance(project, {});
  await score(id, 1, members);
  return id;
}

async function score(instanceId: string, modelVersion: number, members: number[][]): Promise<void> {
  await prisma.rewardScore.deleteMany({ where: { instanceId } });
  await prisma.rewardScore.createMany({
    data: members.map((one, index) => ({
      ...{ projectId: project.id, instanceId, index, modelVersion, reward: 0, rewardWithSides: 0, members: one },
    })),
  });
}

const agreed: [number[], number[]] = [
  [900, 900],
  [-900, -900],
];
const unsure: [number[], number[]] = [
  [0.1, -0.1],
  [0, 0],
];
const disputed: [number[], number[]] = [
  [3, -3],
  [-3, 3],
];

test("what waits for a label comes first: without a score, then by how much the members dispute it", async () => {
  const labelled = await anInstanceWith(disputed);
  await aLabel({ projectId: project.id, id: labelled });
  const sure = await anInstanceWith(agreed);
  const most = await anInstanceWith(disputed);
  const little = await anInstanceWith(unsure);
  const { id: unscored } = await anInstance(project, {});
  const { id: labelledUnscored } = await anInstance(project, {});
  await aLabel({ projectId: project.id, id: labelledUnscored });
  const { id: demo } = await anInstance(project, {});
  await aLabel({ projectId: project.id, id: demo }, { source: "demo" });
  const order = [...[unscored, demo].sort(), most, little, sure, labelledUnscored, labelled];
  expect(await nextToScore(project.id, 2, 10)).toEqual(order);
  expect(await nextToScore(project.id, 2, 2)).toEqual(order.slice(0, 2));
  await score(most, 2, disputed);
  expect(await nextToScore(project.id, 2, 10)).toEqual(order.filter((id) => id !== most));
});
