import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";

const migration = "prisma/migrations/20261126200000_relabel_asks/migration.sql";

/** As they were before several sets could ask for one submission. */
const undo = `
  drop table relabel_asks;
  alter table assignments drop column schema_version, drop column guidelines_version,
    add column relabel_set_id uuid, add column is_asked_again boolean not null default false;`;

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
/** Both second versions are of the tenth. */
const [early, late] = [day(5), day(15)];

type Said = { question: string; schema: number; guidelines: number; isCurrent?: boolean };
type Old = { submittedAt: Date | null; said: Said[]; set?: "open" | "stopped"; isAskedAgain?: boolean };

const said = (question: string, schema: number, guidelines: number): Said => ({ question, schema, guidelines });
const replaced = { ...said("comparison", 1, 1), isCurrent: false };

const olds: Record<string, Old> = {
  early: { submittedAt: early, said: [said("comparison", 1, 1)] },
  "from a page with the old guidelines": { submittedAt: late, said: [said("comparison", 2, 1), said("other", 2, 1)] },
  "corrected in part": { submittedAt: early, said: [said("comparison", 2, 2), said("other", 1, 1)] },
  "early without an answer": { submittedAt: early, said: [] },
  "late without an answer": { submittedAt: late, said: [] },
  "never submitted": { submittedAt: null, said: [] },
  waiting: { submittedAt: early, said: [said("comparison", 1, 1)], set: "open", isAskedAgain: true },
  "given anew but for a sealed answer": {
    ...{ submittedAt: early, set: "open" },
    said: [replaced, said("comparison", 2, 2), said("sealed", 1, 1)],
  },
  "given anew, then stopped": { submittedAt: early, said: [replaced, said("comparison", 2, 2)], set: "stopped" },
  "stopped before that": { submittedAt: early, said: [said("comparison", 1, 1)], set: "stopped" },
};

test("submissions from before they had versions follow the oldest of what they say, those that answered a set its own", async () => {
  const project = await aProject();
  const { id: projectId } = project;
  const [me, other] = [await aMember(project), await aMember(project)];
  await prisma.taskSchema.updateMany({ where: { projectId }, data: { createdAt: day(1) } });
  await prisma.guidelines.updateMany({ where: { projectId }, data: { createdAt: day(1) } });
  await prisma.taskSchema.create({ data: { projectId, version: 2, payload: {}, createdAt: day(10) } });
  await prisma.guidelines.create({ data: { projectId, version: 2, text: "", createdAt: day(10) } });
  const versions = { schemaVersion: 2, guidelinesVersion: 2, submissions: 1 };
  const open = await prisma.relabelSet.create({ data: { projectId, ...versions, questions: [] } });
  const stopped = await prisma.relabelSet.create({
    data: { projectId, ...versions, questions: [], stoppedAt: day(20) },
  });
  const names = new Map<string, string>();
  for (const [name, { submittedAt, said: labels }] of Object.entries(olds)) {
    const instance = await anInstance(project);
    const columns = { projectId, instanceId: instance.id, leaseUntil: day(2), seed: 1, shownOrder: [0, 1] };
    const { id } = await prisma.assignment.create({
      data: { ...columns, annotatorId: me.userId, submittedAt, state: submittedAt ? "submitted" : "leased" },
    });
    names.set(id, name);
    for (const [index, { question, schema, guidelines, isCurrent = true }] of labels.entries())
      await aLabel(instance, {
        ...{ question, isCurrent, userId: me.userId, revision: index + 1 },
        ...{ schemaVersion: schema, guidelinesVersion: guidelines },
      });
    // What others say there tells nothing.
    await aLabel(instance, { userId: other.userId, schemaVersion: 1, guidelinesVersion: 1 });
  }

  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query(undo);
    for (const [id, name] of names) {
      const { set, isAskedAgain = false } = olds[name]!;
      const setId = set === undefined ? null : { open, stopped }[set].id;
      await client.query("update assignments set relabel_set_id = $1, is_asked_again = $2 where id = $3", [
        ...[setId, isAskedAgain, id],
      ]);
    }
    await client.query(await readFile(migration, "utf8"));
    const { rows } = await client.query("select id, schema_version, guidelines_version from assignments");
    const followed = rows.map((row) => [names.get(row.id), [row.schema_version, row.guidelines_version]]);
    expect(Object.fromEntries(followed)).toEqual({
      early: [1, 1],
      "from a page with the old guidelines": [2, 1],
      "corrected in part": [1, 1],
      "early without an answer": [1, 1],
      "late without an answer": [2, 2],
      "never submitted": [null, null],
      waiting: [1, 1],
      "given anew but for a sealed answer": [2, 2],
      "given anew, then stopped": [2, 2],
      "stopped before that": [1, 1],
    });
    const asks = await client.query("select assignment_id, relabel_set_id, answered_at from relabel_asks");
    expect(asks.rows.map((row) => [names.get(row.assignment_id), row.relabel_set_id, row.answered_at])).toEqual([
      ["waiting", open.id, null],
    ]);
  } finally {
    await client.query("rollback");
    client.release();
  }
});
