import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { applyPolicy } from "@/lib/routing/apply";
import { formatShare } from "@/lib/routing/describe";
import { previewPolicy } from "@/lib/routing/preview";
import { getRouting } from "@/lib/routing/queries";
import {
  applyPolicyInput,
  policyKinds,
  previewPolicyInput,
  rollbackInput,
  routeResult,
  type PolicyApplied,
  type PolicyPreview,
  type RouteCounts,
  type RouteResult,
  type RoutingView,
} from "@/lib/routing/schema";
import { registerEstimates } from "./route-estimates";
import { registerFeatures } from "./route-features";
import { registerFits } from "./route-fit";
import { rollBack } from "@/lib/routing/roll-back";
import { registerPlan } from "./route-plan";
import { waitForRun } from "./wait-for-run";

type ProjectOption = { project: string };
type PolicyOptions = ProjectOption & { judges?: string } & Partial<
    Record<"humanShare" | "dualShare" | "lmWeight" | "seed" | "alpha" | "delta", string>
  >;

const names = { human: "people", lm: "AI", dual: "both" } as const;

/** `routing show`, `routing preview`, `routing set` and what others register below it; also as `route`. */
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
  withPolicy(routing.command("set <policy>").alias("apply"))
    .description("apply a policy to new instances and to those that nobody has labelled, and wait until it is done")
    .action(set);
  routing
    .command("rollback <version>")
    .description("make the policy of an earlier version the next one, and wait until it is done")
    .requiredOption("--project <slug>", "project")
    .action(rollback);
  registerPlan(routing);
  registerEstimates(routing);
  registerFeatures(routing);
  registerFits(routing);
}

function withPolicy(command: Command): Command {
  return command
    .usage(`<${policyKinds.join("|")}> [options]`)
    .requiredOption("--project <slug>", "project")
    .option("--human-share <share>", "for random, uncertainty and the learned ones: share that goes to people, 0 to 1")
    .option("--alpha <share>", "for confidence and cascade: most of AI's labels that may be wrong, 0.001 to 0.5")
    .option("--delta <probability>", "for confidence and cascade: probability that more are, 0.001 to 0.5")
    .option("--judges <ids>", "for cascade: the judge that is asked first and the second, with a comma between")
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
  await report(project, await applyPolicy(await operatorAccess("routing:manage", project), input), command);
}

async function rollback(version: string, { project }: ProjectOption, command: Command): Promise<void> {
  const input = parseInput(rollbackInput, { version: Number(version) });
  await report(project, await rollBack(await operatorAccess("routing:manage", project), input), command);
}

async function report(project: string, { version, runId, ...applied }: PolicyApplied, command: Command): Promise<void> {
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

function policyOf(kind: string, { project: _, judges, ...settings }: PolicyOptions): object {
  const numbers = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, Number(value)]));
  return { kind, ...numbers, ...(judges !== undefined && { judges: judges.split(",").map((id) => id.trim()) }) };
}

function wordRouting({ current, progress, open, waiting, model, gains }: RoutingView): string[] {
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
    ...(gains && !gains.hasPrice
      ? ["An hour of people's time has no price, so instances are drawn at random. Set one with `spending prices`."]
      : []),
    ...(gains && gains.hasPrice && gains.measured < open
      ? [`${open - gains.measured} of them are not measured yet, and drawn at random until then.`]
      : []),
  ];
}

function wordPreview(preview: PolicyPreview): string[] {
  const { sentence, before, after, changed, reweighed, isEstimate, humanLabels, verdicts, costMicros } = preview;
  const { escalatedShare, examples } = preview;
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
    ...(escalatedShare > 0
      ? [`Of what goes to AI, about ${formatShare(escalatedShare)} is expected to go on to people.`]
      : []),
    ...[...examples.first, ...examples.around, ...examples.last].map(
      ({ outsideId, reason }) => `  ${outsideId}: ${reason}`,
    ),
  ];
}

function wordCounts({ human, lm, dual }: RouteCounts): string {
  return `${human} to people, ${lm} to AI, ${dual} to both`;
}
