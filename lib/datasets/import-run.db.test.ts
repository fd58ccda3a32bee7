import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, getRun, type RunHandler } from "@/lib/jobs/runs";
import type { RunView } from "@/lib/jobs/schema";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { workOff } from "@/lib/testing/work-off";
import { importRun } from "./import-run";
import { listImports } from "./list-imports";
import type { ImportKind, ImportResult } from "./schema";
import { uploadImport } from "./upload";

let project: Project;
let member: Awaited<ReturnType<typeof aMember>>;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  project = await aProject({ overlap: 3 });
  member = await aMember(project, { role: "researcher" });
});

type Options = { kind?: ImportKind; dryRun?: boolean; filename?: string };

async function* bytesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

/** Uploads a file and queues its run. */
async function upload(content: string | Uint8Array | object[], options: Options = {}): Promise<RunView> {
  const file = Array.isArray(content) ? content.map((line) => JSON.stringify(line)).join("\n") : content;
  const access = await accessFor(member.user, project, "instance:import");
  return await uploadImport(access, { kind: "instances", dryRun: false, filename: null, ...options }, bytesOf(file));
}

async function work(handler: RunHandler = importRun): Promise<void> {
  const taskList = runTasks({ import: handler, snapshot: handler });
  await workOff(taskList);
}

async function runOf({ id }: { id: string }): Promise<RunView & { result: ImportResult }> {
  return (await getRun(await accessFor(member.user, project, "run:read"), id)) as RunView & { result: ImportResult };
}

async function importFile(content: Parameters<typeof upload>[0], options: Options = {}): Promise<ImportResult> {
  const run = await upload(content, options);
  await work();
  const after = await runOf(run);
  expect(after).toMatchObject({ state: "succeeded", error: null });
  expect(await prisma.uploadChunk.count()).toBe(0);
  return after.result;
}

const pair = (id: string, fields: object = {}) => ({
  id,
  prompt: `Prompt of ${id}`,
  completions: [
    { id: "a", text: `First of ${id}`, model: "m1" },
    { id: "b", text: `Second of ${id}`, model: "m2" },
  ],
  ...fields,
});
const vote = (annotator: string, preferred: 0 | 1 | "tie", fields: object = {}) => ({
  annotator,
  kind: "human",
  type: "comparison",
  preferred,
  ...fields,
});

function instanceOf(outsideId: string) {
  return prisma.instance.findFirstOrThrow({
    where: { projectId: project.id, outsideId },
    include: {
      completions: { orderBy: { index: "asc" } },
      labels: { orderBy: { id: "asc" } },
      routes: true,
      consensus: true,
    },
  });
}

/** Everything that an import may write, but for times. */
async function wholeProject() {
  const { rows } = await pool.query(
    `select (select json_agg(i order by id) from instances i) as instances, (select json_agg(c order by instance_id, index) from completions c) as completions,
       (select json_agg(l order by id) from labels l) as labels, (select json_agg(r order by instance_id) from routes r) as routes,
       (select json_agg(c order by instance_id) from consensus c) as consensus, (select count(*)::int from audit_events) as events`,
  );
  return rows[0];
}

