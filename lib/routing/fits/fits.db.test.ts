import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { cancelRun, getRun, type RunContext } from "@/lib/jobs/runs";
import { defaultTaskSchema } from "@/lib/projects/schema";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject, type ProjectFields } from "@/lib/testing/builders";
import { addDualLabels } from "@/lib/testing/dual-labels";
import { workOff } from "@/lib/testing/work-off";
import { fitRun } from "./fit-run";
import { getBacktest, getFit, listFits } from "./queries";
import { readFit } from "./read-fit";
import { fitInput, fitListQuery } from "./schema";
import { startFit } from "./start-fit";

type Admin = Access<"routing:manage"> & Access<"routing:read"> & Access<"run:read"> & Access<"run:cancel">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
});

async function aWorld(fields: ProjectFields = {}): Promise<{ project: Project; access: Admin }> {
  const project = await aProject(fields);
  const { user } = await aMember(project, { role: "admin" });
  return { project, access: (await accessFor(user, project, "routing:manage")) as Admin };
}

async function work(): Promise<void> {
  await workOff(runTasks({ "routing-fit": fitRun }));
}

const small = fitInput.parse({ mixes: 60 });
const list = fitListQuery.parse({});

test("a fit learns where the judge errs, tests every policy, and is kept as it was made", async () => {
  const { project, access } = await aWorld();
  await addDualLabels(project.id, { instances: 160 });
  const { id } = await startFit(access, small);
  await expect(startFit(access, small)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(id),
  });
  expect((await listFits(access, list)).runId).toBe(id);
  await work();
  expect(await getRun(access, id)).toMatchObject({ state: "succeeded", result: { version: 1 }, error: null });

  const { version, cause, report, policyVersion } = await getFit(access, 1);
  expect({ version, cause, policyVersion }).toEqual({ version: 1, cause: "hand", policyVersion: null });
  const { data, learned, backtest, risks, reason } = report;
  expect(reason).toBeNull();
  expect(data).toMatchObject({ question: "comparison", aspect: "overall", pairs: 160, prompts: 160, drawn: 160 });
  expect(data).toMatchObject({ undecided: 0, withoutText: 0, tagged: 160, modelVersion: null });
  expect(data.judges).toEqual([{ judge: "import:strict", name: "strict", labels: 160 }]);
  expect(data.humanAccuracy!.value).toBeGreaterThan(data.judgeAccuracy.value);
  const law = learned!.coefficients.find(({ words }) => words.includes("Law"))!;
  expect(law.effect.value).toBe(Math.max(...learned!.coefficients.map(({ effect }) => effect.value)));
  expect(backtest.seeds).toBe(10);
  const policies = ["random", "uncertainty", "confidence", "learned", "oracle"];
  expect(backtest.curves.map(({ policy }) => policy)).toEqual(policies);
  expect(await getBacktest(access, {})).toEqual({ version: 1, data, ...backtest });
  const [risk] = risks;
  expect(risk).toMatchObject({ judge: "import:strict", labels: 160 });
  expect(risk!.curve[0]!.risk).toBeLessThan(risk!.curve.at(-1)!.risk);

  const fit = await readFit(prisma, project.id, "newest");
  expect(fit).toMatchObject({ version: 1, runId: id, report, model: { gain: { pairs: 160 } } });
  expect(fit!.model.confidences["import:strict"]).toHaveLength(160);
  expect(await readFit(prisma, project.id, 2)).toBeNull();
  await expect(getFit(access, 2)).rejects.toMatchObject({ code: "not_found" });
}, 300_000);

test("without enough labels of both it says how many there are, how many are needed, and how to get them", async () => {
  const { project, access } = await aWorld();
  await expect(getBacktest(access, {})).rejects.toMatchObject({ code: "not_found" });
  await addDualLabels(project.id, { instances: 19 });
  const [test] = await addDualLabels(project.id, { instances: 1, seed: 2 });
  await prisma.instance.updateMany({ where: { id: test! }, data: { split: "test" } });
  await expect(startFit(access, small)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(
      /have labelled 19 instances.*needs 50 pairs.*Raise the dual share.*import labels of both/,
    ),
  });
  await addDualLabels(project.id, { instances: 10, seed: 3 });
  const { id } = await startFit(access, small);
  await work();
  const run = await getRun(access, id);
  expect(run.state).toBe("failed");
  expect(run.error).toMatch(/have labelled 29 pairs of 29 prompts/);
});

test("labels of people who saw a suggestion teach nothing", async () => {
  const { project, access } = await aWorld();
  const ids = await addDualLabels(project.id, { instances: 60, people: 1 });
  await prisma.$executeRaw`alter table labels disable trigger user`;
  await prisma.$executeRaw`
    update labels set suggestion = '{"annotator": "judge:x@1", "payload": {}}'::jsonb where instance_id = any(${ids.slice(0, 50)}::uuid[]) and source = 'human'`;
  await prisma.$executeRaw`alter table labels enable trigger user`;
  await expect(startFit(access, small)).rejects.toMatchObject({ message: expect.stringContaining("10 instances") });
});

