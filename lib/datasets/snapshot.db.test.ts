import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Label, Project, User } from "@/lib/db/generated/client";
import type { AppError } from "@/lib/errors";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, getRun } from "@/lib/jobs/runs";
import { firstPolicy } from "@/lib/routing/schema";
import { idsOfUrls } from "@/lib/images/store";
import { accessFor, aLabel, aMember, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { exportSnapshot } from "./export";
import { exportQuery, snapshotFilter, type SnapshotResponse } from "./schema";
import { createSnapshot, getSnapshot, listSnapshots } from "./snapshot";
import { snapshotRun } from "./snapshot-run";

let researcher: User;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  researcher = await aUser();
});

async function aWorld(slug = "world"): Promise<Project> {
  return await aProject({ slug, members: [{ user: researcher, role: "researcher" }] });
}

/** A snapshot whose run has been done. */
async function aSnapshot(project: Project, filter: object = { sources: ["human"] }): Promise<SnapshotResponse> {
  const { id } = await createSnapshot(await accessFor(researcher, project, "snapshot:create"), {
    name: "First",
    filter: snapshotFilter.parse(filter),
  });
  await work();
  return await getSnapshot(await accessFor(researcher, project, "snapshot:read"), id);
}

async function work(): Promise<void> {
  const none = () => Promise.reject(new Error("not in this test"));
  await workOff(runTasks({ import: none, snapshot: snapshotRun }));
}

async function read(project: Project, id: string, query: object): Promise<string> {
  const file = await exportSnapshot(
    await accessFor(researcher, project, "snapshot:read"),
    id,
    exportQuery.parse(query),
  );
  let text = "";
  for await (const chunk of file.chunks) text += chunk;
  return text;
}

