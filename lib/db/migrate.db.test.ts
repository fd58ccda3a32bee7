import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aLabel, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { pool, prisma } from "./client";
import { applyMigrations, findDrift } from "./migrate";

const url = process.env.DATABASE_URL!;

test("schema.prisma and the migrations agree", async () => {
  expect(await findDrift(url)).toBe("");
});

test("a difference between the database and schema.prisma is found", async () => {
  await pool.query("alter table rate_limits add column surprise int");
  expect(await findDrift(url)).toContain('DROP COLUMN "surprise"');
  await pool.query("alter table rate_limits drop column surprise");
});

test("applying the migrations again changes nothing, also from two processes at once", async () => {
  expect(await Promise.all([applyMigrations(url), applyMigrations(url)])).toEqual([[], []]);
});

test("a database that a newer version has migrated is refused", async () => {
  await pool.query(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     values ('newer', '', '99991231000000_newer', now(), 1)`,
  );
  await expect(applyMigrations(url)).rejects.toThrow(/does not know: 99991231000000_newer.*newer version/);
  await pool.query("delete from _prisma_migrations where id = 'newer'");
});

test("a migration that was killed is tried again", async () => {
  await pool.query(
    `insert into _prisma_migrations (id, checksum, migration_name, applied_steps_count)
     select 'killed', checksum, migration_name, 0 from _prisma_migrations limit 1`,
  );
  expect(await applyMigrations(url)).toEqual([]);
  const { rows } = await pool.query("select rolled_back_at from _prisma_migrations where id = 'killed'");
  expect(rows[0].rolled_back_at).not.toBeNull();
});

test("an unreachable database is named with what to check, without its password", async () => {
  const failure = applyMigrations("postgresql://someone:hidden@127.0.0.1:1/nowhere");
  await expect(failure).rejects.toThrow(/database nowhere at 127\.0\.0\.1:1 cannot be reached.*DATABASE_URL/);
  await expect(failure).rejects.not.toThrow(/hidden/);
});

test("a label cannot be changed, only superseded", async () => {
  const label = await aLabel(await anInstance(await aProject()));
  const where = { projectId_id: { projectId: label.projectId, id: label.id } };
  await expect(prisma.label.update({ where, data: { rationale: "other" } })).rejects.toThrow(
    /labels are append-only.*next revision/,
  );
  await expect(prisma.label.update({ where, data: { isCurrent: false, revision: 2 } })).rejects.toThrow(/append-only/);
  await prisma.label.update({ where, data: { isCurrent: false } });
});

test("of the revisions of one answer one is current", async () => {
  const instance = await anInstance(await aProject());
  const user = await aUser();
  await aLabel(instance, { userId: user.id });
  await expect(aLabel(instance, { userId: user.id, revision: 2 })).rejects.toMatchObject({ code: "P2002" });
});

test("labels go with their project", async () => {
  const project = await aProject();
  await aLabel(await anInstance(project));
  await prisma.project.delete({ where: { id: project.id } });
  expect(await prisma.label.count({ where: { projectId: project.id } })).toBe(0);
});

test("audit events cannot be changed, removed or emptied", async () => {
  const event = await prisma.auditEvent.create({
    data: { actor: "admin@example.org", action: "member.add", target: "person", detail: {} },
  });
  const refused = /Audit events cannot be changed or removed/;
  await expect(prisma.auditEvent.update({ where: { id: event.id }, data: { actor: "x" } })).rejects.toThrow(refused);
  await expect(prisma.auditEvent.delete({ where: { id: event.id } })).rejects.toThrow(refused);
  await expect(pool.query("truncate audit_events")).rejects.toThrow(refused);
});

test.each([
  ["an address with capitals", () => aUser({ email: "Person@example.org" }), "users_email_is_lower_case"],
  ["a slug with a blank", () => aProject({ slug: "my project" }), "projects_slug_format"],
  ["an overlap of 0", () => aProject({ overlap: 0 }), "projects_overlap_range"],
  ["a lease of a second", () => aProject({ leaseSeconds: 1 }), "projects_lease_seconds_range"],
  [
    "an instance with prompt and messages",
    async () => anInstance(await aProject(), { prompt: "a", messages: [{ role: "user", content: "a" }] }),
    "instances_prompt_or_messages",
  ],
  [
    "fewer than no slots",
    async () => anInstance(await aProject(), { openSlots: -1 }),
    "instances_open_slots_not_negative",
  ],
  ["a revision 0", async () => aLabel(await anInstance(await aProject()), { revision: 0 }), "labels_revision_from_1"],
  [
    "a negative cost",
    async () => aLabel(await anInstance(await aProject()), { costMicros: -1 }),
    "labels_cost_not_negative",
  ],
  ["a policy version 0", () => aProject({ policyVersion: 0 }), "projects_policy_version_from_1"],
])("the database refuses %s", async (_, make, constraint) => {
  await expect(make()).rejects.toThrow(constraint);
});

test("a project has one active reward model at most", async () => {
  const project = await aProject();
  const [snapshotId, runId] = [randomUUID(), randomUUID()];
  const columns = {
    projectId: project.id,
    snapshotId,
    runId,
    seed: 1,
    config: {},
    metrics: {},
    gate: {},
    artifact: Buffer.from(""),
  };
  await prisma.rewardModel.create({ data: { ...columns, version: 1, isActive: true } });
  await prisma.rewardModel.create({ data: { ...columns, version: 2 } });
  await expect(prisma.rewardModel.create({ data: { ...columns, version: 3, isActive: true } })).rejects.toMatchObject({
    code: "P2002",
  });
});

test("an empty prompt is a prompt", async () => {
  expect(await anInstance(await aProject(), { prompt: "" })).toMatchObject({ prompt: "", messages: null });
});
