import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readSite } from "./site";

/** Runs `npm run cli -- ARGS --json` beside the started site and returns what it printed. */
export async function cli<T>(...args: string[]): Promise<T> {
  const { dataDir } = await readSite();
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "bin/cli.ts", ...args, "--json"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      TANDEM_DATA_DIR: dataDir,
      DATABASE_URL: "",
      TANDEM_SECRET: "",
      LOG_LEVEL: "error",
    },
  });
  return JSON.parse(stdout) as T;
}
