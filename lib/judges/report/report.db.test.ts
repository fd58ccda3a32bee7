import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { RunContext } from "@/lib/jobs/runs";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { defaultRubric, lmConfig } from "../schema";
import { reportRun } from "./report-run";
import { reportAnew, startReports } from "./start";
import { getImportedAgreement, getJudgeAgreement, listDriftingJudges, listImportedAnnotators } from "./stored";

beforeEach(() => prisma.project.deleteMany());

test("a judge is measured against people, in both orders, and what people say later makes its report out of date", async () => {
  const { project, access, judgeId, judged } = await aWorld();
  // People say 0 0 1 three times and 1 1 1 once; the judge 0 0 tie 1, the tie as its orders disagree.
  for (const [votes, orders] of [
    [
      [0, 0, 1],
      [0, 0],
    ],
    [
      [0, 0, 1],
      [0, 0],
    ],
    [
      [0, 0, 1],
      [0, 1],
    ],
    [
      [1, 1, 1],
      [1, 1],
    ],
    [
      [0, 1],
      [1, 1],
    ],
  ] as const) {
    const instance = await anInstance(project);
    for (const preferred of votes) await aLabel(instance, { payload: { preferred } });
    await judged(instance, orders);
  }
  await computed(project.id);
  const { report, isStale } = await getJudgeAgreement(access, judgeId, {});
  expect(isStale).toBe(false);
  const [comparison] = report!.questions;
  expect(comparison).toMatchObject({
    ...{ type: "comparison", units: 5, prompts: 5, references: { people: 4, gold: 0, drawn: 1 } },
    confusion: {
      categories: ["0", "tie", "1"],
      counts: [
        [2, 1, 0],
        [0, 0, 0],
        [0, 0, 1],
      ],
    },
    figures: { accuracy: { value: 0.75 }, answerAccuracy: { value: 7 / 8 }, decidedAccuracy: { value: 1 } },
    position: { pairs: 5, contradictions: 1, flips: { value: 1 / 5 }, firstAmongContradictions: { value: 1 } },
  });
  // Against the majority of the other two a person is right where these agree: 0 of 1 on three, 3 of 3 on one, 0 of 2.
  expect(comparison!.figures.peopleAccuracy!.value).toBeCloseTo(3 / 8, 10);
  expect(comparison!.figures.kappa!.value).toBeCloseTo(1 - 0.25 / 0.5625, 10);
  expect(report!.work).toMatchObject({ verdicts: 10, invalid: 0, costMicrosPerLabel: 20, secondsPerLabel: 1 });

  const instance = await anInstance(project);
  await aLabel(instance);
  expect((await getJudgeAgreement(access, judgeId, {})).isStale).toBe(true);
  await expect(getJudgeAgreement(access, judgeId, { version: 9 })).rejects.toMatchObject({ code: "not_found" });
});

test("imported AI annotators are measured too: against gold without people, on every type, without those who saw them", async () => {
  const { project, access } = await aWorld();
  const ai = { source: "lm", annotator: "import:lm/one" } as const;
  for (const said of [0, 1] as const) {
    const instance = await anInstance(project, { gold: { type: "comparison", preferred: 0 } });
    for (const [sample, shownOrder] of [
      [0, 1],
      [1, 0],
    ].entries())
      await aLabel(instance, { ...ai, sample, shownOrder, payload: { preferred: said } });
    const suggestion = { label: project.id, source: "lm", mode: "shown", taken: true };
    await aLabel(instance, { suggestion, payload: { preferred: 1 } });
    for (const value of [1, 3]) await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value });
    await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value: 2 + said }, ai);
    const spans = [{ completion: 0, start: 0, end: 10, category: "wrong" }];
    await aLabelOf(instance, "spans", { covered: [0], spans });
    await aLabelOf(instance, "spans", { covered: [0], spans: said === 0 ? spans : [] }, ai);
    const steps = (label: "good" | "bad") => ({
      completion: 0,
      steps: [{ index: 0, label, flags: [] }],
      firstError: label === "bad" ? 0 : null,
    });
    await aLabelOf(instance, "steps", steps("good"));
    await aLabelOf(instance, "steps", steps(said === 0 ? "good" : "bad"), ai);
    await aLabelOf(instance, "ranking", { ranks: [1, 2] });
    await aLabelOf(instance, "ranking", { ranks: [1, 2] }, ai);
  }
  await computed(project.id);
  const { report } = await getImportedAgreement(access, { name: "lm/one" });
  const of = (type: string, part = "answer") =>
    report!.questions.find((one) => one.type === type && one.part === part)!;
  expect(of("comparison")).toMatchObject({
    ...{ references: { people: 0, gold: 2, drawn: 0 }, figures: { accuracy: { value: 0.5 } } },
    position: { pairs: 2, flips: { value: 0 }, first: { value: 0.5 } },
  });
  expect(of("rating").figures).toMatchObject({
    error: { value: 0.5 },
    accuracy: { value: 0.5 },
    peopleError: { value: 2 },
  });
  expect(of("spans").figures).toMatchObject({ pointF1: { value: 0.5 }, spanF1: { value: 0.5 } });
  expect(of("steps").figures).toMatchObject({ accuracy: { value: 0.5 } });
  expect(of("steps", "first error").figures).toMatchObject({ accuracy: { value: 0.5 } });
  expect(of("ranking").figures).toMatchObject({ accuracy: { value: 1 }, tau: { value: 1 } });
  expect(report!.work).toBeNull();

  const { items, isStale } = await listImportedAnnotators(access);
  expect(items).toMatchObject([{ name: "lm/one", labels: 12, headline: { units: 2 } }]);
  expect(isStale).toBe(false);
  await expect(getImportedAgreement(access, { name: "nobody" })).rejects.toMatchObject({ code: "not_found" });
});