test("a record becomes an instance with completions, route, labels, slots and consensus", async () => {
  const result = await importFile([
    pair("q1", {
      source: "test",
      context: "Some context",
      reference: "Blue",
      gold: { type: "comparison", preferred: 0, basis: "by hand" },
      meta: { n: 1 },
      labels: [
        vote("ann1", 0),
        vote("ann2", 0, { rationale: "clearer" }),
        { ...vote("gpt", 1), kind: "lm", order: [1, 0] },
      ],
    }),
  ]);
  expect(result).toEqual({
    kind: "instances",
    dryRun: false,
    filename: null,
    records: 1,
    instances: { created: 1, replaced: 0, unchanged: 0 },
    labels: { created: 3, revised: 0, unchanged: 0 },
    faults: { total: 0, first: [] },
    formats: { record: 1, preference: 0, label: 0 },
  });
  const instance = await instanceOf("q1");
  expect(instance).toMatchObject({
    prompt: "Prompt of q1",
    context: "Some context",
    reference: "Blue",
    gold: { type: "comparison", preferred: 0, basis: "by hand" },
    meta: { source: "test", n: 1 },
    route: "human",
    isLabelable: true,
    openSlots: 1,
    routes: [{ policyVersion: 1, route: "human", propensity: 1 }],
    completions: [
      { index: 0, outsideId: "a", text: "First of q1", model: "m1", hasSteps: false, steps: [], meta: null },
      { index: 1, outsideId: "b", text: "Second of q1", model: "m2" },
    ],
    consensus: [{ question: "comparison", target: "0-1", payload: { preferred: 0 }, confidence: 0.8, labelCount: 3 }],
  });
  expect(instance.labels).toMatchObject([
    { annotator: "import:ann1", source: "human", revision: 1, isCurrent: true, userId: null, rationale: null },
    { annotator: "import:ann2", source: "human", rationale: "clearer" },
    { annotator: "import:gpt", source: "lm", shownOrder: [1, 0], payload: { preferred: 1 } },
  ]);
  const found = await pool.query(
    "select 1 from instances where search @@ websearch_to_tsquery('simple', 'second prompt')",
  );
  expect(found.rowCount).toBe(1);
  expect(await prisma.auditEvent.findMany({ where: { projectId: project.id } })).toMatchObject([
    { action: "instance.import", actor: member.user.email },
  ]);
});

test("importing the same file again changes nothing", async () => {
  const records = [
    pair("q1", { labels: [vote("ann1", 0), vote("ann2", "tie", { note: "both bad", ms: 12 })] }),
    { prompt: "p", chosen: "yes", rejected: "no" },
    pair("q2", {
      meta: { tweet: 1, list: [1.5, { deep: null }] },
      labels: [
        { ...vote("j", 0), kind: "lm", order: [0, 1] },
        { ...vote("j", 1), kind: "lm", order: [1, 0] },
      ],
    }),
  ];
  await importFile(records);
  const before = await wholeProject();
  const result = await importFile(records);
  expect(result).toMatchObject({
    instances: { created: 0, replaced: 0, unchanged: 3 },
    labels: { created: 0, revised: 0, unchanged: 5 },
    faults: { total: 0 },
  });
  const { events, ...after } = await wholeProject();
  expect({ ...after, events: events - 1 }).toEqual(before);
});

test("a new label is added, a changed one becomes the next revision, and slots and consensus follow", async () => {
  await importFile([pair("q1", { labels: [vote("ann1", 0), vote("ann2", 0)] })]);
  const result = await importFile([pair("q1", { labels: [vote("ann1", 1), vote("ann2", 0), vote("ann3", 1)] })]);
  expect(result).toMatchObject({ instances: { unchanged: 1 }, labels: { created: 1, revised: 1, unchanged: 1 } });
  const { labels, openSlots, consensus } = await instanceOf("q1");
  expect(labels.map((label) => [label.annotator, label.revision, label.isCurrent])).toEqual([
    ["import:ann1", 1, false],
    ["import:ann2", 1, true],
    ["import:ann1", 2, true],
    ["import:ann3", 1, true],
  ]);
  expect(openSlots).toBe(0);
  expect(consensus).toMatchObject([
    { payload: { preferred: 1 }, labelCount: 3, counts: { human: { "0": 1, "1": 2 } } },
  ]);
});

test("imported people do not take the slots that people here hold", async () => {
  await importFile([pair("q1")]);
  const { id } = await instanceOf("q1");
  const { user } = await aMember(project);
  await prisma.assignment.create({
    data: {
      projectId: project.id,
      instanceId: id,
      annotatorId: user.id,
      leaseUntil: new Date(),
      seed: 1,
      shownOrder: [0, 1],
    },
  });
  await prisma.instance.updateMany({ where: { id }, data: { openSlots: 2 } });
  await importFile([pair("q1", { labels: [vote("ann1", 1)] })]);
  expect(await instanceOf("q1")).toMatchObject({ openSlots: 1 });
});

