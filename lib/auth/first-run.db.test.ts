import { afterEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { aUser } from "@/lib/testing/builders";
import { acceptInvitation, completeFirstRun, findFirstRunLink } from "./accept-invitation";
import { createFirstRunLink } from "./invitations";

const password = "a password for tests";

afterEach(async () => {
  await prisma.user.deleteMany();
});

test("the link makes an admin of the site, once", async () => {
  const { token } = (await createFirstRunLink())!;
  await completeFirstRun({ token, name: "First", email: "first@example.org", password });
  expect(await prisma.user.findMany()).toMatchObject([{ email: "first@example.org", name: "First", isAdmin: true }]);
  await expect(
    completeFirstRun({ token, name: "Second", email: "second@example.org", password }),
  ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("set up already") });
  expect(await createFirstRunLink()).toBeNull();
});

test("of six people who race for it exactly one becomes admin", async () => {
  const { token } = (await createFirstRunLink())!;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) =>
      completeFirstRun({ token, name: `Person ${n}`, email: `racer${n}@example.org`, password }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await prisma.user.count()).toBe(1);
});

test("a new link ends the one before, and two starts at once leave one that works", async () => {
  const before = (await createFirstRunLink())!;
  const links = await Promise.all([createFirstRunLink(), createFirstRunLink(), createFirstRunLink()]);
  await expect(findFirstRunLink(before.token)).rejects.toMatchObject({ code: "gone" });
  const found = await Promise.allSettled(links.map((link) => findFirstRunLink(link!.token)));
  expect(found.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("it is no invitation: once there is a user it makes nobody an admin", async () => {
  const { token } = (await createFirstRunLink())!;
  await aUser();
  await expect(acceptInvitation({ token, name: "Late", email: "late@example.org", password })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(findFirstRunLink(token)).rejects.toMatchObject({ code: "conflict" });
});

test("an unknown token sets nothing up", async () => {
  await expect(
    completeFirstRun({ token: "guess", name: "Guess", email: "guess@example.org", password }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await prisma.user.count()).toBe(0);
});
