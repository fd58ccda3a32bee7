import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import { accessFor, aLabel, aLabelOf, anInstance, aProject, aUser } from "@/lib/testing/builders";
import { measureAgreement } from "./agreement";

beforeEach(() => prisma.project.deleteMany());

test("agreement is counted per aspect between people, and of people with judges; demo labels and other types are left out", async () => {
  const user = await aUser();
  const project = await aProject({ members: [{ user, role: "researcher" }] });
  const access = await accessFor(user, project, "quality:read");
  expect(await measureAgreement(access)).toEqual({ agreement: [], withJudges: [], leftOut: 0 });

  const answers: (0 | 1 | "tie")[][] = [[0, 0, 1], [1, 1], ["tie", 0], [0]];
  for (const votes of answers) {
    const instance = await anInstance(project);
    for (const preferred of votes)
      await aLabel(instance, { payload: { preferred, strength: preferred === "tie" ? 0 : 1 } });
    await aLabel(instance, { source: "lm", annotator: "import:judge", payload: { preferred: 1 } });
    await aLabel(instance, { source: "demo", annotator: "demo:a", payload: { preferred: 1 } });
    await aLabel(instance, { annotator: "import:corrected", isCurrent: false, payload: { preferred: 1 } });
    await aLabel(instance, { aspect: "safety" });
    for (const value of [true, false]) await aLabelOf(instance, "binary", { completion: 0, value, kind: "thumb" });
  }
  const ids = (await prisma.instance.findMany({ select: { id: true } })).map(({ id }) => id);
  await refreshConsensus(prisma, project.id, ids);
  const { agreement, withJudges } = await measureAgreement(access);
  // 1 of 3 pairs, 1 of 1, 0 of 1; on safety nobody shares a comparison.
  expect(agreement).toMatchObject([{ aspect: "overall", agreement: 2 / 5, units: 3, labels: 7, pairs: 5 }]);
  expect(agreement[0]!.interval[0]).toBeLessThan(0.4);
  // With the judge, who always says 1: 1 of 3, 2 of 2, 0 of 2, 0 of 1.
  expect(withJudges).toMatchObject([{ aspect: "overall", agreement: 3 / 8, units: 4, labels: 12, pairs: 8 }]);
  expect(await measureAgreement(access)).toEqual({ agreement, withJudges, leftOut: 0 });
});

test("whoever saw what AI suggests is left out of the agreement with judges, and counted", async () => {
  const user = await aUser();
  const project = await aProject({ members: [{ user, role: "researcher" }] });
  const access = await accessFor(user, project, "quality:read");
  const suggestion = { label: project.id, source: "lm", mode: "shown", taken: true };
  for (const seen of [
    [0, 0],
    [1, "tie"],
  ] as const) {
    const instance = await anInstance(project);
    await aLabel(instance, { source: "lm", annotator: "import:judge", payload: { preferred: 0 } });
    await aLabel(instance, { payload: { preferred: 1 } });
    for (const preferred of seen)
      await aLabel(instance, { suggestion, payload: { preferred, strength: preferred === "tie" ? 0 : 1 } });
    await aLabel(instance, { suggestion, isCurrent: false, annotator: "import:corrected", payload: { preferred: 0 } });
  }
  const untold = { preferred: "tie", strength: 0, cannotTell: true } as const;
  await aLabel(await anInstance(project), { suggestion, payload: untold });
  // No judge has answered this one.
  const apart = await anInstance(project);
  for (let count = 0; count < 2; count += 1) await aLabel(apart, { suggestion, payload: { preferred: 0 } });
  const ids = (await prisma.instance.findMany({ select: { id: true } })).map(({ id }) => id);
  await refreshConsensus(prisma, project.id, ids);
  const measured = await measureAgreement(access);
  // The two who saw nothing said 1 where the judge said 0.
  expect(measured.withJudges).toMatchObject([{ agreement: 0, units: 2, labels: 4, pairs: 2 }]);
  expect(measured.leftOut).toBe(4);
  // Between people, on three comparisons: 1 of 3 pairs, 1 of 3, 1 of 1.
  expect(measured.agreement).toMatchObject([{ agreement: 3 / 7, units: 3, labels: 8 }]);
});