test("changed content replaces the old while nobody has seen it, and is a conflict afterwards", async () => {
  await importFile([pair("free"), pair("labelled", { labels: [vote("ann1", 0)] }), pair("lent")]);
  const lent = await instanceOf("lent");
  await prisma.assignment.create({
    data: {
      projectId: project.id,
      instanceId: lent.id,
      annotatorId: member.userId,
      leaseUntil: new Date(),
      seed: 1,
      shownOrder: [0, 1],
    },
  });
  const free = await instanceOf("free");
  const changed = { prompt: "Changed", completions: [{ id: "x", text: "Only one" }], meta: { version: 2 } };
  const result = await importFile([pair("free", changed), pair("labelled", changed), pair("lent", changed)]);
  expect(result).toMatchObject({ instances: { created: 0, replaced: 1, unchanged: 0 }, faults: { total: 2 } });
  expect(result.faults.first).toMatchObject([
    { line: 2, field: "id", code: "conflict", message: expect.stringContaining("has labels") },
    { line: 3, field: "id", code: "conflict", message: expect.stringContaining("given to an annotator") },
  ]);
  expect(await instanceOf("free")).toMatchObject({
    id: free.id,
    prompt: "Changed",
    completions: [{ outsideId: "x" }],
    meta: { version: 2 },
    isLabelable: false,
    openSlots: 0,
  });
  expect(await instanceOf("labelled")).toMatchObject({ prompt: "Prompt of labelled" });
  const stale = await pool.query("select 1 from instances where id = $1 and search @@ to_tsquery('simple', 'second')", [
    free.id,
  ]);
  expect(stale.rowCount).toBe(0);
});

test("the task schema decides which imported instances people get, and whose labels take their places", async () => {
  const binary = { id: "ok", type: "binary", name: "Correct", definition: "", kind: "correct" };
  await prisma.taskSchema.updateMany({
    where: { projectId: project.id },
    data: { payload: { questions: [binary], reason: "off" } },
  });
  const single = { completions: [{ id: "x", text: "Only one" }] };
  const label = { annotator: "ann", kind: "human", type: "binary", completion: 0, value: true };
  const comparison = { annotator: "ann", kind: "human", type: "comparison", preferred: 0 };
  await importFile([
    pair("single", single),
    pair("answered", { ...single, labels: [label] }),
    pair("compared", { labels: [comparison] }),
    pair("textless", { completions: [{ id: "x", text: null }] }),
  ]);
  const slots = async (id: string) => {
    const { isLabelable, openSlots } = await instanceOf(id);
    return isLabelable ? openSlots : null;
  };
  expect(await Promise.all(["single", "answered", "compared", "textless"].map(slots))).toEqual([3, 2, 3, null]);
});

test("an id that comes twice in a file is one instance; with changed content it is a conflict once labelled", async () => {
  const file = [
    pair("q1", { labels: [vote("ann1", 0)] }),
    pair("q1", { labels: [vote("ann1", 1), vote("ann2", 0)] }),
    pair("q1", { prompt: "Other" }),
    pair("q2"),
    pair("q2", { prompt: "Other" }),
  ];
  const dry = await importFile(file, { dryRun: true });
  const result = await importFile(file);
  expect({ ...dry, dryRun: false }).toEqual(result);
  expect(result).toMatchObject({
    instances: { created: 2, replaced: 1, unchanged: 1 },
    labels: { created: 2, revised: 1, unchanged: 0 },
    faults: { total: 1, first: [{ line: 3, code: "conflict" }] },
  });
  expect((await instanceOf("q1")).labels.map((label) => [label.annotator, label.revision, label.isCurrent])).toEqual([
    ["import:ann1", 1, false],
    ["import:ann1", 2, true],
    ["import:ann2", 1, true],
  ]);
  expect(await instanceOf("q2")).toMatchObject({ prompt: "Other" });
});

