import { afterAll, beforeAll, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { sigmoid } from "@/lib/stats/logistic";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { aRewardModel } from "@/lib/testing/reward-model";
import { scoreInput, servedQuery, type ScoredCompletion } from "../serving/schema";
import { scoreTexts } from "../score";
import { endThread } from "../scorer-thread-client";
import { scoreForOpenrlhf } from "./openrlhf";
import { openrlhfInput, openrlhfOutput, vllmClassifyOutput, vllmInput, vllmModels, vllmPoolingOutput } from "./schema";
import { vllmScoreInput, vllmScoreOutput } from "./schema";
import { classifyForVllm, listForVllm, poolForVllm, scoreForVllm } from "./vllm";

const query = servedQuery.parse({});
const bare = ["The river is wide.", "Perhaps."];
const promptOf = (asked: string) => `<|im_start|>user\n${asked}<|im_end|>\n<|im_start|>assistant\n`;
const prompts = [promptOf("Where?"), promptOf("When?")];
const templated = bare.map((text, i) => `${prompts[i]}${text}<|im_end|>\n`);

let access: Access<"reward:read">;
let wanted: ScoredCompletion[];

beforeAll(async () => {
  await prisma.project.deleteMany();
  const project = await aProject({ slug: "panda" });
  const { user } = await aMember(project, { role: "researcher" });
  access = await accessFor(user, project, "reward:read");
  await aRewardModel(project.id, { version: 3 });
  const items = bare.map((text) => ({ prompt: "", completions: [text] }));
  const scored = await scoreTexts(access, "active", scoreInput.parse({ items }));
  wanted = scored.items.map(({ completions }) => completions[0]!);
});
afterAll(endThread);

const rewards = () => wanted.map(({ reward }) => reward);
const served = () => ({ access, id: "active", query });

test("OpenRLHF gets the rewards of the completions in its queries, in its shape", async () => {
  const body = openrlhfInput.parse({ query: templated, prompts, labels: ["", "so"], datasources: ["a", "b"] });
  const answer = await scoreForOpenrlhf(access, "active", body, query);
  expect(openrlhfOutput.parse(answer)).toEqual({
    version: 3,
    rewards: rewards(),
    scores: rewards(),
    extra_logs: { reward_sd: wanted.map(({ sd }) => sd) },
  });
  const older = openrlhfInput.parse({ query: templated });
  expect(await scoreForOpenrlhf(access, "active", older, query)).toEqual(answer);
});

test("the address says which score a trainer gets", async () => {
  const careful = servedQuery.parse({ by: "uwo", lambda: "0.1" });
  const body = openrlhfInput.parse({ query: bare });
  const { rewards: found } = await scoreForOpenrlhf(access, "active", body, careful);
  expect(found).toEqual(wanted.map(({ reward, sd }) => expect.closeTo(reward - 0.1 * sd ** 2, 5) as number));
  expect(servedQuery.safeParse({ by: "median" }).success).toBe(false);
});

test("vLLM's classify and pooling have one number a text where reward-model clients look for it", async () => {
  const body = vllmInput.parse({ model: "any", input: templated, add_special_tokens: false });
  const classified = vllmClassifyOutput.parse(await classifyForVllm(served(), body));
  expect(classified).toMatchObject({ object: "list", model: "panda-reward-model-3", version: 3 });
  expect(classified.data.map(({ probs }) => probs)).toEqual(rewards().map((reward) => [reward]));
  const pooled = vllmPoolingOutput.parse(await poolForVllm(served(), body));
  expect(pooled.data.map(({ data }) => data.at(-1)![0])).toEqual(rewards());
  expect(pooled.data.map(({ index }) => index)).toEqual([0, 1]);
});

test("vLLM's classify takes a single text or a conversation, and activates on request", async () => {
  const talk = [
    { role: "user", content: "Where?" },
    { role: "assistant", content: bare[0] },
  ];
  for (const body of [{ input: bare[0] }, { messages: talk }]) {
    const parsed = vllmInput.parse({ ...body, use_activation: true });
    const { data } = await classifyForVllm(served(), parsed);
    expect(data).toEqual([{ index: 0, label: "LABEL_0", probs: [sigmoid(rewards()[0]!)], num_classes: 1 }]);
  }
});

test("vLLM's score pairs one prompt with all completions, or each with its own, under both names", async () => {
  for (const body of [
    { text_1: "Where?", text_2: bare },
    { queries: ["Where?", "When?"], documents: bare },
  ]) {
    const { data } = vllmScoreOutput.parse(await scoreForVllm(served(), vllmScoreInput.parse(body)));
    expect(data.map(({ score }) => score)).toEqual(rewards());
  }
});

test("vLLM's list of models names the one that answers", async () => {
  const { data } = vllmModels.parse(await listForVllm(access, "active"));
  expect(data.map(({ id }) => id)).toEqual(["panda-reward-model-3"]);
});

test.each([
  ["fewer prompts than queries", openrlhfInput, { query: bare, prompts: ["one"] }],
  ["no query", openrlhfInput, { query: [] }],
  ["token ids", vllmInput, { input: [1, 2, 3] }],
  ["both a text and a conversation", vllmInput, { input: "a", messages: [] }],
  ["a conversation that ends with the user", vllmInput, { messages: [{ role: "user", content: "a" }] }],
  ["prompts without completions", vllmScoreInput, { text_1: "a" }],
  ["two prompts for three completions", vllmScoreInput, { text_1: ["a", "b"], text_2: ["c", "d", "e"] }],
])("%s cannot be scored", (_, schema, body) => {
  expect(schema.safeParse(body).success).toBe(false);
});
