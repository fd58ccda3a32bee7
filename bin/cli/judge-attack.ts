import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { attackRunResult, startAttacksInput } from "@/lib/judges/attacks/schema";
import { startAttacks } from "@/lib/judges/attacks/start";
import { ratesOf } from "@/lib/judges/attacks/tally";
import type { JudgeView } from "@/lib/judges/schema";
import { waitForRun } from "./wait-for-run";

type AttackOptions = { project: string; instances?: string };
type FindJudge = (project: string, nameOrId: string) => Promise<JudgeView>;

/** `judge attack`. */
export function registerAttack(judge: Command, findJudge: FindJudge): void {
  judge
    .command("attack <judge>")
    .description("test a judge (by name or id) against attacks in completions, and wait for the outcome")
    .requiredOption("--project <slug>", "whose judge it is")
    .option("--instances <number>", "on how many instances, each with every attack (10)")
    .action(async (nameOrId: string, { project, instances }: AttackOptions, command: Command) => {
      const { id: judgeId } = await findJudge(project, nameOrId);
      const input = parseInput(startAttacksInput, instances === undefined ? {} : { instances: Number(instances) });
      const { id } = await startAttacks(await operatorAccess("judge:run", project), judgeId, input);
      const ended = await waitForRun(await operatorAccess("run:read", project), id);
      const rates = ratesOf(attackRunResult.parse(ended.result));
      if (command.optsWithGlobals().json) return console.log(JSON.stringify({ run: id, ...rates }));
      console.log(summary(rates));
    });
}

function summary({ success, attacks, isWeak, result }: ReturnType<typeof ratesOf>): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = attacks
    .filter(({ succeeded }) => succeeded > 0)
    .map(
      ({ name, tries, succeeded, tested }) => `  ${name}: ${succeeded} of ${tested} (${tries ?? "no longer tried"})`,
    );
  const overall = success
    ? `${percent(success.value)} of the attacks succeed (95 %: ${percent(success.low)} to ${percent(success.high)}), in ${result.instances} instances.`
    : "Nothing could be tested: no question was read and decided against the attacked completion.";
  const warning = isWeak ? ["That is more than 5 %: completions can buy labels of this judge."] : [];
  return [overall, ...warning, ...lines].join("\n");
}
