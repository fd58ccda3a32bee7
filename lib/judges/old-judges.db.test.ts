import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { aLabel, anInstance, aProject } from "@/lib/testing/builders";
import { lmConfig, rmConfig } from "./schema";

const migration = "prisma/migrations/20261126101517_judges_of_every_question/migration.sql";
const oldConfig = {
  ...{ baseUrl: "https://lm.example.org/v1", model: "m", rubric: "r", prompt: "pairwise-1", temperature: 0 },
  ...{ maxOutputTokens: 1024, inputPriceMicros: 1, outputPriceMicros: 2, timeoutSeconds: 60, concurrency: 4 },
};
const rewardModel = { rewardModel: { version: 3, aspect: "overall" }, tieBelow: 0.55 };
const rating: Question = {
  ...{ id: "stars", type: "rating", name: "Stars", definition: "", perCompletion: true },
  ...{ aspects: defaultComparison.aspects, scale: { kind: "likert", points: 5 } },
} as never;

/** As they were before judges answered every question. */
const undo = `
  alter table verdicts drop column question, drop column cached_input_tokens, drop column thinking;
  create unique index verdicts_key on verdicts(project_id, instance_id, judge_id, judge_version, aspect, target, shown_order, sample);`;

test("judges and verdicts from before judges answered every question are about the comparison that they answered", async () => {
  const questions = [rating, { ...defaultComparison, id: "which" }, { ...defaultComparison, id: "other" }];
  const project = await aProject();
  await prisma.taskSchema.create({
    data: { projectId: project.id, version: 2, payload: { questions, reason: "off" } as never },
  });
  const judge = await aJudge(project.id, "lm", oldConfig);
  const reward = await aJudge(project.id, "rm", rewardModel);
  const other = await aProject({ schema: { questions: [rating], reason: "off" } });
  const idle = await aJudge(other.id, "lm", oldConfig);
  const [labelled, unlabelled] = [await anInstance(project), await anInstance(project)];
  for (const { id: instanceId } of [labelled, unlabelled]) await aVerdict(project.id, instanceId, judge);
  await aLabel(labelled, { source: "lm", annotator: `judge:${judge}@1`, question: "gone" });

  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(undo);
    await client.query(await readFile(migration, "utf8"));
    const verdicts = await client.query("select question, cached_input_tokens from verdicts order by question");
    expect(verdicts.rows).toEqual([
      { question: "gone", cached_input_tokens: 0 },
      { question: "which", cached_input_tokens: 0 },
    ]);
    const { rows } = await client.query("select judge_id, config from judge_versions");
    const configOf = (id: string) => rows.find(({ judge_id }) => judge_id === id).config;
    expect(lmConfig.parse(configOf(judge))).toMatchObject({
      ...{ ...oldConfig, questions: ["which"], samples: 1, provider: "openai-compatible" },
      prompt: { comparison: "pairwise-1", rating: "rating-1" },
    });
    expect(lmConfig.parse(configOf(idle)).questions).toEqual(["comparison"]);
    expect(rmConfig.parse(configOf(reward))).toEqual(rewardModel);
  } finally {
    await client.query("rollback");
    client.release();
  }
});

async function aJudge(projectId: string, kind: "lm" | "rm", config: object): Promise<string> {
  const data = { projectId, name: kind, kind, versions: { create: { version: 1, config: config as never } } };
  return (await prisma.judge.create({ data })).id;
}

async function aVerdict(projectId: string, instanceId: string, judgeId: string): Promise<void> {
  await prisma.verdict.create({
    data: {
      ...{ projectId, instanceId, judgeId, judgeVersion: 1, question: "unknown", aspect: "overall", target: "0-1" },
      ...{ shownOrder: "0-1", outcome: { kind: "tie", reasoning: null }, rawText: "", latencyMs: 1, repairs: 0 },
      ...{ inputTokens: 7, outputTokens: 3, costMicros: 5n },
    },
  });
}
