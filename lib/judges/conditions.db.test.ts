import { runOnce } from "graphile-worker";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { queueLogger } from "@/lib/jobs/queue-logger";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { createJudgeInput } from "./schema";
import { startJudgeRun } from "./start-run";

const named = (id: string) => ({ id, name: id, definition: "" });
const ok: Question = { ...named("ok"), type: "binary", kind: "correct" };
const stars: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 }, aspects: [named("clear")] },
  when: { question: "ok", is: [false] },
};
const taskSchema: TaskSchema = { questions: [ok, stars], reason: "off" };

let server: JudgeServer;
beforeAll(async () => {
  server = await startJudgeServer();
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
  server.follow(({ messages }) => {
    const { content } = messages.at(-1)!;
    const value = messages[0]!.content.startsWith("You rate") ? 2 : content.includes("bad") ? "no" : "yes";
    return { text: JSON.stringify({ reasoning: "It is so.", value }) };
  });
});

test("a judge is asked the condition too, and where its answers do not meet it no label is wanted", async () => {
  const project = await aProject({ schema: taskSchema });
  const { user } = await aMember(project, { role: "admin" });
  const [manage, run] = [await accessFor(user, project, "judge:manage"), await accessFor(user, project, "judge:run")];
  const good = await anInstance(project, { route: "lm", completions: ["Fine.", "Well."] });
  const bad = await anInstance(project, { route: "lm", completions: ["Fine.", "Quite bad."] });
  const config = { baseUrl: server.baseUrl, model: "test-model", rubric: "Be strict.", questions: ["stars"] };
  const judge = await createJudge(
    manage,
    createJudgeInput.parse({ name: "Stars", config: { ...config, inputPriceMicros: 1e6 }, isEnabled: false }),
  );
  const judgeNow = async () => {
    const { id } = await startJudgeRun(run, judge.id, {});
    const handler = judgeRun({
      lm: (opened) => openLm(opened, { maxRetries: 0, pauseMs: 1 }),
      rm: () => expect.unreachable(),
    });
    await runOnce({ pgPool: pool, logger: queueLogger, noHandleSignals: true, taskList: runTasks({ judge: handler }) });
    expect(
      await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } }),
    ).toMatchObject({ state: "succeeded", error: null });
  };
  const labelsOf = async ({ id }: { id: string }) =>
    (await prisma.label.findMany({ where: { instanceId: id }, orderBy: { id: "asc" } })).map(
      ({ question, target }) => `${question} ${target}`,
    );
  await judgeNow();
  expect((await labelsOf(good)).sort()).toEqual(["ok 0", "ok 1"]);
  expect((await labelsOf(bad)).sort()).toEqual(["ok 0", "ok 1", "stars 0", "stars 1"]);
  const asked = server.requests.length;
  expect(asked).toBe(6);
  await judgeNow();
  expect(server.requests, "nothing is pending any more").toHaveLength(asked);
});
