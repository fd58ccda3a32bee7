import { beforeAll, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, User } from "@/lib/db/generated/client";
import { accessFor, aMember, anInstance, aProject, type ProjectFields } from "@/lib/testing/builders";
import { nextAssignment, sweepLapsedLeases } from "./lease";
import { releaseAssignment } from "./release";
import { skipAssignment } from "./skip";

type Annotator = Access<"label:write">;

let user: User;
beforeAll(async () => {
  ({ user } = await aMember(await aProject()));
});

async function aWorld(instances: number, fields: ProjectFields = {}) {
  const project = await aProject(fields);
  await aMember(project, { user });
  const made: Instance[] = [];
  for (let n = 0; n < instances; n++) made.push(await anInstance(project));
  return { project, instances: made, me: await accessFor(user, project, "label:write") };
}

async function anAnnotator(project: Project): Promise<Annotator> {
  return await accessFor((await aMember(project)).user, project, "label:write");
}

const slotsOf = async (id: string) => (await prisma.instance.findFirstOrThrow({ where: { id } })).openSlots;
const stored = (id: string) => prisma.assignment.findFirstOrThrow({ where: { id } });
const lapse = (id: string) =>
  prisma.assignment.updateMany({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });
const next = async (me: Annotator, ...held: string[]) => (await nextAssignment(me, { held }))!;

test("lends the first open instance by priority, then age, and takes one of its slots", async () => {
  const { instances, me } = await aWorld(3);
  await prisma.instance.updateMany({ where: { id: instances[2]!.id }, data: { priority: -1 } });
  const first = await next(me);
  const second = await next(me, first.id);
  expect([(await stored(first.id)).instanceId, (await stored(second.id)).instanceId]).toEqual([
    instances[2]!.id,
    instances[0]!.id,
  ]);
  expect(await Promise.all(instances.map(({ id }) => slotsOf(id)))).toEqual([2, 3, 2]);
  expect(first.state).toBe("leased");
});

test("the lease lasts as long as the project says, by the database's clock", async () => {
  const { me } = await aWorld(1, { leaseSeconds: 120 });
  const { id } = await next(me);
  const [row] = await prisma.$queryRaw<[{ seconds: number }]>`
    select extract(epoch from lease_until - now())::float8 as seconds from assignments where id = ${id}::uuid`;
  expect(row.seconds).toBeGreaterThan(115);
  expect(row.seconds).toBeLessThanOrEqual(120);
});

test("what I hold comes back first, begun before untouched, and a third is not lent", async () => {
  const { me } = await aWorld(5);
  const first = await next(me);
  const second = await next(me, first.id);
  expect(await nextAssignment(me, { held: [first.id, second.id] })).toBeNull();
  expect((await next(me)).id).toBe(first.id);
  await prisma.assignment.updateMany({
    where: { id: second.id },
    data: { draft: { schemaVersion: 1, answers: {}, reason: "", activeMs: 0 } },
  });
  expect((await next(me)).id).toBe(second.id);
  expect((await next(me, second.id)).id).toBe(first.id);
});

test("my own lapsed lease is extended while nobody has swept it", async () => {
  const { me } = await aWorld(1);
  const { id } = await next(me);
  await lapse(id);
  expect(await next(me)).toMatchObject({ id, state: "leased" });
  expect((await stored(id)).leaseUntil.getTime()).toBeGreaterThan(Date.now());
});

test("a swept lease opens its slot, once, and may come back with its order and draft", async () => {
  const { instances, me } = await aWorld(1, { overlap: 1 });
  const { id } = await next(me);
  const before = await stored(id);
  await prisma.assignment.updateMany({
    where: { id },
    data: { draft: { schemaVersion: 1, answers: { comparison: { overall: 2 } }, reason: "", activeMs: 5 } },
  });
  expect(await sweepLapsedLeases()).toBe(0);
  await lapse(id);
  expect(await sweepLapsedLeases()).toBe(1);
  expect(await sweepLapsedLeases()).toBe(0);
  expect([await slotsOf(instances[0]!.id), (await stored(id)).state]).toEqual([1, "expired"]);

  expect(await next(me)).toMatchObject({ id, state: "leased", draft: { answers: { comparison: { overall: 2 } } } });
  expect(await stored(id)).toMatchObject({ seed: before.seed, shownOrder: before.shownOrder });
  expect(await slotsOf(instances[0]!.id)).toBe(0);
});

test("several lapsed leases of one instance open as many slots", async () => {
  const { project, instances, me } = await aWorld(1, { overlap: 3 });
  for (const annotator of [me, await anAnnotator(project), await anAnnotator(project)])
    await lapse((await next(annotator)).id);
  expect(await slotsOf(instances[0]!.id)).toBe(0);
  await sweepLapsedLeases();
  expect(await slotsOf(instances[0]!.id)).toBe(3);
});

