import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import {
  startProviderServer,
  type ProviderReply,
  type ProviderRequest,
  type ProviderServer,
} from "@/lib/testing/provider-server";
import type { OpenLm } from "./asker";
import { openChat, type Chat } from "./chat";
import type { ChatMessage } from "./protocols/protocol";
import { lmConfig } from "./schema";

const key = "sk-a-key-of-the-tests";
const never = new AbortController().signal;
const question: ChatMessage[] = [
  { role: "system", content: "You judge." },
  { role: "user", content: "Which is better?" },
];
let server: ProviderServer;
let reply: (request: ProviderRequest) => ProviderReply;
const requests: ProviderRequest[] = [];

beforeAll(async () => {
  server = await startProviderServer({
    key,
    script: (request) => {
      requests.push(request);
      return reply(request);
    },
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  requests.length = 0;
  reply = () => ({ text: "A" });
  await prisma.providerAccount.deleteMany();
});
afterEach(() => vi.unstubAllEnvs());

function aChat(
  fields: Partial<OpenLm["config"]> = {},
  options: { apiKey?: string | null; projectId?: string } = {},
): Chat {
  const config = lmConfig.parse({
    ...{ baseUrl: server.baseUrl, model: "test-model", rubric: "Be fair.", temperature: null, ...fields },
  });
  const { apiKey = key, projectId = "p" } = options;
  const judge: OpenLm = { projectId, judgeId: "j", name: "Fair", kind: "lm", version: 1, config, apiKey };
  return openChat(judge, [server.host], { maxRetries: 2, pauseMs: 1 });
}

const used = { prompt_tokens: 300, cached_tokens: 256, completion_tokens: 41 };

test.each(["openai-compatible", "anthropic", "azure"] as const)(
  "%s: what was said, thought and used comes back",
  async (provider) => {
    reply = () => ({ text: "A", reasoning: "The first is right.", usage: used, finishReason: "length" });
    expect(await aChat({ provider })(question, never)).toEqual({
      ...{ text: "A", reasoningText: "The first is right.", model: "test-model", isCut: true },
      ...{ inputTokens: 300, cachedInputTokens: 256, outputTokens: 41, latencyMs: expect.any(Number) },
    });
    expect(requests[0]!.messages).toEqual(question);
  },
);

test("counts of tokens that cannot be are set right, and a key in the model's name is left out", async () => {
  const chat = aChat();
  reply = () => ({ text: "A", model: `m ${key}`, usage: { ...used, cached_tokens: 400, completion_tokens: -3 } });
  const counted = { inputTokens: 300, cachedInputTokens: 300, outputTokens: 0 };
  expect(await chat(question, never)).toMatchObject({ ...counted, model: "m [key]" });
  reply = () => ({ text: "A", usage: { prompt_tokens: 10.4, completion_tokens: 1e15 } });
  expect(await chat(question, never)).toMatchObject({ inputTokens: 10, outputTokens: 100_000_000 });
});

test("each provider gets the key in its own header, and Azure's older addresses a version", async () => {
  await aChat()(question, never);
  await aChat({ provider: "anthropic" })(question, never);
  await aChat({ provider: "azure" })(question, never);
  const baseUrl = `http://${server.host}/openai/deployments/judge`;
  await aChat({ provider: "azure", baseUrl })(question, never);
  expect(
    requests.map(({ path, headers }) => [path, headers.authorization, headers["x-api-key"], headers["api-key"]]),
  ).toEqual([
    ["/v1/chat/completions", `Bearer ${key}`, undefined, undefined],
    ["/v1/messages", undefined, key, undefined],
    ["/v1/chat/completions", undefined, undefined, key],
    ["/openai/deployments/judge/chat/completions?api-version=2024-10-21", undefined, undefined, key],
  ]);
});

test("a judge of Anthropic's without a key does not send one of the environment's", async () => {
  vi.stubEnv("ANTHROPIC_API_KEY", "sk-of-the-machine");
  await expect(aChat({ provider: "anthropic" }, { apiKey: null })(question, never)).rejects.toMatchObject({
    message: expect.not.stringContaining("sk-of-the-machine"),
  });
});

test.each([
  ["<think>\nHm.\n</think>\n\nA", "A", "Hm."],
  ["Hm. It began in the template.\n</think>\nA", "A", "Hm. It began in the template."],
  ["<think>So long that it was cut", "", "So long that it was cut"],
  ['{"reasoning": "It says </think> too early", "preferred": "A"}', undefined, null],
  ["First <think>not at the start</think> A", undefined, null],
])("thoughts in the text %j are kept apart", async (text, said, thought) => {
  reply = () => ({ text });
  expect(await aChat()(question, never)).toMatchObject({ text: said ?? text, reasoningText: thought });
});

test("probabilities of tokens come when asked for, and spell what was said", async () => {
  const alternatives = [
    { text: "A", logprob: -0.1 },
    { text: "B", logprob: -2.4 },
  ];
  const tokens = ["<think>", "Hm", "</think>", "\n"].map((text) => ({ text, alternatives: [{ text, logprob: 0 }] }));
  reply = () => ({ text: "<think>Hm</think>\nA", tokens: [...tokens, { text: "A", alternatives }] });
  expect(await aChat({ tokenProbabilities: true })(question, never)).toMatchObject({
    ...{ text: "A", tokens: [{ text: "A", alternatives }] },
  });
  expect(await aChat()(question, never)).not.toHaveProperty("tokens");
  expect(requests.map(({ body }) => [body.logprobs, body.top_logprobs])).toEqual([
    [true, 20],
    [undefined, undefined],
  ]);
});

test("Anthropic, which gives no probabilities of tokens, is not asked for them", () => {
  const config = { baseUrl: server.baseUrl, model: "m", rubric: "Be fair.", provider: "anthropic" };
  const { error } = lmConfig.safeParse({ ...config, tokenProbabilities: true });
  expect(error?.issues).toMatchObject([
    { path: ["tokenProbabilities"], message: expect.stringMatching(/gives none: leave it off/) },
  ]);
});

test("how long to think is passed on as each provider wants it", async () => {
  await aChat({ reasoningEffort: "low" })(question, never);
  await aChat({ provider: "anthropic", model: "claude-opus-5", reasoningEffort: "high" })(question, never);
  expect(requests[0]!.body.reasoning_effort).toBe("low");
  expect(requests[1]!.body).toMatchObject({ thinking: { type: "adaptive" }, output_config: { effort: "high" } });
});

test("a model that wants the limit under its newer name gets it so from then on", async () => {
  const message = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.";
  reply = ({ body }) =>
    "max_tokens" in body ? { status: 400, body: JSON.stringify({ error: { message } }) } : { text: "A" };
  const chat = aChat({ maxOutputTokens: 99 });
  await chat(question, never);
  await chat(question, never);
  expect(requests.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
    [99, undefined],
    [undefined, 99],
    [undefined, 99],
  ]);
});

test("what many requests begin with is marked for Anthropic's cache once it has come twice", async () => {
  const rubric = { role: "system" as const, content: "Be fair. ".repeat(600) };
  const examples: ChatMessage[] = [
    { role: "user", content: "An example." },
    { role: "assistant", content: "A" },
  ];
  const chat = aChat({ provider: "anthropic" });
  for (const content of ["One?", "Two?"]) await chat([rubric, ...examples, { role: "user", content }], never);
  const marked = requests.map(({ body }) => JSON.stringify(body).match(/"text":"([^"]{1,20})[^"]*","cache_control"/g));
  expect(marked).toEqual([null, ['"text":"A","cache_control"']]);
  expect(JSON.stringify(requests[1]!.body)).toContain('"cache_control":{"type":"ephemeral"}');
});

