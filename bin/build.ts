import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AppError } from "@/lib/errors";

const root = path.resolve(import.meta.dirname, "..");
const stampFile = path.join(root, ".next", "tandem-build");

/** Everything that the built pages are made from. */
const sources = [
  "app",
  "lib",
  "messages",
  "public",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "prisma/schema.prisma",
];
const isSource = (file: string) => !/\.test\.tsx?$|^lib\/(testing|db\/generated)\//.test(file);

/** An environment in which node, and what it starts in turn, ends when this process does. For programs not ours. */
export function dependentEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const preload = pathToFileURL(path.join(root, "bin", "supervisor", "exit-with-parent.mjs")).href;
  return {
    ...env,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --import ${preload}`,
    TANDEM_SUPERVISOR: String(process.pid),
  };
}

type Options = { say: (line: string) => void; logFile: string; signal?: AbortSignal };

/**
 * Builds the pages unless the last build was made from the same sources. Waits for another process that builds in this
 * folder. Throws an AppError with the end of the build's output when it fails.
 */
export async function ensureBuilt({ say, logFile, signal }: Options): Promise<void> {
  const wanted = await hashSources();
  if ((await readStamp()) === wanted) return;
  say("Building the pages. This takes about a minute, and happens only after a change.");
  for (;;) {
    await rm(stampFile, { force: true });
    const { code, output } = await build(logFile, signal);
    signal?.throwIfAborted();
    if (code === 0) return await writeFile(stampFile, wanted);
    if (!/another (instance of )?next build/i.test(output)) throw failed(output, logFile);
    await sleep(2000, undefined, { signal });
    if ((await readStamp()) === wanted) return;
  }
}

/** SHA-256 over the names and contents of all sources, hex. */
async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of await listFiles(source)) {
      hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
    }
  }
  return hash.digest("hex");
}

/** The files of a folder in a fixed order, or the file itself; none when it does not exist. */
async function listFiles(source: string): Promise<string[]> {
  const entries = await readdir(path.join(root, source), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (entries === "ENOTDIR") return [source];
  if (!Array.isArray(entries)) return [];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter(isSource)
    .sort();
}

async function build(
  logFile: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; output: string }> {
  await mkdir(path.dirname(logFile), { recursive: true });
  const log = await open(logFile, "w");
  try {
    const child = spawn(process.execPath, [path.join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
      cwd: root,
      env: dependentEnvironment({ ...process.env, NODE_ENV: "production" }),
      stdio: ["ignore", log.fd, log.fd, "ipc"],
      ...(signal && { signal, killSignal: "SIGKILL" }),
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (error) => (error.name === "AbortError" ? resolve(null) : reject(error)));
      child.once("exit", resolve);
    });
    return { code, output: await readFile(logFile, "utf8") };
  } finally {
    await log.close();
  }
}

function failed(output: string, logFile: string): AppError {
  const tail = output.trimEnd().split("\n").slice(-25).join("\n");
  return new AppError("internal", `The pages could not be built. The end of ${logFile}:\n${tail}`);
}

function readStamp(): Promise<string | undefined> {
  return readFile(stampFile, "utf8").catch(() => undefined);
}

// `npm run build`: for images and machines that build before they run.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureBuilt({ say: console.log, logFile: path.join(root, ".data", "logs", "build.log") }).catch(
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