test("a lapsed lease can be taken by another annotator without waiting for the sweep", async () => {
  const { project, me } = await aWorld(1, { overlap: 1 });
  const { id } = await next(me);
  const other = await anAnnotator(project);
  expect(await nextAssignment(other, { held: [] })).toBeNull();
  await lapse(id);
  expect(await nextAssignment(other, { held: [] })).not.toBeNull();
  expect((await stored(id)).state).toBe("expired");
});

test("skipping gives the instance to somebody else, for good, and brings the next one", async () => {
  const { instances, me } = await aWorld(2);
  const first = await next(me);
  const { next: after } = await skipAssignment(me, first.id, { reason: "I do not read Dutch", held: [first.id] });
  expect((await stored(after!.id)).instanceId).toBe(instances[1]!.id);
  expect([await slotsOf(instances[0]!.id), await stored(first.id)]).toMatchObject([
    3,
    { state: "skipped", skipReason: "I do not read Dutch" },
  ]);
  await skipAssignment(me, first.id, { held: [after!.id] });
  expect(await slotsOf(instances[0]!.id)).toBe(3);
  expect(await nextAssignment(me, { held: [after!.id] })).toBeNull();
});

test("releasing opens the slot once, and the instance may come back", async () => {
  const { instances, me } = await aWorld(1);
  const { id } = await next(me);
  await releaseAssignment(me, id);
  await releaseAssignment(me, id);
  expect([await slotsOf(instances[0]!.id), (await stored(id)).state]).toEqual([3, "released"]);
  expect((await next(me)).id).toBe(id);
});

test("another person's assignment does not exist for me, nor does one of another project", async () => {
  const { project, me } = await aWorld(1);
  const { id } = await next(me);
  const stranger = await anAnnotator(project);
  const elsewhere = (await aWorld(0)).me;
  for (const access of [stranger, elsewhere]) {
    await expect(releaseAssignment(access, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(skipAssignment(access, id, { held: [] })).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await stored(id)).state).toBe("leased");
});

test("an assignment shows an ordered pair of the completions, and all pairs occur", async () => {
  const { project, me } = await aWorld(0, { overlap: 1 });
  const seen = new Set<string>();
  for (let n = 0; n < 90; n++) await anInstance(project, { completions: ["a", "b", "c"] });
  for (let n = 0; n < 90; n++) {
    const { id, completions } = await next(me);
    const { shownOrder, seed } = await stored(id);
    const [first, rest] = [Math.floor((seed % 6) / 2), (seed % 6) % 2];
    expect(shownOrder).toEqual([first, rest >= first ? rest + 1 : rest]);
    expect(completions.map(({ label, text }) => [label, text])).toEqual([
      ["A", "abc"[shownOrder[0]!]],
      ["B", "abc"[shownOrder[1]!]],
    ]);
    seen.add(shownOrder.join());
    await skipAssignment(me, id, { held: ["00000000-0000-4000-8000-000000000000"] });
  }
  expect([...seen].sort()).toEqual(["0,1", "0,2", "1,0", "1,2", "2,0", "2,1"]);
});

test("twenty annotators at once fill every slot exactly, nobody twice, each at most two", async () => {
  const { project, instances } = await aWorld(30, { overlap: 3 });
  const annotators = await Promise.all(Array.from({ length: 20 }, () => anAnnotator(project)));
  // Two tabs each, which ask at the same time.
  await Promise.all(annotators.flatMap((me) => [nextAssignment(me, { held: [] }), nextAssignment(me, { held: [] })]));
  const held = await prisma.assignment.groupBy({
    by: ["annotatorId"],
    where: { projectId: project.id, state: "leased" },
    _count: true,
  });
  expect(held.every(({ _count }) => _count <= 2)).toBe(true);

  await Promise.all(
    annotators.map(async (me) => {
      for (let mine = await nextAssignment(me, { held: [] }); mine; mine = await nextAssignment(me, { held: [] })) {
        await prisma.assignment.updateMany({ where: { id: mine.id }, data: { state: "submitted" } });
      }
    }),
  );
  const taken = await prisma.assignment.groupBy({
    by: ["instanceId"],
    where: { projectId: project.id, state: "submitted" },
    _count: true,
  });
  expect(taken.map(({ _count }) => _count)).toEqual(instances.map(() => 3));
  expect(await Promise.all(instances.map(({ id }) => slotsOf(id)))).toEqual(instances.map(() => 0));
});
