import "./supervisor/quiet-log";
import { disconnect, isDatabaseDown } from "@/lib/db/client";
import { startEmbedded, embeddedUrl } from "@/lib/db/embedded";
import { cliProgram } from "./cli/program";
import { embeddedFolder } from "./supervisor/database";
import { prepareDatabase } from "./supervisor/prepare-database";
import { childEnvironment, readSettings } from "./supervisor/settings";

/**
 * `npm run cli -- ROOM VERB`: what the API does, for scripts on the machine itself. Works on the database of
 * DATABASE_URL, else on the embedded one, which it starts for as long as the command takes if it does not run.
 */
const program = cliProgram();

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

// A reader such as head may leave before the end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

await main();
