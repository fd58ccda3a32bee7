import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { runTasks } from "@/lib/jobs/execute-run";
import type { RunHandler } from "@/lib/jobs/runs";
import { lmConfig } from "@/lib/judges/schema";
import { accessFor, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { aRoutingFit, confidencesOf } from "@/lib/testing/routing-fit";
import { workOff } from "@/lib/testing/work-off";
import { applyPolicy } from "./apply";
import { applyScheduled } from "./apply-scheduled";
import { featuresVersion } from "./features/version";
import { followFits } from "./follow-fits";
import { previewPolicy } from "./preview";
import { getRouting, listPolicies } from "./queries";
import { rerouteAfterScoring } from "./reroute-after-scoring";
import { rollBack } from "./roll-back";
import { routeRun } from "./route-run";
import type { PolicyInput, PolicyPayload } from "./schema";
import { routingSettings } from "./settings/schema";

let project: Project;
let admin: User;
let access: Access<"routing:manage">;
let reads: Access<"routing:read">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  admin = await aUser();
  project = await aProject({ members: [{ user: admin, role: "admin" }] });
  access = await accessFor(admin, project, "routing:manage");
  reads = await accessFor(admin, project, "routing:read");
});

const learned: PolicyInput = { kind: "learned", humanShare: 0.25, dualShare: 0 };
const byConfidence: PolicyInput = { kind: "confidence", alpha: 0.1, delta: 0.1 };
const apply = (policy: PolicyInput) => applyPolicy(access, { policy });

/** Open instances, of which every fourth has a long prompt; measured unless said otherwise. */
async function instances(count: number, isMeasured = true): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await anInstance(project)).id);
  if (isMeasured) await measure(ids);
  return ids;
}

async function measure(ids: string[]): Promise<void> {
  const version = await featuresVersion(prisma, project.id);
  await prisma.routingFeatures.createMany({
    data: ids.map((instanceId, n) => ({
      ...{ projectId: project.id, instanceId, version, numbers: { prompt_length: n % 4 === 0 ? 50 : 5 } },
    })),
  });
}

async function aJudge(name: string): Promise<string> {
  const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r" });
  const id = uuidv7();
  await prisma.judge.create({
    data: { id, projectId: project.id, name, kind: "lm", versions: { create: { version: 1, config } } },
  });
  return id;
}

async function current(): Promise<{ policy: PolicyPayload; cause: string | null; createdBy: string | null }> {
  const [newest] = (await listPolicies(reads, { limit: 1 })).items;
  return newest!;
}

const routeAll = async () => {
  const handlers = { route: routeRun } as unknown as Record<"route", RunHandler>;
  await workOff(runTasks(handlers as never));
};

test("learned routing is refused without a fit and with one that cannot be trusted, and says what to use instead", async () => {
  await expect(apply(learned)).rejects.toThrow(/has no fit that tells whom to ask.*uncertainty or random/);
  await aRoutingFit(project, { verdict: "unsystematic" });
  await expect(apply(learned)).rejects.toThrow(/Fit 1 cannot tell whom to ask. Learned routing is unsystematic/);
  await expect(apply(byConfidence)).rejects.toThrow(/no label of a judge that is switched on/);
});

test("people get what a person's label gains most on, with its reason, and the preview shows both ends", async () => {
  await aRoutingFit(project);
  const ids = await instances(16);
  const preview = await previewPolicy(reads, { policy: learned });
  expect(preview.after).toEqual({ human: 4, lm: 12, dual: 0 });
  expect(preview.examples.first).toHaveLength(5);
  expect(preview.examples.first[0]).toMatchObject({ route: "human", score: expect.closeTo(0.03, 9) as number });
  expect(preview.examples.last.map(({ route }) => route)).toEqual(Array(5).fill("lm"));
  await apply(learned);
  const human = await prisma.instance.findMany({ where: { route: "human" }, orderBy: { id: "asc" } });
  expect(human.map(({ id }) => id)).toEqual(ids.filter((_, n) => n % 4 === 0));
  const { reason } = await prisma.route.findFirstOrThrow({ where: { instanceId: ids[0]!, policyVersion: 2 } });
  expect(reason).toMatch(
    /^A person's label gains 0.0300, at the cut .*: to people \(policy 2\). Most of it: long.* \(\+0.0300\)$/,
  );
});

test("what is measured later is drawn by the share until then, and decided again in a version that says why", async () => {
  await aRoutingFit(project);
  const ids = await instances(8, false);
  await apply(learned);
  const drawn = await prisma.route.findFirstOrThrow({ where: { instanceId: ids[0]!, policyVersion: 2 } });
  expect(drawn).toMatchObject({ score: null, reason: expect.stringContaining("not known yet") as string });
  const again = () => prisma.$transaction((db) => rerouteAfterScoring(db, project.id));
  expect(await again()).toBeNull();
  expect((await getRouting(reads)).gains).toEqual({ measured: 0, hasPrice: true });
  await measure(ids);
  expect((await getRouting(reads)).gains).toEqual({ measured: 8, hasPrice: true });
  expect(await again()).not.toBeNull();
  await routeAll();
  expect(await current()).toMatchObject({
    createdBy: null,
    cause: "Instances were measured that it had drawn at random.",
  });
  expect(await prisma.instance.count({ where: { route: "human" } })).toBe(2);
  expect(await again()).toBeNull();
});