test("two chats of one account keep its limit together", async () => {
  const chats = [1, 2].map(() => aChat({ requestsPerMinute: 600 }));
  const started = performance.now();
  await Promise.all(
    [...chats, ...chats].map(async (chat) => {
      for (let n = 0; n < 4; n += 1) await chat(question, never);
    }),
  );
  expect(requests).toHaveLength(16);
  requests.forEach(({ at }, i) => expect(at - started).toBeGreaterThan(i * 100 - 20));
});

test("what one chat is told by Retry-After the other keeps too", async () => {
  const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_000);
  reply = () => (requests.length === 1 ? { status: 429, headers: { "retry-after": at.toUTCString() } } : { text: "A" });
  const [one, other] = [aChat(), aChat()];
  const first = one(question, never);
  await vi.waitFor(async () => expect(await prisma.providerAccount.count()).toBe(1), { timeout: 20_000 });
  await Promise.all([first, other(question, never)]);
  const opens = performance.now() - (Date.now() - at.getTime());
  expect(requests).toHaveLength(3);
  for (const { at } of requests.slice(1)) expect(at).toBeGreaterThan(opens - 5);
});

test("accounts are apart by project, address and key", async () => {
  reply = () => (requests.length === 1 ? { status: 429, headers: { "retry-after": "3600" } } : { text: "A" });
  await expect(aChat()(question, never)).rejects.toMatchObject({ message: expect.stringContaining("60 minutes") });
  await expect(aChat()(question, never)).rejects.toMatchObject({ message: expect.stringContaining("60 minutes") });
  expect(requests).toHaveLength(1);
  expect(await aChat({}, { projectId: "q" })(question, never)).toMatchObject({ text: "A" });
});
