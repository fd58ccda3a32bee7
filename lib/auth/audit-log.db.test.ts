import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, aProject, aUser, principalOf } from "@/lib/testing/builders";
import { grantGlobal } from "./access";
import { recordAudit } from "./audit";
import { listAuditEvents, listProjectAuditEvents } from "./audit-log";

async function aHistory() {
  const project = await aProject();
  const { user } = await aMember(project, { role: "admin" });
  const actor = principalOf(user);
  for (const [n, action] of (["member.invite", "member.role", "member.role", "run.cancel"] as const).entries()) {
    await recordAudit(prisma, actor, { action, target: `thing ${n}`, projectId: project.id, detail: { version: n } });
  }
  return { project, access: await accessFor(user, project, "project:audit") };
}

test("a project's events are listed newest first, in pages, and can be narrowed to one action", async () => {
  const { project, access } = await aHistory();
  await aHistory();
  const first = await listProjectAuditEvents(access, { limit: 3 });
  expect(first.items.map(({ target }) => target)).toEqual(["thing 3", "thing 2", "thing 1"]);
  expect(first.items[0]).toMatchObject({ projectSlug: project.slug, action: "run.cancel", detail: { version: 3 } });
  const second = await listProjectAuditEvents(access, { limit: 3, cursor: first.nextCursor! });
  expect(second).toMatchObject({ items: [{ target: "thing 0" }], nextCursor: null });
  const roles = await listProjectAuditEvents(access, { limit: 50, action: "member.role" });
  expect(roles.items.map(({ target }) => target)).toEqual(["thing 2", "thing 1"]);
});

test("a site admin sees all events, of one project or of all, also after the project is gone", async () => {
  const access = grantGlobal(principalOf(await aUser({ isAdmin: true })), "audit:read");
  const { project } = await aHistory();
  const events = await listAuditEvents(access, { limit: 50, project: project.slug });
  expect(events.items).toHaveLength(4);
  expect(await listAuditEvents(access, { limit: 50, project: "no-such-project" })).toEqual({
    items: [],
    nextCursor: null,
  });

  await prisma.project.delete({ where: { id: project.id } });
  const ids = events.items.map(({ id }) => id);
  const all = await listAuditEvents(access, { limit: 200 });
  const left = all.items.filter(({ id }) => ids.includes(id));
  expect(left.map(({ projectSlug }) => projectSlug)).toEqual([null, null, null, null]);
});

test("an event that holds the whole file that is offered first tells its format, rows and aspect", async () => {
  const { project, access } = await aHistory();
  const exportDefaults = { format: "trl", rows: "consensus", aspect: "overall" };
  await prisma.auditEvent.create({
    data: {
      ...{ actor: "command line", action: "project.update", target: project.slug, projectId: project.id },
      detail: { overlap: 2, exportDefaults, name: null },
    },
  });
  const { items } = await listProjectAuditEvents(access, { limit: 1 });
  expect(items[0]?.detail).toEqual({
    ...{ overlap: 2, name: null },
    ...{ exportDefaults: "trl", exportRows: "consensus", exportAspect: "overall" },
  });
});

test("events can be neither changed nor removed", async () => {
  await aHistory();
  await expect(prisma.auditEvent.updateMany({ data: { actor: "somebody else" } })).rejects.toThrow(
    /cannot be changed or removed/,
  );
  await expect(prisma.auditEvent.deleteMany()).rejects.toThrow(/cannot be changed or removed/);
});
