import { afterAll, beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import { deleteOldFiles, getKeptFiles, setKeptFiles } from "./old-versions";
import { promoteRewardModel } from "./promote";
import { readArtifact } from "./queries";
import { findPreviousModel, rollBackRewardModel } from "./roll-back";
import { keptFiles } from "./schema";
import { scoreInput } from "./serving/schema";
import { scoreTexts } from "./score";
import { endThread } from "./scorer-thread-client";
import { sweepVectors } from "./sweep-vectors";

let project: Project;
let access: Access<"reward:manage"> & Access<"reward:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  access = (await accessFor(user, project, "reward:manage")) as typeof access;
});
afterAll(endThread);

const dayMs = 24 * 60 * 60_000;

/** A version that began to serve so many days ago, last; null where it never did. */
async function aVersion(version: number, servedDaysAgo: number | null, isActive = false): Promise<string> {
  const { id } = await aRewardModel(project.id, { version, isActive });
  const promotedAt = servedDaysAgo === null ? null : new Date(Date.now() - servedDaysAgo * dayMs);
  const gate = { isPassed: true, comparedWith: null, isWeakEvidence: false, rules: [], comparison: null };
  await prisma.rewardModel.update({
    where: { projectId_id: { projectId: project.id, id } },
    data: { promotedAt, gate },
  });
  return id;
}

async function withFiles(): Promise<number[]> {
  const rows = await prisma.rewardModel.findMany({
    where: { projectId: project.id, artifact: { not: null } },
    orderBy: { version: "asc" },
  });
  return rows.map(({ version }) => version);
}

test("files stay of the newest, the active and lately served versions, and every version keeps its row", async () => {
  await aVersion(1, 90);
  await aVersion(2, null);
  // It served until version 4 began to.
  await aVersion(3, 60);
  await aVersion(4, 20, true);
  await aVersion(5, null);
  await aVersion(6, null);
  await deleteOldFiles();
  expect(await withFiles()).toEqual([1, 2, 3, 4, 5, 6]);
  await setKeptFiles(access, { newest: 1, servedDays: 30 });
  await deleteOldFiles();
  expect(await withFiles()).toEqual([3, 4, 6]);
  expect(await prisma.rewardModel.count()).toBe(6);
  await setKeptFiles(access, { newest: 1, servedDays: 10 });
  await deleteOldFiles();
  expect(await withFiles()).toEqual([4, 6]);
  const events = await prisma.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
  expect(events.map(({ action, detail }) => ({ action, detail }))).toEqual([
    { action: "reward.files", detail: { newest: 1, servedDays: 30 } },
    { action: "reward.files", detail: { newest: 1, servedDays: 10 } },
  ]);
});

test("a rule is of its project alone, and without one everything is kept", async () => {
  await aVersion(1, null);
  await aVersion(2, null);
  const other = await aProject({ keepNewest: 1 });
  await aRewardModel(other.id, { isActive: false });
  await deleteOldFiles();
  expect(await getKeptFiles(access)).toEqual({ newest: null, servedDays: null });
  expect(await prisma.rewardModel.count({ where: { artifact: { not: null } } })).toBe(3);
  expect(keptFiles.safeParse({ newest: 0 }).success).toBe(false);
});

test("what wants a deleted file says that it is gone and what to do", async () => {
  const old = await aVersion(1, null);
  await aVersion(2, 1, true);
  await setKeptFiles(access, { newest: 1, servedDays: null });
  await deleteOldFiles();
  const gone = { code: "gone", message: expect.stringMatching(/version 1 .* was deleted.* Use another version/) };
  const input = scoreInput.parse({ items: [{ prompt: "", completions: ["A text."] }] });
  await expect(readArtifact(access, old)).rejects.toMatchObject(gone);
  await expect(scoreTexts(access, old, input)).rejects.toMatchObject(gone);
  await expect(promoteRewardModel(access, old, {})).rejects.toMatchObject(gone);
  expect((await scoreTexts(access, "active", input)).version).toBe(2);
});

test("a version that serves cannot lose its file", async () => {
  await aVersion(1, 1, true);
  const taken = prisma.rewardModel.updateMany({ where: { projectId: project.id }, data: { artifact: null } });
  await expect(taken).rejects.toThrow("reward_models_active_has_file");
});

test("vectors go with the last file that needs them", async () => {
  const id = await aVersion(1, null);
  const config = { encoder: { version: "onnx:1", width: 2 } };
  await prisma.rewardModel.update({ where: { projectId_id: { projectId: project.id, id } }, data: { config } });
  const instance = { projectId: project.id, outsideId: "q", contentHash: "c", promptHash: "p", prompt: "Q" };
  await prisma.instance.create({
    data: {
      ...{ ...instance, split: "train", route: "human", isLabelable: true, openSlots: 1 },
      completions: { create: { index: 0, outsideId: "a", text: "text" } },
    },
  });
  await prisma.$executeRaw`
    insert into encoder_vectors values (${project.id}::uuid, 'onnx:1', sha256('text'), '\\x00')`;
  await sweepVectors();
  expect(await prisma.encoderVector.count()).toBe(1);
  await prisma.rewardModel.updateMany({ data: { artifact: null } });
  await sweepVectors();
  expect(await prisma.encoderVector.count()).toBe(0);
});

test("a rollback leads to the version that served before, if one did and has its file", async () => {
  const refused = { code: "conflict", message: expect.stringContaining("Promote another version") };
  const rollBack = () => rollBackRewardModel(access, { reason: "It praises lists" });
  await expect(rollBack()).rejects.toMatchObject(refused);
  await aVersion(1, 9);
  const before = await aVersion(2, 5);
  await aVersion(3, null);
  // Nothing serves that could be replaced.
  expect(await findPreviousModel(access)).toBeNull();
  await aVersion(4, 1, true);
  expect(await findPreviousModel(access)).toEqual({ id: before, version: 2 });
  await prisma.rewardModel.update({
    where: { projectId_id: { projectId: project.id, id: before } },
    data: { artifact: null },
  });
  expect(await findPreviousModel(access)).toBeNull();
  await expect(rollBack()).rejects.toMatchObject(refused);
});