test(
  "a judge that answers otherwise than it used to is named, and versions are compared on the same instances",
  { timeout: 120_000 },
  async () => {
    const { project, access, judgeId, judged } = await aWorld();
    const answered = async (i: number) => {
      const instance = await anInstance(project);
      await aLabel(instance, { payload: { preferred: 0 } });
      // The last fifty flip.
      await judged(instance, i < 110 ? [0, 0] : [0, 1]);
      if (i < 20) await judged(instance, i < 10 ? [0, 0] : [1, 1], 2);
    };
    // Ten at a time, so that they come in order as far as it matters.
    for (let ten = 0; ten < 160; ten += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => answered(ten + i)));
    // Its provider has put another model behind the name since its hundredth instance.
    await prisma.$executeRaw`
    update verdicts v set model = case when place <= 200 then 'judge-1-may' else 'judge-1-june' end
    from (select id, row_number() over (order by id) as place from verdicts where judge_version = 1) as p where p.id = v.id`;
    await computed(project.id);
    const [drifting] = await listDriftingJudges(access);
    expect(drifting).toMatchObject({ judgeId });
    expect(drifting!.measures.map(({ measure }) => measure)).toEqual(["accuracy", "consistency", "model"]);
    expect(drifting!.measures[0]).toMatchObject({ latest: { hits: 0, of: 50 }, earlier: { hits: 110, of: 110 } });
    expect(drifting!.measures[2]).toMatchObject({
      models: { latest: "judge-1-june", earlier: "judge-1-may" },
      ...{ latest: { hits: 120, of: 120 }, earlier: { hits: 0, of: 200 } },
    });
    const { report } = await getJudgeAgreement(access, judgeId, { version: 1 });
    expect(report!.versions).toMatchObject([{ version: 2, units: 20, accuracy: 0.5, difference: { value: 0.5 } }]);
  },
);

test("reports are queued once, by whoever asks or by the hour, and only where something is new", async () => {
  const { project, access } = await aWorld();
  const reports = () => prisma.run.count({ where: { projectId: project.id, kind: "judge-report" } });
  await reportAnew();
  expect(await reports()).toBe(0);
  await aLabel(await anInstance(project), { source: "lm", annotator: "import:a" });
  await reportAnew();
  await reportAnew();
  expect(await reports()).toBe(1);
  const run = await prisma.run.findFirstOrThrow({ where: { projectId: project.id, kind: "judge-report" } });
  expect(await startReports(access)).toEqual({ id: run.id });
  await computed(project.id);
  await prisma.run.updateMany({ data: { state: "succeeded" } });
  await reportAnew();
  expect(await reports()).toBe(1);
  await aLabel(await anInstance(project));
  await reportAnew();
  expect(await reports()).toBe(2);
});

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "researcher" });
  // A researcher holds all of these; the proofs are joined for brevity.
  const access = (await accessFor(user, project, "judge:read")) as Awaited<ReturnType<typeof accessFor<"judge:read">>> &
    Awaited<ReturnType<typeof accessFor<"judge:run">>> &
    Awaited<ReturnType<typeof accessFor<"quality:read">>>;
  const config = lmConfig.parse({ baseUrl: "https://lm.example.org/v1", model: "judge-1", rubric: defaultRubric });
  const judge = await prisma.judge.create({
    data: {
      projectId: project.id,
      name: "Judge",
      kind: "lm",
      version: 1,
      versions: { create: [1, 2].map((version) => ({ version, config })) },
    },
  });
  let made = 0;
  const judged = async (
    { id: instanceId }: { id: string },
    orders: readonly [0 | 1, 0 | 1],
    judgeVersion = 1,
  ): Promise<void> => {
    const about = {
      projectId: project.id,
      instanceId,
      judgeId: judge.id,
      judgeVersion,
      question: "comparison",
      aspect: "overall",
      target: "0-1",
    };
    const verdicts = await prisma.verdict.createManyAndReturn({
      data: orders.map((preferred, i) => ({
        ...{ ...about, shownOrder: i === 0 ? "0-1" : "1-0", rawText: "", inputTokens: 1, outputTokens: 1, repairs: 0 },
        ...{ outcome: { kind: "preferred", preferred, strength: 1, reasoning: null }, latencyMs: 500, costMicros: 10n },
      })),
    });
    const isAgreed = orders[0] === orders[1];
    const payload = isAgreed ? { preferred: orders[0] } : { preferred: "tie" as const, strength: 0 };
    made += 1;
    const meta = { outcome: isAgreed ? "preferred" : "inconsistent", verdictIds: verdicts.map(({ id }) => id) };
    await aLabel(
      { projectId: project.id, id: instanceId },
      {
        ...{ source: "lm", annotator: `judge:${judge.id}@${judgeVersion}`, shownOrder: [], meta, payload },
        // In order of time, and before everything that comes later.
        id: `00000001-0000-7000-8000-${made.toString(16).padStart(12, "0")}`,
      },
    );
  };
  return { project, access, judgeId: judge.id, judged };
}

/** Does what the worker does. */
async function computed(projectId: string): Promise<void> {
  const run = { projectId, payload: {}, save: async () => {} } as unknown as RunContext;
  await reportRun(run);
}