test("a dry run reports what an import does, also against what is here, and writes nothing", async () => {
  await importFile([pair("q1", { labels: [vote("ann1", 0)] }), pair("q2")]);
  const before = await wholeProject();
  const file = [
    pair("q1", { labels: [vote("ann1", 1), vote("ann2", 0)] }),
    pair("q2", { prompt: "Other" }),
    pair("q1", { prompt: "Other" }),
    ...Array.from({ length: 1200 }, (_, i) => pair(`n${i % 700}`, { labels: [vote("ann1", 0)] })),
    { oops: true },
  ];
  const dry = await importFile(file, { dryRun: true });
  expect(await wholeProject()).toEqual(before);
  const real = await importFile(file);
  expect({ ...dry, dryRun: false }).toEqual(real);
  expect(real).toMatchObject({
    records: 1204,
    instances: { created: 700, replaced: 1, unchanged: 501 },
    labels: { created: 701, revised: 1, unchanged: 500 },
    faults: { total: 2 },
  });
});

test("bad lines are reported with line and field while good lines go in", async () => {
  const file = [
    JSON.stringify(
      pair("good1", { completions: [{ text: '<script>alert(1)</script>\u202E שלום "مرحبا" 👩‍🚒\\' }, { text: "" }] }),
    ),
    '{"id": "broken", ',
    JSON.stringify(pair("nul", { prompt: "a\0b" })),
    '{"id":"half","prompt":"\\ud83d","completions":[{"text":"x"}]}',
    JSON.stringify(pair("wrong", { labels: [vote("ann1", 0), { ...vote("ann2", 0), preferred: 7 }] })),
    JSON.stringify({ "\0\ud800": 1, id: "bad key", prompt: "", completions: [{ text: "" }] }),
    "",
    `{"id":"huge","prompt":"${"x".repeat(20 * 1024 * 1024)}","completions":[{"text":"x"}]}`,
    `"\ufffd`,
    JSON.stringify(pair("good2")),
  ].join("\r\n");
  const result = await importFile(Buffer.concat([Buffer.from(file), Buffer.from([0x0a, 0xc3, 0x28, 0x0a])]));
  expect(result).toMatchObject({ records: 10, instances: { created: 2 }, faults: { total: 8 } });
  expect(result.faults.first.map(({ line, field, code }) => [line, field, code])).toEqual([
    [2, "", "json"],
    [3, "prompt", "unstorable"],
    [4, "prompt", "unstorable"],
    [5, "labels.1.preferred", "invalid"],
    [6, " \ufffd", "unstorable"],
    [8, "", "too_long"],
    [9, "", "json"],
    [11, "", "encoding"],
  ]);
  const good = await instanceOf("good1");
  expect(good.completions[0]!.text).toBe('<script>alert(1)</script>\u202E שלום "مرحبا" 👩‍🚒\\');
});

test("only the first thousand faults are listed, all are counted", async () => {
  const result = await importFile(Array.from({ length: 1500 }, (_, i) => `{"id":${i}}`).join("\n"));
  expect(result).toMatchObject({ records: 1500, faults: { total: 1500 } });
  expect(result.faults.first).toHaveLength(1000);
});

test("files come as lines or an array, compressed or not, and odd values are kept as written", async () => {
  const odd =
    '{"id":9007199254740993,"prompt":"","tweet":12345678901234567890,"gold":{"n":0.12345678901234567890},"completions":[{"text":null,"p":1e400}]}';
  const result = await importFile(gzipSync(`\ufeff[\n${odd},\n{"prompt":"p","chosen":"a","rejected":"b"}\n]`));
  expect(result).toMatchObject({ instances: { created: 1 }, faults: { total: 1, first: [{ line: 2, field: "id" }] } });
  await importFile(odd.replace('"id":9007199254740993', '"id":"odd"'));
  const { rows } = await pool.query(
    "select i.meta::text, i.gold::text, c.meta::text as completion from instances i join completions c on c.instance_id = i.id where i.outside_id = 'odd'",
  );
  expect(rows).toEqual([
    { meta: '{"tweet":12345678901234567890}', gold: '{"n": 0.12345678901234567890}', completion: '{"p":1e400}' },
  ]);
});

