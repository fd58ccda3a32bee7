import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { Prisma } from "@/lib/db/generated/client";
import { accessFor, aLabel, aLabelOf, aMember, anInstance, aProject } from "@/lib/testing/builders";
import type { OpenLm } from "./asker";
import { openDemonstrations } from "./demonstrations";
import { forecastRun } from "./forecast/forecast";
import { loadSubjects } from "./load";
import { loadPlan } from "./plan";
import { lmConfig } from "./schema";
import { unitsOf } from "./units";

const binary: Question = { id: "binary", type: "binary", name: "OK", definition: "", kind: "correct" };
let project: Awaited<ReturnType<typeof aProject>>;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject({ schema: { questions: [defaultComparison, binary], reason: "off" } });
});

async function aJudge(demonstrations = 4): Promise<OpenLm> {
  const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r", demonstrations });
  const { id } = await prisma.judge.create({
    data: {
      projectId: project.id,
      name: `J${demonstrations}`,
      kind: "lm",
      versions: { create: { version: 1, config } },
    },
  });
  return { projectId: project.id, judgeId: id, name: "J", kind: "lm", version: 1, config, apiKey: null };
}

/** Instances that somebody compared, every other the other way round, and said of the first completion that it is right. */
async function compared(count: number, fields: Parameters<typeof anInstance>[1] = {}) {
  const made: Awaited<ReturnType<typeof anInstance>>[] = [];
  for (let n = 0; n < count; n += 1) {
    const instance = await anInstance(project, fields);
    await aLabel(instance, { payload: { preferred: n % 2 === 0 ? 0 : 1, strength: 2 } });
    await aLabelOf(instance, "binary", { completion: 0, value: true, kind: "correct" });
    made.push(instance);
  }
  await prisma.$transaction((db) =>
    refreshConsensus(
      db,
      project.id,
      made.map(({ id }) => id),
    ),
  );
  return made;
}

/** What is shown with the questions about an instance, by question. */
async function shownWith(judge: OpenLm, instanceId: string) {
  const plan = await loadPlan(project.id, judge);
  const demonstrate = await openDemonstrations(judge, plan);
  const [subject] = await loadSubjects(judge, plan, [instanceId]);
  const units = unitsOf({ ...subject!, completions: 2 }, plan);
  return Object.fromEntries(units.map((unit) => [unit.question.id, demonstrate(subject!, unit)]));
}

test("answers of people are shown as examples, as many of each, none from the test split or about the same prompt", async () => {
  const made = await compared(8);
  const judge = await aJudge();
  const [item] = await compared(1, { promptHash: made[0]!.promptHash });
  const held = await compared(4, { split: "test" });
  const shown = await shownWith(judge, item!.id);
  expect(shown.comparison!.map(({ answer }) => answer.preferred).sort()).toEqual(["A", "A", "B", "B"]);
  expect(shown.comparison![0]).toMatchObject({ question: { type: "comparison" }, answer: { strength: 2 } });
  expect(shown.binary).toHaveLength(4);
  expect(shown.binary![0]).toMatchObject({ question: { type: "binary" }, answer: { value: "yes" } });
  const texts = JSON.stringify(shown);
  for (const { completions } of [made[0]!, item!, ...held]) expect(texts).not.toContain(`"${completions[0]!.text}"`);
});

test("what a version shows stays the same, whatever people answer later, and where there is nothing to show a run says so", async () => {
  const judge = await aJudge();
  const plan = await loadPlan(project.id, judge);
  await expect(openDemonstrations(judge, plan)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Let people label some instances"),
  });
  await compared(4);
  const item = await anInstance(project);
  const before = await shownWith(judge, item.id);
  expect(before.comparison).toHaveLength(4);
  await compared(20);
  expect(await shownWith(judge, item.id)).toEqual(before);
});

test("a forecast counts the examples, and writes down none", async () => {
  const { user } = await aMember(project, { role: "researcher" });
  const access = await accessFor(user, project, "judge:run");
  await compared(6);
  await anInstance(project, { route: "lm" });
  const tokensWith = async ({ judgeId }: OpenLm) => (await forecastRun(access, judgeId, {})).inputTokens.expected;
  const judge = await aJudge();
  const [without, shown] = [await tokensWith(await aJudge(0)), await tokensWith(judge)];
  // Four answered examples with every question, each shorter than the question with its rules.
  expect(shown / without).toBeGreaterThan(1.3);
  expect(shown / without).toBeLessThan(5);
  expect(
    await prisma.judgeVersion.count({ where: { projectId: project.id, demonstrations: { not: Prisma.DbNull } } }),
  ).toBe(0);
  // What its first run wrote down counts from then on.
  await openDemonstrations(judge, await loadPlan(project.id, judge));
  expect(await tokensWith(judge)).toBe(shown);
});
