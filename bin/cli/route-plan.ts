import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { AppError } from "@/lib/errors";
import { makePlan } from "@/lib/routing/budget/make-plan";
import { planInput } from "@/lib/routing/budget/schema";

type PlanOptions = { project: string; spend?: string; reach?: string };

/** `routing plan`. */
export function registerPlan(routing: Command): void {
  routing
    .command("plan <policy>")
    .usage("<random|uncertainty|learned|learned-per-cost> [options]")
    .description("say what share for people a budget pays for, or a quality needs, and what it buys")
    .requiredOption("--project <slug>", "project")
    .option("--spend <amount>", "in the project's currency, for all that is open now")
    .option("--reach <share>", "share of labels that people's consensus confirms, 0 to 1")
    .action(plan);
}

async function plan(policy: string, { project, ...wanted }: PlanOptions, command: Command): Promise<void> {
  const input = parseInput(planInput, { policy, goal: goalOf(wanted) });
  const made = await makePlan(await operatorAccess("routing:read", project), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  console.log(made.sentence);
}

function goalOf({ spend, reach }: Omit<PlanOptions, "project">): object {
  if (spend !== undefined && reach === undefined)
    return { kind: "spend", micros: Math.round(Number(spend) * 1_000_000) };
  if (reach !== undefined && spend === undefined) return { kind: "reach", labelAccuracy: Number(reach) };
  throw new AppError("invalid", "Say either what to spend, with --spend, or what quality to reach, with --reach.");
}
