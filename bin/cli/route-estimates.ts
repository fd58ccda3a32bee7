import type { Command } from "commander";
import { operatorAccess } from "@/lib/auth/membership";
import { getEstimates } from "@/lib/routing/estimates/get-estimates";
import type { RoutingEstimates, Worth } from "@/lib/routing/estimates/schema";
import type { Figure } from "@/lib/routing/learn/schema";

/** `routing estimates`. */
export function registerEstimates(routing: Command): void {
  routing
    .command("estimates")
    .description("say how good the labels are, told by what was drawn for people and AI, and whether AI got worse")
    .requiredOption("--project <slug>", "project")
    .action(estimates);
}

async function estimates({ project }: { project: string }, command: Command): Promise<void> {
  const found = await getEstimates(await operatorAccess("routing:read", project));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(found));
  console.log(wordEstimates(found).join("\n"));
}

function wordEstimates(found: RoutingEstimates): string[] {
  const { instances, outside, drawn, yardstick, current, allHuman, allAi, alarm } = found;
  const beside = outside > 0 ? ` Of ${outside} others nothing can be estimated.` : "";
  return [
    ...(alarm
      ? [`${alarm.kind === "worse" ? "AI's labels got worse" : "Too little is checked"}: ${alarm.sentence}`]
      : []),
    `Of ${instances} instances ${drawn} were drawn and labelled by people and AI.${beside} ${yardstick}`,
    ...(drawn === 0
      ? []
      : [
          `  as they are:   ${wordWorth(current)}`,
          `  all by people: ${wordWorth(allHuman)}`,
          `  all by AI:     ${wordWorth(allAi)}`,
          `What people alone would add: ${wordFigure(found.regretAllHuman)}; what AI alone would: ${wordFigure(found.regretAllAi)}.`,
        ]),
  ];
}

function wordWorth({ ipw, doublyRobust }: Worth): string {
  return `${wordFigure(doublyRobust)} (by inverse propensity alone ${wordFigure(ipw)})`;
}

function wordFigure(figure: Figure | null): string {
  if (figure === null) return "not known";
  const [low, high] = figure.interval ?? [];
  const within = low === undefined || high === undefined ? "" : `, ${percent(low)} to ${percent(high)}`;
  return `${percent(figure.value)}${within}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
