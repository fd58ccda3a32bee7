import { AppError } from "@/lib/errors";
import { findDatabase } from "./supervisor/database";
import { prepareDatabase } from "./supervisor/prepare-database";
import { childEnvironment, readSettings } from "./supervisor/settings";

/** `npm run worker`: one worker process, its log on standard output; any number of them share a database. */
async function main(): Promise<void> {
  const settings = readSettings();
  const url = await findDatabase(settings);
  await prepareDatabase(url);
  Object.assign(process.env, await childEnvironment(settings, url));
  await import("../workers/main");
}

await main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
});
