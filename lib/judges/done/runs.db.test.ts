import { expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { inLocale } from "@/lib/say";
import { aProject } from "@/lib/testing/builders";
import { listJudgeRuns } from "./runs";

test("why a run of a judge failed is said in the language of the reader", async () => {
  const { id: projectId } = await aProject();
  const judgeId = uuidv7();
  const error =
    "An unexpected error stopped the judge 3 times. Start it again; if that fails too, give your admin the reference x.";
  await prisma.run.create({
    data: { projectId, kind: "judge", state: "failed", payload: { judgeId }, progress: {}, error },
  });
  expect(await listJudgeRuns({ projectId, judgeId })).toMatchObject([
    { error: error.replace("the judge", "the judging") },
  ]);
  const [run] = await inLocale("zh-Hans", () => listJudgeRuns({ projectId, judgeId }));
  expect(run!.error).toContain("意外错误使“评审”运行任务中断了 3 次");
});