async function rows(project: Project, id: string, query: object): Promise<Record<string, unknown>[]> {
  const text = await read(project, id, query);
  return text === ""
    ? []
    : text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A correction as submitting makes it: the next revision becomes the current one. */
async function revise(label: Label, payload: Parameters<typeof aLabel>[1] & object): Promise<Label> {
  await prisma.label.updateMany({ where: { id: label.id }, data: { isCurrent: false } });
  const { annotator, userId } = label;
  return await aLabel(
    { projectId: label.projectId, id: label.instanceId },
    { annotator, userId, revision: label.revision + 1, ...payload },
  );
}

test("a snapshot holds the current labels of its sources and says what each file leaves out", async () => {
  const project = await aWorld();
  const clear = await anInstance(project, { outsideId: "clear" });
  await aLabel(clear, { payload: { preferred: 1 } });
  await aLabel(clear, { payload: { preferred: 1 } });
  await aLabel(clear, { source: "lm", annotator: "import:judge" });
  await aLabel(clear, { source: "demo", annotator: "demo:guide" });
  await aLabel(clear, { source: "rm", annotator: "import:rm" });
  const tied = await anInstance(project);
  await aLabel(tied, { payload: { preferred: "tie", strength: 0 } });
  const bad = await anInstance(project);
  await aLabel(bad, { payload: { preferred: "tie", strength: 0, bothBad: true } });
  const untold = await anInstance(project);
  await aLabel(untold, { payload: { preferred: "tie", strength: 0, cannotTell: true } });
  const drawn = await anInstance(project);
  await aLabel(drawn, { payload: { preferred: 0 } });
  await aLabel(drawn, { payload: { preferred: 1 } });
  const textless = await anInstance(project, { completions: [{ text: null }, { text: "b" }], isLabelable: false });
  await aLabel(textless);

  const { hash, manifest, state } = await aSnapshot(project);
  expect(state).toBe("succeeded");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(manifest).toMatchObject({
    hash,
    exporterVersion: 1,
    taskSchemaVersions: [1],
    filter: { sources: ["human"], split: "all" },
    instances: 6,
    labels: { total: 8, bySource: { human: 8 }, byType: { comparison: 8 } },
    formats: {
      trl: [
        {
          rows: "consensus",
          aspect: "overall",
          written: 1,
          tiesLeftOut: 1,
          bothBadLeftOut: 1,
          cannotTellLeftOut: 1,
          drawsLeftOut: 1,
          withoutTextLeftOut: 1,
        },
        {
          rows: "labels",
          aspect: "overall",
          written: 4,
          tiesLeftOut: 1,
          bothBadLeftOut: 1,
          cannotTellLeftOut: 1,
          drawsLeftOut: 0,
          withoutTextLeftOut: 1,
        },
      ],
      labels: { written: 8 },
    },
  });
  expect(manifest!.formats["trl-conversational"]).toEqual(manifest!.formats.trl);
});

test("the files have as many rows as the manifest says, and the same bytes every time", async () => {
  const project = await aWorld();
  for (let i = 0; i < 230; i++) {
    const instance = await anInstance(project);
    await aLabel(instance, { payload: { preferred: i % 3 === 0 ? 1 : 0 } });
    if (i % 4 === 0) await aLabel(instance, { payload: { preferred: "tie", strength: 0 } });
  }
  const { id, manifest } = await aSnapshot(project);
  for (const counts of manifest!.formats.trl) {
    for (const format of ["trl", "trl-conversational"]) {
      const query = { format, rows: counts.rows, aspect: counts.aspect };
      expect(await rows(project, id, query)).toHaveLength(counts.written);
      expect(await read(project, id, query)).toBe(await read(project, id, query));
    }
  }
  const all = await rows(project, id, { format: "labels" });
  expect(all).toHaveLength(manifest!.formats.labels.written);
  const ids = all.map((row) => row.instance_id);
  expect(new Set(ids).size).toBe(230);
});

test("where an instance has images, every preference has columns of them, empty where it has none", async () => {
  const project = await aWorld();
  const url = "https://example.org/cat.png";
  const onWeb = (await idsOfUrls(prisma, project.id, [url])).get(url)!;
  const uploaded = "01900000-0000-4000-8000-00000000000a";
  const shown = await anInstance(project, {
    ...{ outsideId: "shown", hasImages: true, images: [{ id: uploaded, alt: "a plan" }] },
    messages: [{ role: "user", content: "Draw this", images: [{ id: onWeb, alt: "" }] }],
    completions: [{ text: "", images: [{ id: onWeb, alt: "a cat" }] }, { text: "No." }],
  });
  await aLabel(shown, { payload: { preferred: 0 } });
  const plain = await anInstance(project, { outsideId: "plain" });
  await aLabel(plain, { payload: { preferred: 1 } });
  const { id, manifest } = await aSnapshot(project);
  expect(manifest).toMatchObject({ exporterVersion: 2, formats: { trl: [{ written: 2 }, { written: 2 }] } });
  for (const format of ["trl", "trl-conversational"]) {
    const columns = (await rows(project, id, { format })).map((row) => [
      ...[row.instance_id, row.images, row.chosen_images, row.rejected_images],
    ]);
    expect(columns).toEqual([
      ["shown", [`image:${uploaded}`, url], [url], []],
      ["plain", [], [], []],
    ]);
  }
  const [first] = await rows(project, id, { format: "trl-conversational" });
  expect(first).toMatchObject({ prompt: [{ role: "user", content: "Draw this" }] });
  expect(await rows(project, id, { format: "labels" })).toHaveLength(2);
});

test("a correction after the snapshot changes none of its bytes; the next snapshot has it", async () => {
  const project = await aWorld();
  const instance = await anInstance(project);
  const label = await aLabel(instance, { payload: { preferred: 0 } });
  const before = await aSnapshot(project);
  const [query, labels] = [{ format: "trl" }, { format: "labels" }];
  const bytes = [await read(project, before.id, query), await read(project, before.id, labels)];

  await revise(label, { payload: { preferred: 1 } });
  const extra = await anInstance(project);
  await aLabel(extra);
  const after = await aSnapshot(project);

  expect([await read(project, before.id, query), await read(project, before.id, labels)]).toEqual(bytes);
  expect((await getSnapshot(await accessFor(researcher, project, "snapshot:read"), before.id)).hash).toBe(before.hash);
  expect(after.hash).not.toBe(before.hash);
  expect((await rows(project, before.id, query)).map((row) => row.chosen_id)).toEqual(["a"]);
  expect((await rows(project, after.id, query)).map((row) => row.chosen_id)).toEqual(["b", "a"]);
});

test("the hash is that of the set: the order in which labels came does not matter, their content does", async () => {
  const id = (n: number) => `01900000-0000-7000-8000-${n.toString().padStart(12, "0")}`;
  const make = async (slug: string, order: number[], strength = 1) => {
    const project = await aWorld(slug);
    for (const n of order) {
      const instance = await anInstance(project, { id: id(n), outsideId: `q${n}` });
      await aLabel(instance, { id: id(100 + n), annotator: "import:a", payload: { strength } });
    }
    return (await aSnapshot(project)).hash;
  };
  const hash = await make("forwards", [1, 2, 3, 4]);
  expect(await make("backwards", [4, 3, 1, 2])).toBe(hash);
  expect(await make("fewer", [1, 2, 3])).not.toBe(hash);
  expect(await make("stronger", [1, 2, 3, 4], 2)).not.toBe(hash);
});

test("a filter by question and split takes only those", async () => {
  const project = await aWorld();
  const train = await anInstance(project, { split: "train", outsideId: "train" });
  const held = await anInstance(project, { split: "test", outsideId: "held" });
  for (const instance of [train, held]) {
    await aLabel(instance);
    await aLabel(instance, { question: "second", source: "lm" });
  }
  const ids = async (filter: object) =>
    (await rows(project, (await aSnapshot(project, filter)).id, { format: "labels" })).map((row) => [
      row.instance_id,
      row.source,
    ]);
  expect(await ids({ sources: ["human"], split: "test" })).toEqual([["held", "human"]]);
  expect(await ids({ sources: ["lm", "human"], questions: ["second"] })).toEqual([
    ["train", "lm"],
    ["held", "lm"],
  ]);
});

test("labels of judges alone can be exported", async () => {
  const project = await aWorld();
  const instance = await anInstance(project);
  await aLabel(instance, { source: "lm", annotator: "import:judge", sample: 0, payload: { preferred: 1 } });
  await aLabel(instance, { source: "lm", annotator: "import:judge", sample: 1, payload: { preferred: 1 } });
  const { id } = await aSnapshot(project, { sources: ["lm"] });
  expect(await rows(project, id, { format: "trl" })).toMatchObject([
    { chosen: instance.completions[1]!.text, source: "lm", annotators: ["import:judge"], label_count: 2 },
  ]);
});

test("labels of people and judges make one row by the weight of AI, which the snapshot keeps", async () => {
  const project = await aWorld();
  const instance = await anInstance(project);
  await aLabel(instance, { annotator: "import:ann", payload: { preferred: 0 } });
  const judge = { source: "lm", payload: { preferred: 1 } } as const;
  await aLabel(instance, { ...judge, annotator: "import:first" });
  await aLabel(instance, { ...judge, annotator: "import:second", payload: { preferred: 0 } });
  const even = await aSnapshot(project, { sources: ["lm", "human"] });
  expect(even.filter).toEqual({ sources: ["human", "lm"], split: "all", lmWeight: 0.5 });
  expect(await rows(project, even.id, { format: "trl" })).toMatchObject([
    { chosen: instance.completions[0]!.text, source: "human+lm", label_count: 3, confidence: 0.75 },
  ]);
  const before = await read(project, even.id, { format: "trl" });
  const policy = { projectId: project.id, version: 2, payload: { ...firstPolicy, lmWeight: 0.25 } };
  await prisma.policy.create({ data: policy });
  await prisma.project.update({ where: { id: project.id }, data: { policyVersion: 2 } });
  const less = await aSnapshot(project, { sources: ["lm", "human"] });
  expect(await rows(project, less.id, { format: "trl" })).toMatchObject([{ confidence: 1.25 / 1.5 }]);
  expect(less.hash).not.toBe(even.hash);
  expect(await read(project, even.id, { format: "trl" })).toBe(before);
  expect((await aSnapshot(project, { sources: ["human"] })).filter).not.toHaveProperty("lmWeight");
});

test("a filter that fits nothing is refused, and so is an aspect that is not there", async () => {
  const project = await aWorld();
  await aLabel(await anInstance(project), { source: "demo", annotator: "demo:guide" });
  const access = await accessFor(researcher, project, "snapshot:create");
  const filter = snapshotFilter.parse({ sources: ["human", "lm", "tool", "reaction"] });
  await expect(createSnapshot(access, { name: "None", filter })).rejects.toThrow(
    "No label of project world fits this filter",
  );
  await aLabel(await anInstance(project));
  const { id } = await aSnapshot(project);
  await expect(read(project, id, { format: "trl", aspect: "safety" })).rejects.toThrow("It has: overall.");
});

test("a snapshot can be cancelled while it waits and cannot be exported before it is there", async () => {
  const project = await aWorld();
  await aLabel(await anInstance(project));
  const { id, runId } = await createSnapshot(await accessFor(researcher, project, "snapshot:create"), {
    name: "Never",
    filter: snapshotFilter.parse({ sources: ["human"] }),
  });
  await expect(read(project, id, { format: "labels" })).rejects.toThrow("is still being made");
  await cancelRun(await accessFor(researcher, project, "run:cancel"), runId);
  await work();
  expect((await listSnapshots(await accessFor(researcher, project, "snapshot:read"), { limit: 10 })).items).toEqual([]);
  await expect(read(project, id, { format: "labels" })).rejects.toThrow("was cancelled");
  expect(await prisma.snapshotLabel.count()).toBe(0);
});

test("a cancellation during the work leaves nothing behind", async () => {
  const project = await aWorld();
  await aLabel(await anInstance(project));
  const { runId } = await createSnapshot(await accessFor(researcher, project, "snapshot:create"), {
    name: "Stopped",
    filter: snapshotFilter.parse({ sources: ["human"] }),
  });
  const canceller = await accessFor(researcher, project, "run:cancel");
  const none = () => Promise.reject(new Error("not in this test"));
  let saves = 0;
  const taskList = runTasks({
    import: none,
    snapshot: (run) =>
      snapshotRun({
        ...run,
        save: async (db, state) => {
          if (++saves === 2) await cancelRun(canceller, runId);
          await run.save(db, state);
        },
      }),
  });
  await workOff(taskList);
  expect(await getRun(await accessFor(researcher, project, "run:read"), runId)).toMatchObject({ state: "cancelled" });
  expect(await prisma.snapshotLabel.count()).toBe(0);
  expect(await prisma.snapshot.findFirst()).toMatchObject({ hash: null, manifest: null });
});

test("snapshots of another project are not found, and annotators may not read any", async () => {
  const project = await aWorld();
  await aLabel(await anInstance(project));
  const { id } = await aSnapshot(project);
  const other = await aProject({ members: [{ user: researcher, role: "researcher" }] });
  await expect(read(other, id, { format: "labels" })).rejects.toMatchObject({
    code: "not_found",
  } satisfies Partial<AppError>);
  const { user } = await aMember(project);
  await expect(accessFor(user, project, "snapshot:read")).rejects.toMatchObject({ code: "forbidden" });
});
