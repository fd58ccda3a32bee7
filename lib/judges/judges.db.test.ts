import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { grantGlobal, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { defaultComparison, defaultTaskSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update";
import {
  accessFor,
  aMember,
  anInstance,
  aProject,
  aUser,
  principalOf,
  type ProjectFields,
} from "@/lib/testing/builders";
import { preferring, saying, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { allowHost, listAllowedHosts, removeAllowedHost } from "@/lib/hosts/allowed-hosts";
import { allowHostInput } from "@/lib/hosts/schema";
import { createJudge } from "./create";
import { deleteJudge } from "./delete";
import { openJudge } from "./open";
import { getJudge, listJudges } from "./queries";
import { getJudgeReport, listVerdicts } from "./report";
import { createJudgeInput, lmConfig, updateJudgeInput, type JudgeView } from "./schema";
import { tryJudgeInput } from "./trial/schema";
import { judgeRouted, startJudgeRun, waitingForJudge } from "./start-run";
import { tryJudge } from "./try";
import { updateJudge } from "./update";

const key = "sk-a-key-of-the-tests-wxyz";
let server: JudgeServer;

beforeAll(async () => {
  server = await startJudgeServer({ key });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.allowedHost.deleteMany();
  await prisma.allowedHost.create({ data: { host: server.host } });
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(preferring((text) => text.length));
});

type Rights = Access<"judge:manage"> & Access<"judge:read"> & Access<"judge:run">;

async function aWorld(fields: ProjectFields = {}) {
  const project = await aProject(fields);
  const { user } = await aMember(project, { role: "admin" });
  return { project, user, access: (await accessFor(user, project, "judge:manage")) as Rights };
}

function anInput(fields: object = {}, config: object = {}) {
  return createJudgeInput.parse({
    name: "Longer",
    apiKey: key,
    config: aConfig(config),
    ...fields,
  });
}

function aConfig(fields: object = {}) {
  return { baseUrl: `${server.baseUrl}/`, model: "test-model", rubric: "Prefer the longer one.", ...fields };
}

test("a judge is listed with its config and the end of its key, and the key itself stays on the server", async () => {
  const { access } = await aWorld();
  const judge = await createJudge(access, anInput());
  expect(judge).toMatchObject({
    ...{
      name: "Longer",
      kind: "lm",
      version: 1,
      isEnabled: true,
      keyHint: "wxyz",
      verdicts: 0,
      labels: 0,
      costMicros: 0,
    },
    config: {
      baseUrl: server.baseUrl,
      temperature: 0,
      concurrency: 4,
      prompt: { comparison: "pairwise-1", critique: "critique-1" },
    },
  });
  expect(await listJudges(access, { limit: 50 })).toEqual({ items: [judge], nextCursor: null });
  expect(await getJudge(access, judge.id)).toEqual(judge);
  expect(JSON.stringify(judge)).not.toContain(key);
  const row = await prisma.judge.findFirstOrThrow();
  expect(Buffer.from(row.encryptedKey!).includes(key)).toBe(false);
  expect(await openJudge(access.projectId, judge.id)).toMatchObject({ apiKey: key });
  expect(await prisma.auditEvent.findMany({ where: { action: "judge.create" } })).toMatchObject([{ target: "Longer" }]);
});

test("a key that was stored under another secret, or for another judge, has to be entered again", async () => {
  const { access } = await aWorld();
  const judge = await createJudge(access, anInput());
  const other = await createJudge(access, anInput({ name: "Other", apiKey: "sk-other-key-of-the-tests" }));
  const { encryptedKey } = await prisma.judge.findUniqueOrThrow({
    where: { projectId_id: { projectId: access.projectId, id: judge.id } },
  });
  await prisma.judge.update({
    where: { projectId_id: { projectId: access.projectId, id: other.id } },
    data: { encryptedKey },
  });
  await expect(openJudge(access.projectId, other.id)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Enter the key again"),
  });
});

test("a key does not meet the address of a version that was written while the judge was read", async () => {
  const { access } = await aWorld();
  const { id: judgeId, config } = await createJudge(access, anInput());
  const { projectId } = access;
  const moved = { ...config, baseUrl: "https://elsewhere.example.org/v1" };
  await prisma.judgeVersion.create({ data: { projectId, judgeId, version: 2, config: moved } });
  const { baseUrl } = server;
  expect(await openJudge(projectId, judgeId)).toMatchObject({ version: 1, apiKey: key, config: { baseUrl } });
  expect(await getJudge(access, judgeId)).toMatchObject({ version: 1, config: { baseUrl } });
});

test("two judges of a project cannot share a name", async () => {
  const { access } = await aWorld();
  await createJudge(access, anInput());
  await expect(createJudge(access, anInput())).rejects.toMatchObject({
    code: "conflict",
    faults: [{ path: "name", message: "is taken" }],
  });
  const other = await createJudge(access, anInput({ name: "Other" }));
  await expect(updateJudge(access, other.id, { name: "Longer" })).rejects.toMatchObject({ code: "conflict" });
});

test("only a change of the config is a new version", async () => {
  const { access } = await aWorld();
  const { id, config } = await createJudge(access, anInput());
  expect(
    await updateJudge(access, id, { name: "Renamed", isEnabled: false, apiKey: "sk-a-new-key-for-it" }),
  ).toMatchObject({
    ...{ name: "Renamed", isEnabled: false, keyHint: "r-it", version: 1 },
  });
  expect(await updateJudge(access, id, { config: lmConfig.parse({ ...config }) })).toMatchObject({ version: 1 });
  expect(
    await updateJudge(access, id, { config: lmConfig.parse({ ...config, rubric: "Prefer the kinder one." }) }),
  ).toMatchObject({ version: 2 });
  expect(await updateJudge(access, id, { apiKey: null })).toMatchObject({ keyHint: null, version: 2 });
  expect(
    (await getJudgeReport(access, id)).versions.map(({ version, config }) => [
      version,
      "rubric" in config && config.rubric,
    ]),
  ).toEqual([
    [2, "Prefer the kinder one."],
    [1, "Prefer the longer one."],
  ]);
});

test("a stored key is not sent to another server than it was given for", async () => {
  const { access } = await aWorld();
  const { id, config } = await createJudge(access, anInput());
  const moved = lmConfig.parse({ ...config, baseUrl: "https://elsewhere.example/v1" });
  await expect(updateJudge(access, id, { config: moved })).rejects.toMatchObject({
    code: "invalid",
    faults: [{ path: "apiKey", message: expect.any(String) }],
  });
  await expect(tryJudge(access, tryJudgeInput.parse({ config: moved, judgeId: id }))).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await updateJudge(access, id, { config: moved, apiKey: "sk-for-elsewhere-1234" })).toMatchObject({
    version: 2,
    keyHint: "1234",
  });
});

test("a judge that has judged stays, one that has not can go, and another project's is not there", async () => {
  const { access, project } = await aWorld();
  const stranger = await aWorld();
  const judge = await createJudge(access, anInput());
  await expect(deleteJudge(stranger.access, judge.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(getJudge(stranger.access, judge.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(getJudgeReport(stranger.access, judge.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(listVerdicts(stranger.access, judge.id, { limit: 5 })).rejects.toMatchObject({ code: "not_found" });
  await expect(startJudgeRun(stranger.access, judge.id, {})).rejects.toMatchObject({ code: "not_found" });
  const instance = await anInstance(project);
  await aVerdict(judge, instance, { inOrder: true, preferred: 0 });
  await expect(deleteJudge(access, judge.id)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Switch it off"),
  });
  await prisma.verdict.deleteMany();
  await deleteJudge(access, judge.id);
  expect((await listJudges(access, { limit: 5 })).items).toEqual([]);
});

test("researchers run judges, and only admins see to them", async () => {
  const { project } = await aWorld();
  const { user } = await aMember(project, { role: "researcher" });
  await accessFor(user, project, "judge:run");
  await expect(accessFor(user, project, "judge:manage")).rejects.toMatchObject({ code: "forbidden" });
});

test("what is routed queues one run a judge that is on, with the routing or not at all", async () => {
  const { access, project } = await aWorld();
  const { projectId } = access;
  const runs = () => prisma.run.findMany({ where: { projectId }, orderBy: { id: "asc" } });
  await prisma.$transaction((db) => judgeRouted(db, projectId));
  expect(await runs()).toEqual([]);
  await anInstance(project, { route: "lm" });
  await anInstance(project, { route: "dual" });
  await anInstance(project, { route: "human" });
  expect(await waitingForJudge(projectId)).toEqual({ instances: 2, hasJudge: false });

  const judge = await createJudge(access, anInput());
  expect(await runs()).toMatchObject([
    { kind: "judge", state: "queued", payload: { judgeId: judge.id }, createdById: null },
  ]);
  expect(await waitingForJudge(projectId)).toEqual({ instances: 2, hasJudge: true });
  await prisma.$transaction((db) => judgeRouted(db, projectId));
  expect(await runs()).toHaveLength(1);
  await createJudge(access, anInput({ name: "Off", isEnabled: false }));
  expect(await runs()).toHaveLength(1);

  // One that has begun may have passed what is routed now.
  await prisma.run.updateMany({ data: { state: "running" } });
  await expect(
    prisma.$transaction(async (db) => {
      await judgeRouted(db, projectId);
      throw new Error("the import failed");
    }),
  ).rejects.toThrow("the import failed");
  expect(await runs()).toHaveLength(1);
  await prisma.$transaction((db) => judgeRouted(db, projectId));
  expect(await runs()).toHaveLength(2);
  // A run over a list sees nothing else.
  await prisma.run.updateMany({ data: { state: "succeeded" } });
  await startJudgeRun(access, judge.id, { filter: { route: "human" } });
  await prisma.$transaction((db) => judgeRouted(db, projectId));
  expect(await runs()).toHaveLength(4);
});

test("switching a judge on begins with what waits", async () => {
  const { access } = await aWorld();
  const { id } = await createJudge(access, anInput({ isEnabled: false }));
  expect(await prisma.run.count()).toBe(0);
  await updateJudge(access, id, { isEnabled: true });
  expect(await prisma.run.findMany()).toMatchObject([{ kind: "judge", state: "queued" }]);
});

test("a run over an instance of another project is refused", async () => {
  const { access } = await aWorld();
  const judge = await createJudge(access, anInput({ isEnabled: false }));
  const foreign = await anInstance((await aWorld()).project);
  await expect(startJudgeRun(access, judge.id, { instances: [foreign.id] })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await prisma.run.count()).toBe(0);
});

test("a judge all of whose questions have gone is not run, with what to do, and routing queues none", async () => {
  const binary = { id: "ok", type: "binary" as const, name: "Correct", definition: "", kind: "correct" };
  const { project, user, access } = await aWorld({ schema: { questions: [binary, defaultComparison], reason: "off" } });
  await anInstance(project, { route: "lm" });
  await expect(createJudge(access, anInput({ config: aConfig({ questions: ["safe"] }) }))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("asks for no safe. The questions of its task schema are ok, comparison."),
  });
  const judge = await createJudge(access, anInput({ config: aConfig({ questions: ["ok"] }) }));
  const update = await accessFor(user, project, "project:update");
  await prisma.run.deleteMany();
  await updateProject(update, { taskSchema: defaultTaskSchema });
  await prisma.$transaction((db) => judgeRouted(db, project.id));
  await expect(startJudgeRun(access, judge.id, {})).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/answers ok, and this project's task schema asks for nothing of that name/),
  });
  const trial = tryJudgeInput.parse({ config: aConfig(), question: "ok" });
  await expect(tryJudge(access, trial)).rejects.toMatchObject({ code: "invalid", faults: [{ path: "question" }] });
  expect(await getJudgeReport(access, judge.id)).toMatchObject({ pending: 0 });
  expect(await prisma.run.count()).toBe(0);
  // Its other fields can be changed all the same.
  const config = lmConfig.parse({ ...judge.config, rubric: "Be strict." });
  expect(await updateJudge(access, judge.id, { config })).toMatchObject({ version: 2 });
});

test("trying a config asks in both orders and stores nothing", async () => {
  const { access, project } = await aWorld();
  const { config } = tryJudgeInput.parse({ config: aConfig({ inputPriceMicros: 1_000_000 }) });
  await expect(tryJudge(access, tryJudgeInput.parse({ config, apiKey: key }))).rejects.toMatchObject({
    code: "conflict",
  });
  await anInstance(project, { isLabelable: false });
  const instance = await anInstance(project, { completions: ["Long enough", "Short"] });
  const trial = await tryJudge(access, tryJudgeInput.parse({ config, apiKey: key }));
  expect(trial).toMatchObject({ instanceId: instance.id, aspect: "Overall", outcome: "preferred", preferred: 0 });
  expect(trial.orders.map(({ shownOrder, outcome }) => [shownOrder, outcome.kind])).toEqual([
    ["0-1", "preferred"],
    ["1-0", "preferred"],
  ]);
  expect(server.requests.map(({ messages }) => messages[1]!.content).sort()).toEqual(
    trial.orders.map(({ messages }) => messages[1]!.content).sort(),
  );
  expect(trial.costMicros).toBe(trial.orders[0]!.inputTokens + trial.orders[1]!.inputTokens);
  expect([await prisma.verdict.count(), await prisma.label.count(), await prisma.run.count()]).toEqual([0, 0, 0]);

  const saved = await createJudge(access, anInput({ isEnabled: false }));
  expect(
    (await tryJudge(access, tryJudgeInput.parse({ config, judgeId: saved.id, instanceId: instance.id }))).outcome,
  ).toBe("preferred");
  server.follow(() => saying("B"));
  expect((await tryJudge(access, tryJudgeInput.parse({ config, apiKey: key }))).outcome).toBe("inconsistent");
  await expect(tryJudge(access, tryJudgeInput.parse({ config }))).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("401"),
  });
});

test("the report counts outcomes, orders, cost and time by version", async () => {
  const { access, project } = await aWorld();
  const judge = await createJudge(access, anInput({ isEnabled: false }));
  const report = async () => (await getJudgeReport(access, judge.id)).versions[0]!;
  expect(await report()).toMatchObject({
    verdicts: 0,
    labels: 0,
    consistency: null,
    firstPosition: null,
    latencyMs: null,
    costMicros: 0,
  });
  const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map(() => anInstance(project, { route: "lm" })));
  // Agreeing; twice the first shown; twice the second shown; unreadable.
  for (const [instance, inOrder, swapped] of [
    [one!, 0, 0],
    [two!, 0, 1],
    [three!, 1, 0],
  ] as const) {
    await aVerdict(judge, instance, { inOrder: true, preferred: inOrder });
    await aVerdict(judge, instance, { inOrder: false, preferred: swapped });
    await aJudgeLabel(judge, instance, inOrder === swapped ? "preferred" : "inconsistent");
  }
  await aVerdict(judge, four!, { inOrder: true, preferred: null });
  expect(await report()).toMatchObject({
    ...{ verdicts: 7, invalid: 1, repairs: 2, labels: 3, preferred: 1, tie: 0, inconsistent: 2 },
    ...{
      contradictions: 2,
      firstPosition: 0.5,
      inputTokens: 70,
      outputTokens: 35,
      costMicros: 700,
      latencyMs: { p50: 120, p95: 120 },
    },
  });
  expect((await report()).consistency).toBeCloseTo(1 / 3);
  expect((await getJudgeReport(access, judge.id)).pending).toBe(0);
  const { items } = await listVerdicts(access, judge.id, { kind: "invalid", limit: 50 });
  expect(items).toMatchObject([
    {
      instanceId: four!.id,
      outsideId: four!.outsideId,
      rawText: "Hm.",
      outcome: { kind: "invalid", problem: "prose" },
    },
  ]);
  const first = await listVerdicts(access, judge.id, { limit: 5 });
  const rest = await listVerdicts(access, judge.id, { limit: 5, cursor: first.nextCursor! });
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([5, 2, null]);
});