test("a value that the database refuses is a fault of its own line, whatever the checks thought of it", async () => {
  await prisma.$executeRawUnsafe(`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'no room for %', new.outside_id using errcode = '22023'; end $$`);
  await prisma.$executeRawUnsafe(
    "create trigger refuse before insert on instances for each row when (new.outside_id in ('q3', 'q7')) execute function refuse()",
  );
  const result = await importFile(Array.from({ length: 9 }, (_, i) => pair(`q${i}`))).finally(() =>
    prisma.$executeRawUnsafe("drop function refuse cascade"),
  );
  expect(result).toMatchObject({
    records: 9,
    instances: { created: 7 },
    faults: {
      total: 2,
      first: [
        { line: 4, message: expect.stringContaining("no room for q3") },
        { line: 8, message: expect.stringContaining("no room for q7") },
      ],
    },
  });
});

test("a long text is searched by its beginning", async () => {
  const words = Array.from({ length: 60_000 }, (_, i) => `é${i.toString(36)}-${(i * 7919).toString(36)}.com`).join(" ");
  expect(await importFile([pair("long", { prompt: words })])).toMatchObject({
    instances: { created: 1 },
    faults: { total: 0 },
  });
});

test("an interrupted run goes on where it was, without loss or double count", async () => {
  const file = Array.from({ length: 1300 }, (_, i) => pair(`q${i}`, { labels: [vote("ann1", 0)] }));
  const run = await upload([...file, { oops: 1 }]);
  const dying: RunHandler = (context) => {
    let saves = 0;
    const save: typeof context.save = async (db, state) => {
      await context.save(db, state);
      if (++saves === 2) throw new Error("the power went out");
    };
    return importRun({ ...context, save });
  };
  await work(dying);
  expect(await runOf(run)).toMatchObject({
    state: "queued",
    result: { instances: { created: 500 } },
    progress: { unit: "kB" },
  });
  expect(await prisma.instance.count()).toBe(500);
  await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
  await work();
  expect(await runOf(run)).toMatchObject({
    state: "succeeded",
    result: {
      records: 1301,
      instances: { created: 1300, unchanged: 0 },
      labels: { created: 1300, unchanged: 0 },
      faults: { total: 1, first: [{ line: 1301 }] },
    },
  });
  expect(await prisma.label.count()).toBe(1300);
});

test("cancelling keeps what went in and says how many", async () => {
  const run = await upload(Array.from({ length: 1300 }, (_, i) => pair(`q${i}`)));
  const canceller = await accessFor(member.user, project, "run:cancel");
  let cancelled: Promise<unknown> | undefined;
  const cancelling: RunHandler = (context) => {
    const save: typeof context.save = async (db, state) => {
      await context.save(db, state);
      // Waits for this batch to end, as its row is locked.
      cancelled ??= cancelRun(canceller, run.id);
    };
    return importRun({ ...context, save });
  };
  await work(cancelling);
  await cancelled;
  expect(await runOf(run)).toMatchObject({ state: "cancelled", result: { instances: { created: 500 } } });
  expect(await prisma.instance.count()).toBe(500);
  expect(await prisma.uploadChunk.count()).toBe(0);
});

test("two imports of one file at once both end, and everything is there once", async () => {
  const file = Array.from({ length: 1200 }, (_, i) => pair(`q${i}`, { labels: [vote("ann1", 0), vote("ann2", 1)] }));
  const runs = [await upload(file), await upload([...file].reverse())];
  await Promise.all([work(), work()]);
  const results = await Promise.all(runs.map(async (run) => (await runOf(run)).result));
  expect(results[0]!.instances.created + results[1]!.instances.created).toBe(1200);
  expect(results[0]!.labels.created + results[1]!.labels.created).toBe(2400);
  expect(await prisma.instance.count()).toBe(1200);
  expect(await prisma.label.count()).toBe(2400);
});

