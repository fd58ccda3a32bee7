import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { bookAnswers, bookSubmission } from "./book";
import { ledgerFile } from "./ledger-file";
import { setPrices } from "./set-caps";
import { getSpending } from "./spending";

type World = { project: Project; access: Access<"spending:manage"> & Access<"spending:read">; judgeId: string };

async function aWorld(): Promise<World> {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const { id } = await prisma.judge.create({ data: { projectId: project.id, name: "=Judge, one", kind: "lm" } });
  const access = (await accessFor(user, project, "spending:manage")) as World["access"];
  return { project, access, judgeId: id };
}

test("what was paid is told by day, judge, person, purpose and type", async () => {
  const { project, access, judgeId } = await aWorld();
  await setPrices(access, { currency: "EUR", hourPriceMicros: 36_000_000 });
  const asked = { projectId: project.id, judge: { id: judgeId, version: 2 }, runId: null };
  const tokens = { inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, answers: 1 };
  await bookAnswers(prisma, asked, [
    { id: uuidv7(), purpose: "judging", type: "comparison", ...tokens, costMicros: 70 },
    { id: uuidv7(), purpose: "judging", type: "rating", ...tokens, costMicros: 30 },
  ]);
  const tried = { id: uuidv7(), purpose: "trial" as const, type: "comparison" as const, ...tokens, costMicros: 9 };
  await bookAnswers(prisma, { ...asked, judge: null }, [tried]);
  const time = { projectId: project.id, userId: access.userId, activeMs: 10_000, types: ["comparison" as const] };
  await bookSubmission(prisma, time);
  const today = new Date().toISOString().slice(0, 10);
  const spending = await getSpending(access, {});
  expect(spending).toMatchObject({
    prices: { currency: "EUR", hourPriceMicros: 36_000_000 },
    to: today,
    total: { costMicros: 100_109, answers: 4, inputTokens: 300, cachedInputTokens: 120, activeMs: 10_000 },
    days: [{ day: today, lmMicros: 109, humanMicros: 100_000, activeMs: 10_000 }],
    judges: [
      { judgeId, name: "=Judge, one", version: 2, costMicros: 100, answers: 2 },
      { judgeId: null, name: null, version: null, costMicros: 9 },
    ],
    people: [{ userId: access.userId, email: access.email, costMicros: 100_000, activeMs: 10_000 }],
    purposes: [{ purpose: "labelling" }, { purpose: "judging", costMicros: 100 }, { purpose: "trial", costMicros: 9 }],
  });
  expect(spending.types.map(({ kind, type, costMicros }) => [kind, type, costMicros])).toEqual([
    ["human", "comparison", 100_000],
    ["lm", "comparison", 79],
    ["lm", "rating", 30],
  ]);
  expect(await getSpending(access, { from: "2020-01-01", to: "2020-01-31" })).toMatchObject({
    ...{ total: { costMicros: 0 }, days: [], judges: [] },
  });
  let text = "";
  for await (const chunk of ledgerFile(access, {})) text += chunk;
  const file = text.trimEnd().split("\r\n");
  expect(file).toHaveLength(5);
  expect(file[0]).toMatch(/^at,kind,purpose,judgeId,judge,/);
  expect(file.filter((line) => line.includes(`"'=Judge, one",2`))).toHaveLength(2);
  expect(file.slice(1).reduce((sum, line) => sum + Number(line.split(",").at(-2)), 0)).toBe(100_109);
});

test("the first day is not after the last", async () => {
  const { access } = await aWorld();
  await expect(getSpending(access, { from: "2999-01-01" })).rejects.toThrow(/after the last/);
});

test("labels agree with what most people say, people with what most others say", async () => {
  const { project, access, judgeId } = await aWorld();
  const people = await Promise.all([1, 2, 3].map(() => aMember(project)));
  const judge = { source: "lm" as const, annotator: `judge:${judgeId}@1` };
  // By instance: what the three people say, and the judge.
  const said: [(0 | 1 | "tie")[], 0 | 1 | "tie"][] = [
    [[0, 0, 1], 0],
    [[0, 0, 0], 1],
    [[0, 1], 0],
    [["tie"], "tie"],
    [[], 0],
  ];
  for (const [answers, judged] of said) {
    const instance = await anInstance(project);
    for (const [n, preferred] of answers.entries())
      await aLabel(instance, { userId: people[n]!.user.id, payload: { preferred } });
    await aLabel(instance, { ...judge, payload: { preferred: judged } });
  }
  await bookAnswers(prisma, { projectId: project.id, judge: { id: judgeId, version: 1 }, runId: null }, [
    {
      id: uuidv7(),
      purpose: "judging",
      type: "comparison",
      answers: 5,
      inputTokens: 1,
      cachedInputTokens: 0,
      outputTokens: 1,
      costMicros: 1,
    },
  ]);
  for (const { user } of people)
    await bookSubmission(prisma, { projectId: project.id, userId: user.id, activeMs: 1_000, types: ["comparison"] });
  const { judges, people: rows } = await getSpending(access, {});
  // A draw of people, and what none of them answered, is compared with nothing.
  expect(judges).toMatchObject([{ labels: 5, compared: 3, agreed: 2 }]);
  const of = (n: number) => rows.find(({ userId }) => userId === people[n]!.user.id);
  // First instance: for the two who say 0 the others draw. Third: each has one other, who says something else.
  expect(of(0)).toMatchObject({ labels: 4, compared: 2, agreed: 1 });
  expect(of(1)).toMatchObject({ labels: 3, compared: 2, agreed: 1 });
  expect(of(2)).toMatchObject({ labels: 2, compared: 2, agreed: 1 });
});