test("admins of the site keep the list of allowed hosts", async () => {
  const site = grantGlobal(principalOf(await aUser({ isAdmin: true })), "host:manage");
  const { host } = allowHostInput.parse({ host: " Models.Internal:8000 " });
  expect(await allowHost(site, { host })).toMatchObject({ host: "models.internal:8000", createdBy: site.email });
  await allowHost(site, { host });
  expect((await listAllowedHosts(site)).items.map((row) => row.host)).toEqual([server.host, "models.internal:8000"]);
  await removeAllowedHost(site, host);
  await expect(removeAllowedHost(site, host)).rejects.toMatchObject({ code: "not_found" });
  expect(
    (await prisma.auditEvent.findMany({ where: { target: host }, orderBy: { id: "asc" } })).map(({ action }) => action),
  ).toEqual(["host.allow", "host.remove"]);
});

test.each(["http://localhost", "localhost/v1", "a b", "", "localhost:0", "localhost:99999999", "-x"])(
  "%j is no host",
  (host) => {
    expect(allowHostInput.safeParse({ host }).success).toBe(false);
  },
);

test.each([
  "ftp://a/v1",
  "a.example/v1",
  "https://user:pw@a.example/v1",
  "https://a.example/v1?x=1",
  "https://a.example/#x",
  "https://",
])("%j is no address of a judge", (baseUrl) => {
  expect(lmConfig.safeParse({ baseUrl, model: "m", rubric: "r" }).success).toBe(false);
});

