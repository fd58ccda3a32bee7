import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { preferring, startJudgeServer, type JudgeServer, type Script } from "@/lib/testing/judge-server";
import { workOff } from "@/lib/testing/work-off";
import { openLm } from "./ask-lm";
import { createJudge } from "./create";
import { judgeRun } from "./judge-run";
import { createJudgeInput, type LmConfig } from "./schema";
import { startJudgeRun } from "./start-run";

const key = "sk-right";
const byLength = preferring((text) => text.length);
let server: JudgeServer;

beforeAll(async () => {
  server = await startJudgeServer({ key });
  await prisma.allowedHost.create({ data: { host: server.host } });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.providerAccount.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server.requests.length = 0;
});

const instances = 2;
const later = (ms: number) => new Date(Date.now() + ms).toUTCString();
const failing = (status: number, message = "No.", headers = {}): Script => {
  return () => ({ status, headers, message });
};
const always = (text: string, finishReason?: string): Script => {
  return () => ({ text, finishReason });
};

/** Judges every instance; the requests that `isFaulty` names are answered with the fault. */
async function judgeWith(fault: Script, isFaulty: (number: number) => boolean, provider: LmConfig["provider"]) {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = (await accessFor(user, project, "judge:manage")) as Access<"judge:manage"> & Access<"judge:run">;
  for (let n = 0; n < instances; n += 1)
    await anInstance(project, { route: "lm", completions: [`A long completion ${n}.`, `Short ${n}.`] });
  server.follow((asked) => (isFaulty(asked.number) ? fault(asked) : byLength(asked)));
  const config = {
    ...{ baseUrl: server.baseUrl, model: "test-model", rubric: "Prefer the longer.", concurrency: 1, provider },
    ...{ timeoutSeconds: 1, inputPriceMicros: 1_000_000, outputPriceMicros: 2_000_000 },
  };
  const judge = await createJudge(
    access,
    createJudgeInput.parse({ name: "Longer", config, apiKey: key, isEnabled: false }),
  );
  const { id } = await startJudgeRun(access, judge.id, {});
  const handler = judgeRun({
    lm: (opened) => openLm(opened, { maxRetries: 2, pauseMs: 1 }),
    rm: () => expect.unreachable(),
  });
  await workOff(runTasks({ judge: handler }));
  return await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } });
}

/** What is stored: each instance has a label, or an unreadable verdict with its reason, or waits; nothing is there twice. */
async function countUp() {
  const [verdicts, labels] = await Promise.all([prisma.verdict.findMany(), prisma.label.findMany()]);
  const invalid = verdicts.filter(({ outcome }) => (outcome as { kind: string }).kind === "invalid");
  const reasons = invalid.map(({ outcome }) => (outcome as { problem: string }).problem);
  expect(reasons.every((reason) => reason.length > 5)).toBe(true);
  const labelled = new Set(labels.map(({ instanceId }) => instanceId));
  expect(labelled.size).toBe(labels.length);
  expect(invalid.every(({ instanceId }) => !labelled.has(instanceId))).toBe(true);
  for (const id of labelled) expect(verdicts.filter(({ instanceId }) => instanceId === id)).toHaveLength(2);
  const asked = verdicts.reduce((sum, { repairs }) => sum + 1 + repairs, 0);
  for (const { inputTokens, outputTokens, costMicros } of verdicts)
    expect(Number(costMicros)).toBe(inputTokens + 2 * outputTokens);
  return { labels: labels.length, invalid: invalid.length, verdicts: verdicts.length, asked };
}

