import { afterAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { loadActiveScorer } from "@/lib/reward/active";
import { trainInput } from "@/lib/reward/schema";
import { scoreRun } from "@/lib/reward/score-run";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { trainRun } from "@/lib/reward/train-run";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { addPreferences } from "@/lib/testing/preferences";
import { workOff } from "@/lib/testing/work-off";
import { startTrainerLast } from "./start-trainer";

afterAll(endThread);

/** The most that anything may keep this process from answering. */
const mostMs = 50;

test("training and scoring never block the process that asks for them", { timeout: 300_000 }, async () => {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  await addPreferences(project.id, { prompts: 300 });
  await startTraining(await accessFor(user, project, "reward:train"), trainInput.parse({}));
  const taskList = runTasks({ train: trainRun(startTrainerLast), score: scoreRun });
  const work = () => workOff(taskList);
  const training = await blockedMs(work);
  expect(training).toBeLessThan(mostMs);
  expect(await prisma.rewardScore.count()).toBe(600);

  const scorer = (await loadActiveScorer(project.id))!;
  const texts = Array.from({ length: 300 }, (_, i) => ({ prompt: "", completion: `kindly ${i} `.repeat(200) }));
  const scorings: number[] = [];
  for (let round = 0; round < 5; round++) scorings.push(await blockedMs(() => scorer.score(texts)));
  await scorer.close();
  // Where the thread's own work counts as this process's: what blocks, blocks every time.
  expect(Math.min(...scorings)).toBeLessThan(mostMs);
});

const everyMs = 5;

/**
 * The longest that this process kept its event loop waiting by its own work while something was done: a gap between two
 * ticks counts for the processor time that went into it, as a machine under load makes gaps in which nothing ran.
 */
async function blockedMs(act: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = { at: performance.now(), cpu: cpuMs() };
  const timer = setInterval(() => {
    longest = Math.max(longest, Math.min(performance.now() - last.at, cpuMs() - last.cpu) - everyMs);
    last = { at: performance.now(), cpu: cpuMs() };
  }, everyMs);
  await act();
  clearInterval(timer);
  return longest;
}
