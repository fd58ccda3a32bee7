import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { applyPolicy } from "@/lib/routing/apply";
import { previewPolicy } from "@/lib/routing/preview";
import { getRouting } from "@/lib/routing/queries";
import {
  applyPolicyInput,
  previewPolicyInput,
  routeResult,
  type PolicyPreview,
  type RouteCounts,
  type RouteResult,
  type RoutingView,
} from "@/lib/routing/schema";
import { registerFits } from "./route-fit";
import { registerPlan } from "./route-plan";
import { waitForRun } from "./wait-for-run";

type ProjectOption = { project: string };
type PolicyOptions = ProjectOption & { humanShare?: string; dualShare?: string; lmWeight?: string; seed?: string };

const names = { human: "people", lm: "AI", dual: "both" } as const;

/** `routing show`, `routing preview`, `routing set`, `routing plan`, `routing fit` and `routing backtest`; also as `route`. */
export function register(program: Command): void {
  const routing = program.command("routing").alias("route").description("who labels what: people, AI or both");
  routing
    .command("show")
    .description("show the policy, how far each route is and what waits")
    .requiredOption("--project <slug>", "project")
    .action(show);
  withPolicy(routing.command("preview <policy>"))
    .description("count what a policy would change, and what it would cost; nothing is stored")
    .action(preview);
  withPolicy(routing.command("set <policy>"))
    .description("apply a policy to new instances and to those that nobody has labelled, and wait until it is done")
    .action(set);
  registerPlan(routing);
  registerFits(routing);
}

function withPolicy(command: Command): Command {
  return command
    .usage("<all-human|all-ai|random|uncertainty> [options]")
    .requiredOption("--project <slug>", "project")
    .option("--human-share <share>", "for random and uncertainty: share that goes to people, 0 to 1")
    .option("--dual-share <share>", "share that goes to people and AI, drawn first, 0 to 1 (as it is)")
    .option("--lm-weight <weight>", "what an AI's vote counts where a person's counts 1, 0 to 1 (as it is)")
    .option("--seed <number>", "seed of the draws (as it is)");
}

async function show({ project }: ProjectOption, command: Command): Promise<void> {
  const routing = await getRouting(await operatorAccess("routing:read", project));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(routing));
  console.log(wordRouting(routing).join("\n"));
}

async function preview(kind: string, options: PolicyOptions, command: Command): Promise<void> {
  const input = parseInput(previewPolicyInput, { policy: policyOf(kind, options) });
  const result = await previewPolicy(await operatorAccess("routing:read", options.project), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(result));
  console.log(wordPreview(result).join("\n"));
}

async function set(kind: string, options: PolicyOptions, command: Command): Promise<void> {
  const { project } = options;
  const input = parseInput(applyPolicyInput, { policy: policyOf(kind, options) });
  const { version, runId, ...applied } = await applyPolicy(await operatorAccess("routing:manage", project), input);
  const result = applied.result ?? (await waitForRoutes(project, runId!));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify({ version, run: runId, result }));
  const reweighed = result.reweighed > 0 ? ` Recomputed the consensus of ${result.reweighed} instances.` : "";
  console.log(
    `Applied policy ${version}: ${result.changed} instances go elsewhere; ${wordCounts(result.routes)}.${reweighed}`,
  );
}

async function waitForRoutes(project: string, runId: string): Promise<RouteResult> {
  const run = await waitForRun(await operatorAccess("run:read", project), runId);
  return routeResult.parse(run.result);
}

function policyOf(kind: string, { humanShare, dualShare, lmWeight, seed }: PolicyOptions): object {
  const settings = { humanShare, dualShare, lmWeight, seed };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { kind, ...Object.fromEntries(given.map(([name, value]) => [name, Number(value)])) };
}

function wordRouting({ current, progress, open, waiting, model }: RoutingView): string[] {
  return [
    `Policy ${current.version}: ${current.sentence} An AI's vote counts ${current.policy.lmWeight}.`,
    ...progress.map(({ route, instances, done }) => `  ${names[route]}: ${done} of ${instances} instances labelled`),
    `${open} instances can still be routed elsewhere.`,
    ...(waiting.instances > 0 && !waiting.hasJudge
      ? [`${waiting.instances} instances wait for a judge: none is switched on.`]
      : []),
    ...(current.policy.kind === "uncertainty" && model === null
      ? ["No reward model is promoted yet, so instances are drawn at random."]
      : []),
  ];
}

function wordPreview(preview: PolicyPreview): string[] {
  const { sentence, before, after, changed, reweighed, isEstimate, humanLabels, verdicts, costMicros } = preview;
  const about = isEstimate ? "about " : "";
  return [
    sentence,
    `Of the instances that can still be routed, ${about}${changed} would go elsewhere.`,
    `  now:  ${wordCounts(before)}`,
    `  then: ${wordCounts(after)}`,
    `Labels by people still to come: ${humanLabels.before} now, ${humanLabels.after} then.`,
    `Verdicts of judges still to come: ${verdicts.before} now, ${verdicts.after} then.`,
    ...(costMicros === null
      ? []
      : [`What they may cost: ${costMicros.before / 1e6} now, ${costMicros.after / 1e6} then.`]),
    ...(reweighed > 0 ? [`The consensus of ${reweighed} instances would be recomputed.`] : []),
  ];
}

function wordCounts({ human, lm, dual }: RouteCounts): string {
  return `${human} to people, ${lm} to AI, ${dual} to both`;
}
