import { expect, test } from "vitest";
import { verifyPassword } from "@/lib/auth/passwords";
import { prisma } from "@/lib/db/client";
import { aProject } from "@/lib/testing/builders";
import { seedDemo } from "./seed-demo";

test("a project of one's own called demo is left alone", async () => {
  const own = await aProject({ slug: "demo" });
  await expect(seedDemo(() => {})).rejects.toMatchObject({ code: "conflict" });
  expect(await prisma.instance.count()).toBe(0);
  await prisma.project.delete({ where: { id: own.id } });
});

test("the demo has twelve instances for people, an account per role, and labels that count nowhere", async () => {
  const said: string[] = [];
  await seedDemo((line) => said.push(line));

  const project = await prisma.project.findUniqueOrThrow({ where: { slug: "demo" }, include: { members: true } });
  expect(project.isDemo).toBe(true);
  expect(project.members.map((member) => member.role).sort()).toEqual(["admin", "annotator", "researcher"]);
  const instances = await prisma.instance.findMany({ include: { completions: true } });
  expect(instances).toHaveLength(12);
  for (const instance of instances) {
    expect(instance).toMatchObject({ isLabelable: true, openSlots: project.overlap });
    expect(instance.completions).toHaveLength(2);
  }
  const labels = await prisma.label.groupBy({ by: ["source", "aspect"], _count: true });
  expect(labels.every((label) => label.source === "demo" && label._count === 8)).toBe(true);
  expect(await prisma.consensus.count()).toBe(0);

  for (const [, role, email, password] of said.join("\n").matchAll(/(\w+) +(\S+@demo\.example\.com) +(\S+)/g)) {
    const user = await prisma.user.findUniqueOrThrow({ where: { email: email! } });
    expect(await verifyPassword(user.passwordHash, password!)).toBe(true);
    expect(user.isAdmin).toBe(role === "admin");
  }
});

test("adding it again changes nothing and shows no password", async () => {
  const said: string[] = [];
  await seedDemo((line) => said.push(line));
  expect(said).toEqual(["The demo is there already."]);
  expect(await prisma.instance.count()).toBe(12);
  expect(await prisma.user.count()).toBe(3);
});
