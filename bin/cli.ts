import "./supervisor/quiet-log";
import { Command } from "commander";
import { disconnect, isDatabaseDown } from "@/lib/db/client";
import { startEmbedded, embeddedUrl } from "@/lib/db/embedded";
import * as allowedHostCommands from "./cli/allowed-host";
import * as apiKeyCommands from "./cli/api-key";
import * as exportCommands from "./cli/export";
import * as importCommands from "./cli/import";
import * as judgeCommands from "./cli/judge";
import * as projectCommands from "./cli/project";
import * as rewardCommands from "./cli/reward";
import * as runCommands from "./cli/run";
import * as routingCommands from "./cli/routing";
import * as userCommands from "./cli/user";
import { embeddedFolder } from "./supervisor/database";
import { prepareDatabase } from "./supervisor/prepare-database";
import { childEnvironment, readSettings } from "./supervisor/settings";

/**
 * `npm run cli -- ROOM VERB`: what the API does, for scripts on the machine itself. Works on the database of
 * DATABASE_URL, else on the embedded one, which it starts for as long as the command takes if it does not run.
 */
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
]) {
  commands.register(program);
}

let stopDatabase = async () => {};
program.hook("preAction", async () => {
  const settings = readSettings();
  const url = settings.databaseUrl ?? (await openEmbedded(embeddedFolder(settings.dataDir)));
  await prepareDatabase(url);
  const { DATABASE_URL, TANDEM_SECRET } = await childEnvironment(settings, url);
  Object.assign(process.env, { DATABASE_URL, TANDEM_SECRET });
});

async function openEmbedded(folder: string): Promise<string> {
  const running = await embeddedUrl(folder);
  if (running !== undefined) return running;
  const server = await startEmbedded({ dataDir: folder });
  if (!server.adopted) {
    stopDatabase = server.stop;
    process.once("SIGINT", () => void server.stop().finally(() => process.exit(130)));
  }
  return server.url;
}

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = 1;
    console.error(oneLine(error));
  } finally {
    await disconnect();
    await stopDatabase();
  }
}

function oneLine(error: unknown): string {
  if (isDatabaseDown(error)) return "The database went away. Try again in a few seconds.";
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replaceAll(/\s*\n\s*/g, " ");
}

await main();
