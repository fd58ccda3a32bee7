import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { runOnce } from "graphile-worker";
import { expect, test } from "vitest";
import { importRun } from "@/lib/datasets/import-run";
import { uploadImport } from "@/lib/datasets/upload";
import { pool, prisma } from "@/lib/db/client";
import { runTasks } from "@/lib/jobs/execute-run";
import { queueLogger } from "@/lib/jobs/queue-logger";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";

const human = { annotator: "ann1", kind: "human" };
const records = [
  {
    id: "q1",
    source: "test",
    prompt: "Find the fault",
    completions: [
      { id: "a", text: "One 👩‍🚒 two", model: "m1", steps: ["One", "two"] },
      { id: "b", text: null, url: "u" },
    ],
    labels: [
      { ...human, type: "comparison", preferred: "tie", note: "both bad", order: [1, 0] },
      { ...human, type: "comparison", preferred: 1, order: [0, 1], rationale: "Better." },
      { ...human, type: "steps", completion: 0, steps: [{ index: 0, label: "redundant", flags: ["x"] }] },
      {
        ...human,
        type: "spans",
        covered: [0],
        spans: [{ completion: 0, start: 1, end: 3, category: "c", on: "prompt" }],
      },
      { ...human, type: "ranking", ranks: [2, 1] },
    ],
    gold: { type: "comparison", preferred: 1 },
    meta: { n: 1.5 },
  },
  { id: "q2", messages: [{ role: "user", content: "Hi" }], completions: [{ id: "a", text: "x" }], labels: [] },
  {
    id: "q3",
    prompt: "",
    completions: [{ id: "a", text: "x" }],
    labels: [{ ...human, type: "rating", completion: 0, aspect: "s", value: "yes" }],
  },
];

/** One change a row; each must be seen. */
const corruptions = [
  "update instances set prompt = prompt || ' ' where outside_id = 'q1'",
  `update instances set messages = '[{"role": "user", "content": "Hj"}]' where outside_id = 'q2'`,
  `update instances set meta = '{"n": 2}' where outside_id = 'q3'`,
  "update completions set text = 'y' where instance_id in (select id from instances where outside_id = 'q3')",
  "update labels set shown_order = '{0,1}' where type = 'comparison' and sample = 0",
  `update labels set payload = jsonb_set(payload, '{preferred}', '0') where type = 'comparison' and sample = 1`,
  "update labels set rationale = 'Best.' where type = 'spans'",
  "update labels set annotator = 'import:ann2' where type = 'ranking'",
  "delete from labels where type = 'rating'",
];

test(
  "the comparison finds nothing after an import, and every row that was tampered with",
  { timeout: 120_000 },
  async () => {
    const project = await aProject();
    const { user } = await aMember(project, { role: "researcher" });
    const access = await accessFor(user, project, "instance:import");
    const content = records.map((record) => JSON.stringify(record)).join("\n");
    await uploadImport(access, { kind: "instances", dryRun: false, filename: null }, bytesOf(content));
    const taskList = runTasks({ import: importRun, snapshot: importRun });
    await runOnce({ pgPool: pool, logger: queueLogger, noHandleSignals: true, taskList });

    const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-compare-"));
    const file = path.join(folder, "file.jsonl");
    await writeFile(file, content);
    const counts = { files: 1, instances_in_files: 3, instances_in_db: 3, labels_in_files: 6, labels_in_db: 6 };
    try {
      expect(await compare(project.slug, file)).toEqual({ ...counts, mismatches: 0 });
      await prisma.$executeRawUnsafe("alter table labels disable trigger user");
      for (const sql of corruptions) expect(await prisma.$executeRawUnsafe(sql), sql).toBe(1);
      // The renamed annotator is a label that is missing and one too many.
      const mismatches = corruptions.length + 1;
      expect(await compare(project.slug, file)).toEqual({ ...counts, labels_in_db: 5, mismatches });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

async function compare(slug: string, file: string): Promise<unknown> {
  const args = [
    "--import",
    "tsx",
    path.join(import.meta.dirname, "import-compare.ts"),
    process.env.DATABASE_URL!,
    `${slug}=${file}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as unknown;
}
