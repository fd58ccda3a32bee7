import { expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { updateProject } from "@/lib/projects/update";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { nextAssignment, sweepLapsedLeases } from "./lease";
import { releaseAll, releaseAssignment } from "./release";
import { skipAssignment } from "./skip";

const endings = {
  "is released": (me: Access<"label:write">, id: string) => releaseAssignment(me, id),
  "is skipped": (me: Access<"label:write">, id: string) => skipAssignment(me, id, { held: [] }),
  "is taken back": (me: Access<"label:write">) => prisma.$transaction((db) => releaseAll(db, me.projectId, me.userId)),
  lapses: async (_: Access<"label:write">, id: string) => {
    await prisma.assignment.updateMany({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });
    await sweepLapsedLeases();
  },
};

test.for(Object.entries(endings))(
  "after the overlap was lowered, a lease that %s opens no slot too many",
  async ([, end]) => {
    const project = await aProject({ overlap: 3 });
    await anInstance(project);
    const holders = await Promise.all([1, 2, 3].map(async () => (await aMember(project)).user));
    const accesses = await Promise.all(holders.map((user) => accessFor(user, project, "label:write")));
    const leases = [];
    for (const access of accesses) leases.push((await nextAssignment(access, { held: [] }))!);
    const { user: admin } = await aMember(project, { role: "admin" });
    await updateProject(await accessFor(admin, project, "project:update"), { overlap: 1 });

    await end(accesses[0]!, leases[0]!.id);
    const newcomer = await accessFor((await aMember(project)).user, project, "label:write");
    expect(await nextAssignment(newcomer, { held: [] })).toBeNull();
  },
);
