import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { AppError } from "@/lib/errors";
import { cancelRun, getRun, listRuns } from "@/lib/jobs/runs";
import { listRunsQuery, runKinds, runParams, runStates, type RunView } from "@/lib/jobs/schema";
import { watchRun } from "./wait-for-run";

type ProjectOption = { project: string };
type ListOptions = ProjectOption & { kind?: string; state?: string; limit: string; cursor?: string };

/** `run list`, `run show`, `run watch` and `run cancel`. */
export function register(program: Command): void {
  const run = program.command("run").description("long work: imports, snapshots, judging, routing, training");
  run
    .command("list")
    .description("list a project's runs, newest first")
    .requiredOption("--project <slug>", "whose runs")
    .option("--kind <kind>", runKinds.join(", "))
    .option("--state <state>", runStates.join(", "))
    .option("--limit <runs>", "how many", "20")
    .option("--cursor <id>", "list what is older than this run")
    .action(list);
  run
    .command("show <id>")
    .description("show a run: how far it is, and what came of it")
    .requiredOption("--project <slug>", "whose run it is")
    .action(show);
  run
    .command("watch <id>")
    .description("wait until a run has ended; the exit code is 1 when it failed or was cancelled")
    .requiredOption("--project <slug>", "whose run it is")
    .action(watch);
  run
    .command("cancel <id>")
    .description("cancel a run: at once while it waits, else between two batches of its work")
    .requiredOption("--project <slug>", "whose run it is")
    .action(cancel);
}

async function list({ project, ...query }: ListOptions, command: Command): Promise<void> {
  const page = await listRuns(await operatorAccess("run:read", project), parseInput(listRunsQuery, query));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(page));
  if (page.items.length === 0) return console.log("There is no such run.");
  for (const run of page.items) console.log(`${run.id}  ${run.createdAt.slice(0, 19).replace("T", " ")}  ${line(run)}`);
  if (page.nextCursor !== null) console.log(`Older ones: --cursor ${page.nextCursor}`);
}

async function show(id: string, { project }: ProjectOption, command: Command): Promise<void> {
  print(await getRun(await operatorAccess("run:read", project), idOf(id, project)), command);
}

async function watch(id: string, { project }: ProjectOption, command: Command): Promise<void> {
  const run = await watchRun(await operatorAccess("run:read", project), idOf(id, project));
  if (run.state !== "succeeded") process.exitCode = 1;
  print(run, command);
}

async function cancel(id: string, { project }: ProjectOption, command: Command): Promise<void> {
  print(await cancelRun(await operatorAccess("run:cancel", project), idOf(id, project)), command);
}

function idOf(id: string, project: string): string {
  if (runParams.safeParse({ id }).success) return id;
  throw new AppError("not_found", `There is no run ${id} in project ${project}. See: run list --project ${project}`);
}

function print(run: RunView, command: Command): void {
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(run));
  console.log(line(run));
  if (run.error !== null) console.log(run.error);
  if (run.result !== null) console.log(JSON.stringify(run.result, null, 2));
}

function line(run: RunView): string {
  const { done, total, unit } = run.progress;
  const whole = total === null || run.finishedAt !== null ? "" : ` of ${total}`;
  return `${run.kind}  ${wordState(run)}  ${done}${whole} ${unit}  by ${run.createdBy ?? "itself"}`;
}

function wordState(run: RunView): string {
  if (run.stoppedAtCap) return "stopped at a cap";
  if (run.finishedAt === null && run.cancelRequestedAt !== null) return "is being cancelled";
  return run.lacksWorker ? `waits for a worker that takes ${run.kind}` : run.state;
}