describe.each(["openai-compatible", "anthropic"] as const)("%s", (provider) => {
  test.each<[string, Script]>([
    ["429 with seconds in Retry-After", failing(429, "Slow down.", { "retry-after": "1" })],
    ["429 with a date in Retry-After", (asked) => failing(429, "Slow down.", { "retry-after": later(900) })(asked)],
    ["429 alone", failing(429)],
    ["500", failing(500)],
    ["503", failing(503)],
    ["529", failing(529, "Overloaded")],
    ["no answer in time", () => "silence"],
    ["a connection that is reset", () => "reset"],
    ["an answer that breaks off", () => "cut"],
    ["an answer that comes too slowly", () => ({ text: "{}", dripMs: 1_500 })],
    ["an answer that comes slowly", (asked) => ({ ...(byLength(asked) as { text: string }), dripMs: 400 })],
    ["prose", always("Both have their merits.")],
    ["wrong choice names", always('{"reasoning": "x", "preferred": "Completion A", "strength": 1}')],
    ["nothing", always("")],
    ["an answer that is cut at its length", always('{"reasoning": "It is', "length")],
  ])("%s once ends in labels for all", async (_, fault) => {
    const run = await judgeWith(fault, (number) => number === 1, provider);
    expect(run).toMatchObject({ state: "succeeded", result: { labels: instances, invalid: 0 } });
    expect(await countUp()).toMatchObject({ labels: instances, verdicts: 2 * instances });
  });

  test.each<[string, Script, RegExp]>([
    ["400", failing(400, "This model's maximum context length is 8."), /maximum context length/],
    [
      "an answer that is none of the protocol",
      () => ({ status: 200, body: '{"ok": true}' }),
      /not one of the protocol/,
    ],
    ["an answer of a megabyte", always("x".repeat(1_000_001)), /more than 1000000 bytes/],
    ["prose, three times", always("I prefer A."), /no JSON object/],
    ["the provider's filter", always("", "content_filter"), /no JSON object/],
    ["a refusal in words", always("I cannot help with that."), /no JSON object/],
  ])("%s leaves the question unreadable and the others judged", async (_, fault, problem) => {
    const isPersistent = /no JSON/.test(problem.source);
    const run = await judgeWith(fault, (number) => number >= 2 && number < (isPersistent ? 5 : 3), provider);
    expect(run).toMatchObject({ state: "succeeded", result: { labels: instances - 1, invalid: 1 } });
    expect(await countUp()).toMatchObject({ labels: instances - 1, invalid: 1, verdicts: 2 * instances - 1 });
    const [verdict] = await prisma.verdict.findMany({ where: { outcome: { path: ["kind"], equals: "invalid" } } });
    expect((verdict!.outcome as { problem: string }).problem).toMatch(problem);
  });

  test.each<[string, Script, RegExp]>([
    ["401", failing(401, `Wrong key ${key}.`), /refuses the key of judge Longer \(401: Wrong key \[key\]\.\)\. Enter/],
    ["402", failing(402), /wants payment .*Top up the account/],
    ["429 without money", failing(429, "You exceeded your current quota."), /wants payment .*Top up the account/],
    ["400 without money", failing(400, "Your credit balance is too low."), /wants payment .*Top up the account/],
    ["403", failing(403), /refuses the key/],
    ["404", failing(404), /finds no model test-model at .*Correct the address or the model/],
    ["405", failing(405), /finds no (chat completions|messages) at .*Correct the address/],
    ["429 with an hour in Retry-After", failing(429, "No.", { "retry-after": "3600" }), /no more requests for 60 min/],
    ["a web page", () => "page", /is no JSON, as from a web page/],
    ["half of the JSON", () => "half", /is no JSON, as from a web page/],
    ["a redirect", () => ({ status: 302, headers: { location: "http://127.0.0.1:1/" } }), /Use the final address/],
  ])("%s ends the run in words, and what was judged stays", async (_, fault, error) => {
    const run = await judgeWith(fault, (number) => number >= 2, provider);
    expect(run).toMatchObject({ state: "failed", error: expect.stringMatching(error) });
    expect(server.requests).toHaveLength(3);
    expect(await countUp()).toMatchObject({ labels: 1, invalid: 0, asked: 2 });
  });

  test.each<[string, Script, RegExp]>([
    ["500", failing(500, "On fire."), /got no answer \(500: On fire\.\).*run it again later/],
    ["a reset", () => "reset", /cannot be asked: .* cannot be reached \(ECONNRESET\)/],
    ["half of an answer", () => "cut", /cannot be asked: .* broke off in the middle of its answer/],
  ])("%s for good leaves all to the next run", async (_, fault, error) => {
    const run = await judgeWith(fault, () => true, provider);
    expect(run).toMatchObject({ state: "failed", error: expect.stringMatching(error) });
    expect(await countUp()).toMatchObject({ verdicts: 0, labels: 0 });
  });
});
