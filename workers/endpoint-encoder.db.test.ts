import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { encoderInput } from "@/lib/encoders/schema";
import { runTasks } from "@/lib/jobs/execute-run";
import { setEncoder } from "@/lib/reward/encoder-choice";
import { openFeatureEncoder } from "@/lib/reward/feature-encoder";
import { promoteRewardModel } from "@/lib/reward/promote";
import { listRewardModels } from "@/lib/reward/queries";
import { trainInput } from "@/lib/reward/schema";
import { scoreInput } from "@/lib/reward/serving/schema";
import { scoreTexts } from "@/lib/reward/score";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { trainRun } from "@/lib/reward/train-run";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { embeddingWidth, startEmbeddingsServer, type EmbeddingsServer } from "@/lib/testing/embeddings-server";
import { addPreferences } from "@/lib/testing/preferences";
import { workOff } from "@/lib/testing/work-off";
import { startTrainer } from "./start-trainer";

// In the order of a project's life: each test goes on from what the one before has made.
const key = "sk-embeddings-test-key-1234";

let server: EmbeddingsServer;
let world: Awaited<ReturnType<typeof aWorld>>;

beforeAll(async () => {
  await prisma.project.deleteMany();
  await prisma.allowedHost.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  server = await startEmbeddingsServer({ key });
  world = await aWorld();
  await addPreferences(world.project.id, { prompts: 120 });
});
afterAll(async () => {
  await server.stop();
  await prisma.allowedHost.deleteMany();
  await endThread();
});

const choose = (apiKey?: string | null) =>
  setEncoder(world.access, { endpoint: { baseUrl: server.baseUrl, model: "embed-1", apiKey } });
const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

test("an endpoint that cannot be used is refused in words that say what to do, without its key", async () => {
  expect(await failureOf(choose(key))).toMatchObject({
    code: "forbidden",
    faults: [{ path: "endpoint.baseUrl", message: expect.stringContaining("cannot be asked") }],
  });
  await prisma.allowedHost.create({ data: { host: server.host } });
  const refused = (await failureOf(choose("sk-not-this-one-987654"))) as Error;
  expect(refused).toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/refuses the key .*Enter a valid one/),
  });
  expect(refused.message).not.toContain("987654");
  const baseUrl = `http://${server.host}/v2`;
  expect(
    await failureOf(setEncoder(world.access, { endpoint: { baseUrl, model: "embed-1", apiKey: key } })),
  ).toMatchObject({
    code: "invalid",
    message: expect.stringContaining("has no embeddings of a model embed-1"),
  });
  expect(encoderInput.safeParse({ model: null, endpoint: { baseUrl, model: "m" } }).success).toBe(false);
  expect(encoderInput.safeParse({}).success).toBe(false);
});

test("a busy endpoint is asked again, and its key is kept where nobody can read it", async () => {
  server.troubles.push(
    { status: 429, headers: { "retry-after": "0" } },
    { status: 503, headers: { "retry-after": "0" } },
  );
  const { encoder, hasKey } = await choose(key);
  expect(encoder).toMatchObject({ width: embeddingWidth, endpoint: { baseUrl: server.baseUrl, model: "embed-1" } });
  expect(hasKey).toBe(true);
  const { encryptedKey } = await prisma.embeddingKey.findFirstOrThrow();
  expect(Buffer.from(encryptedKey).toString("latin1")).not.toContain("embeddings-test");
  expect(JSON.stringify(await prisma.auditEvent.findMany({ where: { action: "reward.encoder" } }))).not.toContain(key);
  // Chosen again without a key, it is the same encoder with the key it had.
  expect(await choose()).toEqual({ encoder, folders: expect.anything(), hasKey: true });
});

test(
  "a version is trained on the endpoint's vectors, each text asked for once, and scores by it",
  { timeout: 300_000 },
  async () => {
    const { access } = world;
    server.requests.length = 0;
    await startTraining(access, trainInput.parse({}));
    await workOff(runTasks({ train: trainRun(startTrainer) }));
    const [version] = (await listRewardModels(access, { limit: 1 })).items;
    expect(version!.config.encoder).toMatchObject({ width: embeddingWidth, endpoint: { model: "embed-1" } });
    const asked = server.requests.flat().filter((text) => !text.startsWith("The quick brown fox"));
    expect(asked.length).toBe(new Set(asked).size);
    // Prompts are read too, and only what is there to stay is stored.
    const completions = await prisma.completion.findMany({ distinct: ["text"], select: { text: true } });
    expect(await prisma.encoderVector.count()).toBe(completions.length);
    expect(asked.length).toBeGreaterThan(completions.length);

    if (!version!.isActive) await promoteRewardModel(access, version!.id, { reason: "to see it score" });
    const { items } = await scoreTexts(
      access,
      "active",
      scoreInput.parse({ items: [{ prompt: "?", completions: ["A text of nobody", "Another one", " "] }] }),
    );
    expect(items[0]!.completions.every(({ reward }) => Number.isFinite(reward))).toBe(true);
  },
);

test("another model behind the same name is found out, and chosen again it is another encoder", async () => {
  const { access, project } = world;
  const before = (await choose()).encoder;
  server.change();
  const again = { ...before, endpoint: { ...before.endpoint!, probe: [...before.endpoint!.probe] } };
  // As a process that has not looked yet.
  again.endpoint.probe[0]! += 0.001;
  await expect(openFeatureEncoder({ projectId: project.id, config: again })).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("gives other vectors than when it was chosen"),
  });
  expect((await choose()).encoder.version).not.toBe(before.version);
  expect((await setEncoder(access, { model: null })).hasKey).toBe(false);
});

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "reward:train");
  // An admin holds all of these; the proofs are joined for brevity.
  return {
    project,
    access: access as typeof access &
      Awaited<ReturnType<typeof accessFor<"reward:manage">>> &
      Awaited<ReturnType<typeof accessFor<"reward:read">>>,
  };
}