type Row = { projectId: string; id: string };

async function aVerdict(
  judge: JudgeView,
  instance: Row,
  { inOrder, preferred }: { inOrder: boolean; preferred: 0 | 1 | null },
): Promise<void> {
  const isInvalid = preferred === null;
  await prisma.verdict.create({
    data: {
      ...{
        projectId: instance.projectId,
        instanceId: instance.id,
        judgeId: judge.id,
        judgeVersion: 1,
        question: "comparison",
        aspect: "overall",
        target: "0-1",
      },
      shownOrder: inOrder ? "0-1" : "1-0",
      outcome: isInvalid
        ? { kind: "invalid", problem: "prose" }
        : { kind: "preferred", preferred, strength: 1, reasoning: null },
      ...{
        rawText: "Hm.",
        inputTokens: 10,
        outputTokens: 5,
        latencyMs: 120,
        costMicros: 100,
        repairs: isInvalid ? 2 : 0,
      },
    },
  });
}

async function aJudgeLabel(judge: JudgeView, instance: Row, outcome: "preferred" | "inconsistent"): Promise<void> {
  const payload = {
    pair: [0, 1],
    preferred: outcome === "preferred" ? 0 : "tie",
    bothBad: false,
    strength: outcome === "preferred" ? 1 : 0,
    scale: 5,
  };
  await prisma.label.create({
    data: {
      ...{
        projectId: instance.projectId,
        instanceId: instance.id,
        submissionId: instance.id,
        question: "comparison",
        type: "comparison",
      },
      ...{
        target: "0-1",
        source: "lm",
        annotator: `judge:${judge.id}@1`,
        payload,
        shownOrder: [],
        meta: { outcome, verdictIds: [] },
      },
    },
  });
}