test("spans on the messages of a conversation are added to instances that are here", async () => {
  const messages = ["Why?", "👩‍🚒"].map((content) => ({ role: "user", content }));
  await importFile([{ id: "chat", messages, completions: [{ text: "a" }, { text: "b" }] }]);
  const marks = (message: number, end: number) => ({
    ...{ instance: "chat", annotator: "a", kind: "human", type: "spans", covered: [0, 1] },
    spans: [{ on: "prompt", message, start: 0, end, category: "c" }],
  });
  const result = await importFile([marks(1, 3), marks(1, 4), marks(2, 1)], { kind: "labels" });
  expect(result.faults.first.map(({ line, field }) => [line, field])).toEqual([
    [2, "spans.0.end"],
    [3, "spans.0.message"],
  ]);
  const { labels, consensus } = await instanceOf("chat");
  const span = { start: 0, end: 3, category: "c" };
  expect(labels.map(({ payload }) => payload)).toEqual([
    { covered: [0, 1], spans: [{ completion: "prompt", message: 1, ...span }] },
  ]);
  expect(consensus.map(({ target }) => target).sort()).toEqual(["0", "1", "message-1"]);
});

test("a span's message that is somebody else's field is kept as it is", async () => {
  const spans = [{ on: "prompt", message: "Spelling", start: 0, end: 3, category: "c" }];
  const label = { annotator: "a", kind: "human", type: "spans", covered: [0, 1], spans };
  const completions = [{ text: "a" }, { text: "b" }];
  const result = await importFile([
    { id: "plain", prompt: "Whi?", completions, labels: [label] },
    { id: "chat", messages: [{ role: "user", content: "Whi?" }], completions, labels: [label] },
  ]);
  expect(result.faults.first).toEqual([]);
  for (const id of ["plain", "chat"]) {
    const [one] = (await instanceOf(id)).labels;
    expect(one!.payload).toMatchObject({ spans: [{ completion: "prompt", start: 0, end: 3 }] });
    expect(one!.payload).not.toHaveProperty("spans.0.message");
    expect(one!.meta).toMatchObject({ spans: { 0: { message: "Spelling" } } });
  }
});

test("labels are added to instances that are here", async () => {
  await importFile([
    pair("q1", { labels: [vote("ann1", 0)] }),
    pair("q2", { completions: [{ text: "abc👩‍🚒", steps: ["a", "b"] }] }),
  ]);
  const file = [
    { instance: "q1", ...vote("ann2", 1, { hit: "h1" }) },
    { instance: "q1", ...vote("ann2", 0) },
    { instance: "q1", ...vote("ann1", 0) },
    { instance: "nowhere", ...vote("ann1", 0) },
    { instance: "q2", annotator: "a", kind: "lm", type: "spans", spans: [{ start: 3, end: 6, category: "c" }] },
    { instance: "q2", annotator: "a", kind: "lm", type: "spans", spans: [{ start: 3, end: 7, category: "c" }] },
    { instance: "q2", annotator: "a", kind: "human", type: "steps", first_error: 2 },
    { instance: "q2", annotator: "a", kind: "human", type: "steps", first_error: 1 },
  ];
  const dry = await importFile(file, { kind: "labels", dryRun: true });
  const result = await importFile(file, { kind: "labels" });
  expect({ ...dry, dryRun: false }).toEqual(result);
  expect(result).toMatchObject({
    records: 8,
    instances: { created: 0, replaced: 0, unchanged: 0 },
    labels: { created: 4, revised: 0, unchanged: 1 },
    formats: { label: 8 },
  });
  expect(result.faults.first.map(({ line, field, code }) => [line, field, code])).toEqual([
    [4, "instance", "not_found"],
    [6, "spans.0.end", "invalid"],
    [7, "first_error", "invalid"],
  ]);
  const { labels, openSlots, consensus } = await instanceOf("q1");
  expect(labels.map(({ annotator, sample, meta }) => [annotator, sample, meta])).toEqual([
    ["import:ann1", 0, null],
    ["import:ann2", 0, { hit: "h1" }],
    ["import:ann2", 1, null],
  ]);
  expect(openSlots).toBe(1);
  expect(consensus).toMatchObject([{ labelCount: 2 }]);
  expect(await importFile(file, { kind: "labels" })).toMatchObject({
    labels: { created: 0, revised: 0, unchanged: 5 },
  });
});

