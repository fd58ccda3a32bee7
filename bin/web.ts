import { spawn } from "node:child_process";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { ensureBuilt } from "./build";
import { checkPort } from "./supervisor/check-port";
import { findDatabase } from "./supervisor/database";
import { prepareDatabase } from "./supervisor/prepare-database";
import { childEnvironment, readSettings, root } from "./supervisor/settings";

/** `npm run web`: one web process, its log on standard output; any number of them share a database. */
async function main(): Promise<void> {
  const settings = readSettings();
  await checkPort(settings);
  const url = await findDatabase(settings);
  await prepareDatabase(url);
  await ensureBuilt({ say: console.error, logFile: path.join(settings.dataDir, "logs", "build.log") });

  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const web = spawn(process.execPath, [next, "start", "-H", settings.host, "-p", String(settings.port)], {
    cwd: root,
    env: await childEnvironment(settings, url),
    stdio: "inherit",
  });
  // Ctrl-C reaches the child from the terminal; what arrives here alone is passed on.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => web.kill(signal));
  web.once("exit", (code) => process.exit(code ?? 1));
}

await main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
});