test("a task schema that asks more queues the judges, one that changes nothing for them does not", async () => {
  const binary = { id: "ok", type: "binary" as const, name: "Correct", definition: "", kind: "correct" };
  const schema = { questions: [binary], reason: "off" as const };
  const { project, user, access } = await aWorld({ schema });
  await anInstance(project, { route: "lm" });
  const judge = await createJudge(access, anInput());
  await prisma.run.deleteMany();
  const update = await accessFor(user, project, "project:update");
  await updateProject(update, { taskSchema: { ...schema, reason: "optional" } });
  expect(await prisma.run.count()).toBe(0);
  await updateProject(update, { taskSchema: { ...schema, questions: [binary, { ...binary, id: "safe" }] } });
  expect(await prisma.run.findMany()).toMatchObject([
    { kind: "judge", state: "queued", payload: { judgeId: judge.id } },
  ]);
});

test("how a judge is asked changes its version in place, and a field that is new changes nothing", async () => {
  const { access } = await aWorld();
  const judge = await createJudge(access, anInput({ isEnabled: false }));
  // As it was stored before there were such fields.
  await prisma.$executeRaw`update judge_versions set config = config - 'samples' - 'questions' - 'requestsPerMinute'`;
  const config = lmConfig.parse(judge.config);
  expect(await updateJudge(access, judge.id, { config })).toMatchObject({ version: 1 });
  const faster = { ...config, concurrency: 9, requestsPerMinute: 600, inputPriceMicros: 7 };
  expect(await updateJudge(access, judge.id, { config: faster })).toMatchObject({ version: 1, config: faster });
  expect(
    await prisma.auditEvent.findFirst({ where: { action: "judge.update" }, orderBy: { id: "desc" } }),
  ).toMatchObject({
    detail: { inPlace: "concurrency, inputPriceMicros, requestsPerMinute" },
  });
  const other = { ...faster, concurrency: 2, samples: 3, temperature: 0.7 };
  expect(await updateJudge(access, judge.id, { config: other })).toMatchObject({ version: 2, config: other });
  expect(updateJudgeInput.safeParse({ config: { ...other, temperature: 0 } }).error?.issues[0]).toMatchObject({
    ...{ path: ["config", "temperature"], message: expect.stringContaining("must be above 0") },
  });
});