test("an interrupted file of labels counts repeated answers as if it had not been", async () => {
  await importFile([pair("q1")]);
  const judge = { instance: "q1", annotator: "j", kind: "lm", type: "comparison", preferred: 0 };
  const run = await upload(
    Array.from({ length: 700 }, (_, i) => ({ ...judge, n: i })),
    { kind: "labels" },
  );
  const dying: RunHandler = (context) => {
    let saves = 0;
    const save: typeof context.save = async (db, state) => {
      if (++saves === 2) throw new Error("the power went out");
      await context.save(db, state);
    };
    return importRun({ ...context, save });
  };
  await work(dying);
  await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;
  await work();
  expect(await runOf(run)).toMatchObject({
    state: "succeeded",
    result: { labels: { created: 700, revised: 0, unchanged: 0 } },
  });
  const samples = await prisma.label.findMany({ select: { sample: true, meta: true }, orderBy: { sample: "asc" } });
  expect(samples).toEqual(Array.from({ length: 700 }, (_, n) => ({ sample: n, meta: { n } })));
});

test("another project's instances are out of reach", async () => {
  const other = await aProject();
  await anInstance(other, { outsideId: "q1" });
  const result = await importFile([{ instance: "q1", ...vote("ann1", 0) }], { kind: "labels" });
  expect(result).toMatchObject({ labels: { created: 0 }, faults: { total: 1, first: [{ code: "not_found" }] } });
  await importFile([pair("q1")]);
  expect(await prisma.instance.count({ where: { outsideId: "q1" } })).toBe(2);
});

test("an upload that breaks off, is empty, too large in kind or foreign leaves nothing", async () => {
  const access = await accessFor(member.user, project, "instance:import");
  const options = { kind: "instances", dryRun: false, filename: "x" } as const;
  async function* broken() {
    yield Buffer.alloc(3_000_000, "x");
    throw new Error("socket hang up");
  }
  await expect(uploadImport(access, options, broken())).rejects.toMatchObject({ code: "bad_request" });
  await expect(uploadImport(access, options, bytesOf(""))).rejects.toMatchObject({ code: "bad_request" });
  await expect(uploadImport(access, options, bytesOf("PK\u0003\u0004..."))).rejects.toMatchObject({
    code: "unsupported",
  });
  expect(await prisma.run.count()).toBe(0);
  expect(await prisma.uploadChunk.count()).toBe(0);
  expect(await prisma.auditEvent.count({ where: { projectId: project.id } })).toBe(0);
});

test("an upload that is cancelled stops", async () => {
  const access = await accessFor(member.user, project, "instance:import");
  const canceller = await accessFor(member.user, project, "run:cancel");
  async function* slow() {
    yield Buffer.alloc(2_000_000, "x");
    const run = await prisma.run.findFirstOrThrow();
    await cancelRun(canceller, run.id);
    yield Buffer.alloc(2_000_000, "x");
  }
  await expect(
    uploadImport(access, { kind: "instances", dryRun: false, filename: null }, slow()),
  ).rejects.toMatchObject({ code: "conflict" });
  expect(await prisma.run.findMany()).toMatchObject([{ state: "cancelled" }]);
  expect(await prisma.uploadChunk.count()).toBe(0);
});

test("the latest imports are listed with what they did, without their faults", async () => {
  const other = await aProject();
  await importFile([pair("q1", { labels: [vote("ann1", 0)] }), { oops: 1 }], { filename: "first.jsonl" });
  await importFile([{ instance: "q1", ...vote("ann2", 0) }], { kind: "labels", dryRun: true });
  await upload([pair("q2")]);
  const access = await accessFor(member.user, project, "instance:import");
  expect(await listImports(access, 10)).toMatchObject([
    { state: "queued", counts: null, createdBy: member.user.email },
    { state: "succeeded", kind: "labels", dryRun: true, filename: null, counts: { labels: { created: 1 } } },
    {
      state: "succeeded",
      kind: "instances",
      dryRun: false,
      filename: "first.jsonl",
      counts: { instances: { created: 1 }, labels: { created: 1 }, faults: { total: 1 } },
    },
  ]);
  expect((await listImports(access, 1)).map(({ counts }) => counts)).toEqual([null]);
  const { user } = await aMember(other, { role: "researcher" });
  expect(await listImports(await accessFor(user, other, "instance:import"), 10)).toEqual([]);
});
