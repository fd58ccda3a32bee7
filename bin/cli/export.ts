import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import type { Access } from "@/lib/auth/access";
import { operatorAccess } from "@/lib/auth/membership";
import { exportSnapshot } from "@/lib/datasets/export";
import { createSnapshotInput, exportQuery, snapshotParams, type SnapshotResponse } from "@/lib/datasets/schema";
import { createSnapshot, getSnapshot, listSnapshots } from "@/lib/datasets/snapshot";
import { AppError } from "@/lib/errors";
import { getProject } from "@/lib/projects/queries";
import { waitForRun } from "./wait-for-run";

type CreateOptions = {
  project: string;
  name: string;
  sources: string;
  questions?: string;
  split?: string;
  lmWeight?: string;
};
type ExportOptions = {
  project: string;
  snapshot: string;
  format?: string;
  rows?: string;
  aspect?: string;
  out?: string;
};

/** `snapshot create`, `snapshot list` and `export`. */
export function register(program: Command): void {
  const snapshot = program.command("snapshot").description("snapshots of a project's labels");
  snapshot
    .command("create")
    .description("fix the current labels of some sources and wait until it is done")
    .requiredOption("--project <slug>", "project")
    .requiredOption("--name <name>", "name of the snapshot")
    .option("--sources <list>", "human, lm, tool, reaction; several with commas", "human")
    .option("--questions <list>", "only labels of these questions")
    .option("--split <split>", "train, test or all")
    .option("--lm-weight <weight>", "what an AI's vote counts in consensus rows, 0 to 1 (the project's)")
    .action(create);
  snapshot
    .command("list")
    .description("list the snapshots of a project")
    .requiredOption("--project <slug>", "project")
    .action(list);
  program
    .command("export")
    .description("write a file of a snapshot; a name ending in .gz is compressed")
    .requiredOption("--project <slug>", "project")
    .requiredOption("--snapshot <id>", "id of the snapshot, or latest")
    .option("--format <format>", "trl, trl-conversational, labels or manifest (the project's, or trl)")
    .option("--rows <rows>", "for trl: consensus or labels (the project's, or consensus)")
    .option("--aspect <id>", "for trl: the aspect that is compared (the project's, or overall)")
    .option("--out <file>", "file to write; standard output without it")
    .action(write);
}

async function create(
  { project, name, sources, questions, split, lmWeight }: CreateOptions,
  command: Command,
): Promise<void> {
  const filter = {
    sources: words(sources),
    ...(questions !== undefined && { questions: words(questions) }),
    ...(split !== undefined && { split }),
    ...(lmWeight !== undefined && { lmWeight: Number(lmWeight) }),
  };
  const input = parseInput(createSnapshotInput, { name, filter });
  const asked = await createSnapshot(await operatorAccess("snapshot:create", project), input);
  await waitForRun(await operatorAccess("run:read", project), asked.runId);
  const made = await getSnapshot(await operatorAccess("snapshot:read", project), asked.id);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  const next = `Write its files with: export --project ${project} --snapshot ${made.id} --format trl --out FILE`;
  console.log(`Made the snapshot ${made.name}: ${describe(made)}.\n${next}`);
}

async function list({ project }: { project: string }, command: Command): Promise<void> {
  const access = await operatorAccess("snapshot:read", project);
  const snapshots: SnapshotResponse[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listSnapshots(access, { limit: 200, cursor });
    snapshots.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(snapshots));
  if (snapshots.length === 0)
    return console.log(
      `Project ${project} has no snapshot yet. Make one with: snapshot create --project ${project} --name ...`,
    );
  for (const snapshot of snapshots) console.log(`${snapshot.id}  ${snapshot.name}  ${describe(snapshot)}`);
}

async function write({ project, snapshot, out, ...given }: ExportOptions, command: Command): Promise<void> {
  const access = await operatorAccess("snapshot:read", project);
  const options = await withDefaults(project, given);
  const id = snapshot === "latest" ? await latestOf(access) : parseInput(snapshotParams, { id: snapshot }).id;
  const file = await exportSnapshot(access, id, parseInput(exportQuery, options));
  if (out === undefined) {
    return await pipeline(file.chunks, process.stdout, { end: false });
  }
  // Under its own name only once it is whole.
  const part = `${out}.part`;
  let rows = 0;
  const count = async function* () {
    for await (const chunk of file.chunks) {
      rows += chunk.split("\n").length - 1;
      yield chunk;
    }
  };
  try {
    const target = createWriteStream(part);
    await (out.endsWith(".gz") ? pipeline(count, createGzip(), target) : pipeline(count, target));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  if (command.optsWithGlobals().json) return console.log(JSON.stringify({ file: out, snapshot: id, rows, ...options }));
  console.log(`Wrote ${out} (${rows} lines) from snapshot ${id}.`);
}

type FileOptions = Pick<ExportOptions, "format" | "rows" | "aspect">;

/** The options with what the project is exported by, where none of them says otherwise. */
async function withDefaults(project: string, given: FileOptions): Promise<FileOptions & { format: string }> {
  const { exportDefaults } = await getProject(await operatorAccess("project:view", project));
  const isOtherFile = given.format !== undefined && given.format !== exportDefaults?.format;
  return { format: "trl", ...(isOtherFile ? {} : exportDefaults), ...given };
}

async function latestOf(access: Access<"snapshot:read">): Promise<string> {
  const [latest] = (await listSnapshots(access, { limit: 1 })).items;
  if (latest) return latest.id;
  throw new AppError(
    "not_found",
    `Project ${access.slug} has no snapshot yet. Make one with: snapshot create --project ${access.slug} --name ...`,
  );
}

function describe({ state, error, hash, manifest }: SnapshotResponse): string {
  if (manifest === null || hash === null) return error ?? state;
  return `${manifest.labels.total} labels on ${manifest.instances} instances, hash ${hash.slice(0, 12)}`;
}

function words(list: string): string[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
