import { Command } from "commander";
import * as allowedHostCommands from "./allowed-host";
import * as apiKeyCommands from "./api-key";
import * as exportCommands from "./export";
import * as importCommands from "./import";
import * as judgeCommands from "./judge";
import * as projectCommands from "./project";
import * as rewardCommands from "./reward";
import * as routingCommands from "./routing";
import * as runCommands from "./run";
import * as spendingCommands from "./spending";
import * as userCommands from "./user";

/** All commands, with the options that every one of them takes. They work on the database of the environment. */
export function cliProgram(): Command {
  const program = new Command("npm run cli --")
    .description("Tandem on the command line, with the rights of an admin.")
    .option("--json", "print the result as one JSON value")
    .configureHelp({ showGlobalOptions: true });
  for (const commands of [
    userCommands,
    apiKeyCommands,
    projectCommands,
    importCommands,
    exportCommands,
    judgeCommands,
    runCommands,
    allowedHostCommands,
    rewardCommands,
    routingCommands,
    spendingCommands,
  ]) {
    commands.register(program);
  }
  return program;
}