test("where nothing is compared policies by confidence are measured, and it says why nothing was learned", async () => {
  const question = {
    id: "good",
    type: "binary",
    name: "Good?",
    definition: "",
    kind: "thumb",
  } as const;
  const { project, access } = await aWorld({ schema: { questions: [question], reason: "off" } as never });
  for (let i = 0; i < 60; i++) {
    const instance = await anInstance(project, { completions: ["One."] });
    const about = { question: "good", aspect: "thumb" };
    const payload = (value: boolean) => ({ completion: 0, value, kind: "thumb" as const });
    await aLabelOf(instance, "binary", payload(i % 2 === 0), about);
    await aLabelOf(instance, "binary", payload(i % 2 === 0), about);
    const lm = {
      ...about,
      source: "lm" as const,
      annotator: "import:gpt",
      meta: { confidence: i % 5 === 0 ? 0.5 : 0.9 },
    };
    await aLabelOf(instance, "binary", payload((i % 2 === 0) === (i % 5 !== 0)), lm);
  }
  await startFit(access, small);
  await work();
  const { report } = (await readFit(prisma, project.id, "newest"))!;
  expect(report.learned).toBeNull();
  expect(report.reason).toContain("compares no completions");
  expect(report.data).toMatchObject({ pairs: 60, judgeAccuracy: { value: 0.8 }, humanAccuracy: { value: 1 } });
  const confidence = report.backtest.curves.find(({ policy }) => policy === "confidence")!;
  const at = confidence.points.find(({ humanShare }) => Math.abs(humanShare - 0.25) < 0.02)!;
  expect(at.labelAccuracy.value).toBe(1);
  expect(at.rewardAccuracy).toBeNull();
  expect(report.risks[0]!.curve[0]!.risk).toBe(0);
});

test("a judge that was passed on where it was not sure is judged only where nothing of the kind was decided", async () => {
  const { project, access } = await aWorld({ schema: defaultTaskSchema });
  await addDualLabels(project.id, { instances: 60 });
  const ids = await addDualLabels(project.id, { instances: 30, seed: 2, route: "human" });
  const escalated = {
    projectId: project.id,
    policyVersion: 1,
    route: "human",
    propensity: 1,
    reason: "not sure",
  } as const;
  await prisma.route.createMany({
    data: ids.slice(0, 10).map((instanceId) => ({ ...escalated, instanceId, stage: 1 })),
  });
  await prisma.route.updateMany({ where: { instanceId: { in: ids.slice(10, 20) } }, data: { score: 0.3 } });
  await startFit(access, small);
  await work();
  const { report, model } = (await readFit(prisma, project.id, "newest"))!;
  expect(report.data).toMatchObject({ pairs: 90, drawn: 60 });
  expect(report.reason).toContain("there are 90");
  expect(report.risks[0]!.labels).toBe(70);
  expect(model.confidences["import:strict"]).toHaveLength(70);
});

test("a fit can be cancelled while it calculates", async () => {
  const { project, access } = await aWorld();
  await addDualLabels(project.id, { instances: 120 });
  const { id } = await startFit(access, fitInput.parse({ mixes: 2000 }));
  const working = work();
  for (let unit = ""; unit !== "percent";) unit = (await getRun(access, id)).progress.unit;
  await cancelRun(access, id);
  await working;
  expect((await getRun(access, id)).state).toBe("cancelled");
  expect(await prisma.routingFit.count()).toBe(0);
});

test("a worker that is to end leaves a fit to the next one, which begins it anew", async () => {
  const { project, access } = await aWorld();
  const projectId = project.id;
  await addDualLabels(projectId, { instances: 60 });
  const { id } = await startFit(access, small);
  const save = ((_, { progress }) =>
    progress.unit === "percent" ? Promise.reject(new Error("it ends")) : Promise.resolve()) as RunContext["save"];
  const payload = { ...small, cause: "hand" };
  const ended = fitRun({ projectId, runId: id, payload, checkpoint: null, createdById: null, save });
  await expect(ended).rejects.toThrow("it ends");
  expect(await prisma.routingFit.count()).toBe(0);
  await work();
  expect(await getRun(access, id)).toMatchObject({ state: "succeeded", result: { version: 1 } });
});

test("two judges that labelled the same make a cascade, and imports without texts are compared by labels alone", async () => {
  const { project, access } = await aWorld();
  for (let i = 0; i < 60; i++) {
    const completions = [{ text: null }, { text: null }];
    const instance = await anInstance(project, { completions, isLabelable: false });
    const preferred = (i % 2) as 0 | 1;
    await aLabel(instance, { payload: { preferred } });
    for (const [annotator, every] of [
      ["import:weak", 3],
      ["import:strong", 12],
    ] as const) {
      const isWrong = i % every === 0;
      const payload = { preferred: (isWrong ? 1 - preferred : preferred) as 0 | 1 };
      await aLabel(instance, { source: "lm", annotator, payload, meta: { confidence: isWrong ? 0.55 : 0.95 } });
    }
  }
  await startFit(access, small);
  await work();
  const { report } = (await readFit(prisma, project.id, "newest"))!;
  expect(report.reason).toMatch(/both texts.*there are 0/);
  expect(report.data).toMatchObject({ humanAccuracy: null, withoutText: 60 });
  expect(report.backtest.curves.map(({ policy }) => policy)).toEqual(["random", "confidence", "cascade", "oracle"]);
  expect(report.risks.map(({ judge }) => judge)).toEqual(["import:strong", "import:weak"]);
});
