import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { workerTasks } from "@/lib/jobs/schema";

/** The folder of this installation. */
export const root = path.resolve(import.meta.dirname, "../..");

const environment = z.object({
  PORT: z.coerce.number("must be a number from 1 to 65535").int().min(1).max(65535).default(3000),
  /** Address to listen on. This machine only, unless told otherwise. */
  HOST: z.string().default("127.0.0.1"),
  TANDEM_URL: z.url("must be an absolute URL such as https://tandem.example.org").optional(),
  /** Folder of the embedded database, the generated secret and the logs. */
  TANDEM_DATA_DIR: z.string().default(".data"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
    .optional(),
  TANDEM_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  // Read by the worker; said here, before a worker begins to fail again and again.
  WORKER_TASKS: workerTasks,
});

export type Settings = {
  port: number;
  host: string;
  /** Where people reach the site. */
  url: string;
  dataDir: string;
  /** Unset: the embedded database. */
  databaseUrl: string | undefined;
  secret: string | undefined;
};

/** What the environment says about how to run. Throws one AppError that lists every fault. */
export function readSettings(): Settings {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = environment.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new AppError("invalid", `The environment is not usable:\n${faults.join("\n")}`);
  }
  const { PORT, HOST, TANDEM_URL, TANDEM_DATA_DIR, DATABASE_URL, TANDEM_SECRET } = result.data;
  if (DATABASE_URL && !TANDEM_SECRET) {
    throw new AppError(
      "invalid",
      "DATABASE_URL is set, but TANDEM_SECRET is not. Set it to at least 32 random characters, the same for every " +
        "process on this database, for example to what `openssl rand -hex 32` prints.",
    );
  }
  return {
    port: PORT,
    host: HOST,
    url: TANDEM_URL ?? `http://${publicName(HOST)}:${PORT}`,
    dataDir: path.resolve(root, TANDEM_DATA_DIR),
    databaseUrl: DATABASE_URL,
    secret: TANDEM_SECRET,
  };
}

/** The environment of web and worker processes. */
export async function childEnvironment(settings: Settings, databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TANDEM_SECRET: settings.secret ?? (await readOrMakeSecret(settings.dataDir)),
    NODE_ENV: "production",
  };
}

/** The secret of an installation with the embedded database. Only this account can read it. */
async function readOrMakeSecret(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, "secret");
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBytes(32).toString("hex"), { mode: 0o600 });
  // Linking a finished file: of two processes that start together one wins, and neither leaves half a secret.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return await readFile(file, "utf8");
}

function publicName(host: string): string {
  if (["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
