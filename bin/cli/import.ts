import { open } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { operatorAccess } from "@/lib/auth/membership";
import { importResult, type ImportKind, type ImportResult } from "@/lib/datasets/schema";
import { uploadImport } from "@/lib/datasets/upload";
import { AppError } from "@/lib/errors";
import { cancelRun, getRun } from "@/lib/jobs/runs";
import type { RunView } from "@/lib/jobs/schema";
import { waitForRun } from "./wait-for-run";

type Options = { project: string; dryRun?: true };

const readBytes = 1024 * 1024;
const listedFaults = 20;

/** `import FILE` and `labels FILE`. */
export function register(program: Command): void {
  const verbs: [ImportKind, string, string][] = [
    [
      "instances",
      "import",
      "import instances with their labels: JSON lines or a JSON array, plain or gzip; - reads standard input",
    ],
    ["labels", "labels", "import labels of instances that are here; every line names its instance"],
  ];
  for (const [kind, name, description] of verbs) {
    program
      .command(name)
      .description(description)
      .argument("<file>")
      .requiredOption("--project <slug>", "project to import into")
      .option("--dry-run", "check the file and report what an import would do; nothing is stored")
      .action((file: string, options: Options, command: Command) => importFile(kind, file, options, command));
  }
}

async function importFile(kind: ImportKind, file: string, options: Options, command: Command): Promise<void> {
  const access = await operatorAccess("instance:import", options.project);
  const reader = await operatorAccess("run:read", options.project);
  const canceller = await operatorAccess("run:cancel", options.project);
  const upload = { kind, dryRun: options.dryRun === true, filename: file === "-" ? null : path.basename(file) };
  const started = performance.now();
  const { id } = await uploadImport(access, upload, await bytesOf(file));
  const restore = onInterrupt(() => void cancelRun(canceller, id).catch(() => {}));
  try {
    await waitForRun(reader, id);
  } catch (error) {
    const run = await getRun(reader, id);
    if (run.state !== "cancelled") throw error;
    process.exitCode = 130;
    const text = run.result ? `Cancelled. ${summary(run)}` : "Cancelled. Nothing was imported.";
    return print(command, { run, started, text });
  } finally {
    restore();
  }
  const run = await getRun(reader, id);
  const { faults } = importResult.parse(run.result);
  if (faults.total > 0) process.exitCode = 1;
  print(command, { run, started, text: [summary(run), ...faultLines(faults)].join("\n") });
}

async function bytesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file === "-") return process.stdin;
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AppError("not_found", `The file ${file} cannot be read: ${cause.message}.`, { cause });
  });
  return handle.createReadStream({ highWaterMark: readBytes });
}

/**
 * Lets Ctrl-C cancel instead of end the process: what would end it, such as stopping a database that was started for
 * this command, waits until the run has settled. A second Ctrl-C ends it. Returns what puts everything back.
 */
function onInterrupt(cancel: () => void): () => void {
  const others = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  const restore = () => {
    process.removeListener("SIGINT", interrupt);
    for (const listener of others) process.on("SIGINT", listener);
  };
  const interrupt = () => {
    console.error("Cancelling. What is in stays in.");
    cancel();
    restore();
  };
  process.once("SIGINT", interrupt);
  return restore;
}

/** One JSON value with --json, else the text for people. */
function print(command: Command, { run, started, text }: { run: RunView; started: number; text: string }): void {
  if (!command.optsWithGlobals<{ json?: true }>().json) return console.log(text);
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ run: run.id, state: run.state, seconds, result: run.result }));
}

function summary(run: RunView): string {
  const result = importResult.parse(run.result);
  const { instances, labels, faults } = result;
  const parts = [
    result.kind === "instances" &&
      `${instances.created} instances created, ${instances.replaced} replaced, ${instances.unchanged} unchanged`,
    `${labels.created} labels created, ${labels.revised} revised, ${labels.unchanged} unchanged`,
    `${faults.total} ${faults.total === 1 ? "line" : "lines"} left out`,
  ];
  return `${result.dryRun ? "Dry run, nothing is stored: " : ""}${parts.filter(Boolean).join("; ")}.`;
}

function faultLines({ total, first }: ImportResult["faults"]): string[] {
  const lines = first
    .slice(0, listedFaults)
    .map(({ line, field, message }) => `  line ${line}${field && `, ${field}`}: ${message}`);
  return total > lines.length ? [...lines, `  and ${total - lines.length} more`] : lines;
}
