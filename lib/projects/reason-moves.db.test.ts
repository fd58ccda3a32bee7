import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { aMember, anInstance, aProject } from "@/lib/testing/builders";
import { currentSchema } from "./current-schema";
import { defaultComparison } from "./schema";

test("the reason of a stored question becomes that of its task schema, and answers of a draft are put by question", async () => {
  const schema = { questions: [{ ...defaultComparison, reason: "required" }] } as never;
  const project = await aProject({ schema });
  const { id: instanceId } = await anInstance(project);
  const { userId: annotatorId } = await aMember(project);
  const draft = { schemaVersion: 1, answers: { overall: 2 }, reason: "so far", activeMs: 5 };
  const columns = {
    projectId: project.id,
    instanceId,
    annotatorId,
    leaseUntil: new Date(),
    seed: 1,
    shownOrder: [0, 1],
  };
  await prisma.assignment.create({ data: { ...columns, draft } });

  await pool.query(await readFile("prisma/migrations/20261125221500_reason_of_the_submission/migration.sql", "utf8"));
  expect((await currentSchema(prisma, project.id)).taskSchema).toEqual({
    questions: [defaultComparison],
    reason: "required",
  });
  expect(await prisma.assignment.findFirstOrThrow({ where: { projectId: project.id } })).toMatchObject({
    draft: { ...draft, answers: { comparison: { overall: 2 } } },
  });
});
