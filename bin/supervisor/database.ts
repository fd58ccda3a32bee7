import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { embeddedUrl, startEmbedded, stopEmbedded } from "@/lib/db/embedded";
import { AppError } from "@/lib/errors";
import type { Settings } from "./settings";

/** The database of a start: the one that DATABASE_URL names, or the embedded one, kept running. */
export type Database = {
  url: string;
  description: string;
  stop: () => Promise<void>;
  /** Ends it without waiting for anybody; it recovers at the next start. */
  kill: () => void;
};

const watchMs = 500;

export async function openDatabase(settings: Settings, say: (line: string) => void): Promise<Database> {
  if (settings.databaseUrl === undefined) return await openEmbedded(settings, say);
  const { host, pathname } = new URL(settings.databaseUrl);
  return {
    url: settings.databaseUrl,
    description: `${pathname.slice(1)} at ${host}`,
    stop: async () => {},
    kill: () => {},
  };
}

/** The database of an installation that runs: for single processes beside `npm start` or on other machines. */
export async function findDatabase({ databaseUrl, dataDir }: Settings): Promise<string> {
  const url = databaseUrl ?? (await embeddedUrl(embeddedFolder(dataDir)));
  if (url !== undefined) return url;
  throw new AppError(
    "unavailable",
    "There is no database: DATABASE_URL is not set, and the embedded one does not run. Start it with npm start in this folder, or set DATABASE_URL.",
  );
}

/** Where the embedded server of this data folder keeps its files. */
export function embeddedFolder(dataDir: string): string {
  return path.join(dataDir, "postgres");
}

async function openEmbedded({ dataDir }: Settings, say: (line: string) => void): Promise<Database> {
  const folder = embeddedFolder(dataDir);
  let server = await startEmbedded({ dataDir: folder, log: say });
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(watchMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted || (await embeddedUrl(folder)) !== undefined) continue;
      say("The database ended; starting it again.");
      try {
        // On the same port, where everybody looks for it.
        server = await startEmbedded({ dataDir: folder, port: server.port });
        say("The database runs again.");
      } catch (error) {
        say((error as Error).message);
      }
    }
  }

  const watching = watch();
  return {
    url: server.url,
    description: `embedded, in ${path.relative(process.cwd(), folder) || folder}`,
    async stop() {
      stopping.abort();
      await watching;
      await stopEmbedded(folder);
    },
    kill() {
      stopping.abort();
      try {
        process.kill(server.pid, "SIGQUIT");
      } catch {
        // It is gone already.
      }
    },
  };
}