test("cuts are of the newest fit and the judges that are switched on, and the preview tells how much goes on", async () => {
  const judge = await aJudge("J");
  const signed = `judge:${judge}@1`;
  await aRoutingFit(project, { confidences: { [signed]: confidencesOf(0.8) } });
  await instances(8, false);
  const preview = await previewPolicy(reads, { policy: byConfidence });
  expect(preview).toMatchObject({ after: { lm: 8 }, escalatedShare: 0.25, humanLabels: { after: 6 } });
  await apply(byConfidence);
  expect((await current()).policy).toMatchObject({ fitVersion: 1, cuts: [{ judge: signed, confidence: 0.8 }] });
  const cascade = (second: string) =>
    apply({ kind: "cascade", alpha: 0.1, delta: 0.1, judges: [judge, second] } satisfies PolicyInput);
  await expect(cascade(uuidv7())).rejects.toThrow(/no language model judge/);
  await expect(cascade(await aJudge("New"))).rejects.toThrow(/no label of the second judge in its current version/);
});

test("a judge that changes leaves a promise that cannot be kept: everything goes to people, audited", async () => {
  const judge = await aJudge("J");
  await aRoutingFit(project, { confidences: { [`judge:${judge}@1`]: confidencesOf(0.8) } });
  await apply({ ...byConfidence, dualShare: 0.1 });
  expect(await followFits(project.id)).toBeNull();
  await prisma.judge.updateMany({ data: { version: 2 } });
  expect(await followFits(project.id)).toMatchObject({ version: 3 });
  expect(await current()).toMatchObject({
    policy: { kind: "all-human", dualShare: 0.1 },
    ...{ createdBy: null, cause: "Policy 2 fell back. A judge that it asks has changed or was switched off." },
  });
  const [audit] = await prisma.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "desc" } });
  expect(audit).toMatchObject({ actor: "Tandem", action: "policy.apply", detail: { kind: "all-human" } });
  await expect(rollBack(access, { version: 2 })).rejects.toThrow(/judges that have changed since/);
});

test("a policy follows newer fits where the settings say so, and falls back where they cannot be trusted", async () => {
  await aRoutingFit(project);
  await apply({ ...learned, dualShare: 0.1 });
  await aRoutingFit(project, { version: 2 });
  expect(await followFits(project.id)).toBeNull();
  await prisma.project.update({ where: { id: project.id }, data: { routingSettings: { appliesRefits: true } } });
  expect(await followFits(project.id)).toMatchObject({ version: 3 });
  expect(await current()).toMatchObject({ policy: { kind: "learned", fitVersion: 2 }, cause: "It follows fit 2." });
  await aRoutingFit(project, { version: 3, verdict: "too few" });
  await followFits(project.id);
  expect(await current()).toMatchObject({
    policy: { kind: "random", humanShare: 0.25, dualShare: 0.1 },
    cause: "Policy 3 fell back. Fit 3 cannot tell whom to ask. Learned routing is too few.",
  });
  expect(await rollBack(access, { version: 2 })).toMatchObject({ version: 5 });
  expect(await current()).toMatchObject({ policy: { kind: "learned", fitVersion: 1 }, createdBy: admin.email });
  // Whoever rolled back did not want fit 3.
  expect(await followFits(project.id)).toBeNull();
  await aRoutingFit(project, { version: 4 });
  expect(await followFits(project.id)).toMatchObject({ version: 6 });
  expect((await current()).policy).toMatchObject({ fitVersion: 4 });
});

test("rolling back makes an earlier policy the next version, unless it is unknown or somebody was faster", async () => {
  await apply({ kind: "random", humanShare: 0.5, dualShare: 0.2, seed: 9 });
  await apply({ kind: "all-ai", seed: 4 });
  await expect(rollBack(access, { version: 9 })).rejects.toThrow(/no policy 9/);
  await expect(rollBack(access, { version: 2, basedOn: 2 })).rejects.toThrow(/Policy 3 was applied/);
  await rollBack(access, { version: 2, basedOn: 3 });
  expect((await current()).policy).toEqual({
    ...{ kind: "random", humanShare: 0.5, pacing: null, dualShare: 0.2, lmWeight: 0.5, seed: 9 },
  });
});

test("a scheduled policy is applied when its time has come, once; one that cannot be is given up, audited", async () => {
  const schedule = async (policy: PolicyInput, at: string) => {
    const settings = routingSettings.parse({ scheduled: { policy, at } });
    await prisma.project.update({ where: { id: project.id }, data: { routingSettings: settings } });
    await applyScheduled();
  };
  await schedule({ kind: "all-ai" }, "2999-01-01T00:00:00Z");
  expect((await current()).policy.kind).toBe("all-human");
  await schedule({ kind: "all-ai" }, "2026-01-01T00:00:00Z");
  await applyScheduled();
  expect(await current()).toMatchObject({
    ...{ version: 2, policy: { kind: "all-ai" }, cause: "It was scheduled for 2026-01-01T00:00:00Z." },
  });
  await schedule(learned, "2026-01-01T00:00:00Z");
  expect(await current()).toMatchObject({ version: 2 });
  const [audit] = await prisma.auditEvent.findMany({ where: { projectId: project.id }, orderBy: { id: "desc" } });
  expect(audit!.target).toBe("scheduled learned policy, which could not be applied");
  const { routingSettings: left } = await prisma.project.findUniqueOrThrow({ where: { id: project.id } });
  expect(left).toMatchObject({ scheduled: null });
});

test("a project whose settings cannot be read does not keep another from its scheduled policy", async () => {
  const scheduled = { policy: { kind: "all-ai" }, at: "2026-01-01T00:00:00Z" };
  await aProject({ routingSettings: { scheduled, unknown: true } });
  await prisma.project.update({ where: { id: project.id }, data: { routingSettings: { scheduled } } });
  await expect(applyScheduled()).rejects.toThrow(/Not every scheduled policy/);
  expect((await current()).policy.kind).toBe("all-ai");
});
