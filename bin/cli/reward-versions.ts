import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { getKeptFiles, setKeptFiles } from "@/lib/reward/old-versions";
import { rollBackRewardModel } from "@/lib/reward/roll-back";
import { keptFiles, rollBackInput } from "@/lib/reward/schema";

type KeepOptions = { project: string; newest?: string; servedDays?: string };

/** `reward-model rollback | keep`. */
export function registerVersions(model: Command): void {
  model
    .command("rollback")
    .description("let the version that served before the active one serve again")
    .requiredOption("--project <slug>", "project")
    .requiredOption("--reason <text>", "why; kept in the audit log")
    .action(rollBack);
  model
    .command("keep")
    .description("show or choose which versions keep their files; the active one always does")
    .requiredOption("--project <slug>", "project")
    .option("--newest <number>", "so many of the newest, or all")
    .option("--served-days <number>", "with --newest: older ones, too, that served within so many days")
    .action(keep);
}

async function rollBack({ project, reason }: { project: string; reason: string }, command: Command): Promise<void> {
  const access = await operatorAccess("reward:manage", project);
  const model = await rollBackRewardModel(access, parseInput(rollBackInput, { reason }));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(model));
  console.log(`Version ${model.version} serves again.`);
}

async function keep({ project, newest, servedDays }: KeepOptions, command: Command): Promise<void> {
  const rule =
    newest === undefined
      ? await getKeptFiles(await operatorAccess("reward:read", project))
      : await setKeptFiles(
          await operatorAccess("reward:manage", project),
          parseInput(keptFiles, {
            newest: newest === "all" ? null : Number(newest),
            servedDays: servedDays === undefined ? null : Number(servedDays),
          }),
        );
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(rule));
  if (rule.newest === null) return console.log("Every version keeps its file.");
  const served = rule.servedDays === null ? "" : ` and those that served within ${rule.servedDays} days`;
  console.log(`Files are kept of the active version, the ${rule.newest} newest${served}.`);
}
