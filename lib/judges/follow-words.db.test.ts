import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { createJudge } from "./create";
import { followWords } from "./follow-words";
import { currentWords } from "./protocols/protocols";
import { getJudge } from "./queries";
import { createJudgeInput, lmConfig, type LmJudgeView } from "./schema";
import { updateJudge } from "./update";

beforeEach(() => prisma.project.deleteMany());

const given = { baseUrl: "https://lm.example.org/v1", model: "m", rubric: "r" };

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "judge:manage");
  const config = { ...given, prompt: { comparison: "one of mine" } };
  const judge = await createJudge(access, createJudgeInput.parse({ name: "J", config, isEnabled: false }));
  const read = async () => (await getJudge(access, judge.id)) as LmJudgeView;
  return { project, access, judge: await read(), read };
}

test("a version names the words of every type that it is asked in, whatever is given", async () => {
  const { access, judge, read } = await aWorld();
  expect(judge.config.prompt).toEqual(currentWords());
  await updateJudge(access, judge.id, { config: lmConfig.parse({ ...given, rubric: "s", prompt: {} }) });
  expect(await read()).toMatchObject({ version: 2, config: { rubric: "s", prompt: currentWords() } });
  await updateJudge(access, judge.id, { config: lmConfig.parse({ ...given, rubric: "s", prompt: {} }) });
  expect((await read()).version).toBe(2);
});

test("words that have changed begin a version where a judge is asked in them, once", async () => {
  const { project, judge, read } = await aWorld();
  await followWords(project.id, judge.id);
  // The project asks one comparison.
  await followWords(project.id, judge.id, { ...currentWords(), rating: "rating-2" });
  expect((await read()).version).toBe(1);
  const words = { ...currentWords(), comparison: "pairwise-2" };
  await Promise.all([followWords(project.id, judge.id, words), followWords(project.id, judge.id, words)]);
  expect(await read()).toMatchObject({ version: 2, config: { rubric: "r", prompt: words } });
  expect(await prisma.judgeVersion.count()).toBe(2);
});

test("configs from when judges compared alone are read as asked in the first words", () => {
  const { prompt } = lmConfig.parse({ ...given, prompt: "pairwise-1" });
  expect(prompt).toMatchObject({ comparison: "pairwise-1", steps: "steps-1" });
  expect(lmConfig.safeParse({ ...given, prompt: "pairwise-0" }).success).toBe(false);
  expect(lmConfig.parse(given).prompt).toEqual(prompt);
});
