import { z } from "zod";
import { workerTasks } from "@/lib/jobs/schema";

const envSchema = z.object({
  DATABASE_URL: z
    .string({ error: "is not set; `npm start` sets it to the embedded database" })
    .regex(/^postgres(ql)?:\/\//, "must start with postgresql://"),
  TANDEM_SECRET: z
    .string({ error: "is not set; give at least 32 random characters, the same to every process" })
    .min(32, "must have at least 32 characters"),
  /** Where people reach the site. */
  TANDEM_URL: z.url("must be an absolute URL such as https://tandem.example.org").optional(),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  TANDEM_DB_POOL: z.coerce.number().int().min(1).max(1000).default(10),
  /** Jobs that one worker process does at once. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(6),
  /** Jobs that a worker process takes, by name; all of them when unset. */
  WORKER_TASKS: workerTasks,
  /** Folder whose folders are models that projects may choose as encoders. */
  TANDEM_MODELS_DIR: z.string().min(1, "must name a folder, or not be set").optional(),
  /** Where trainings and encoders compute; unset, wherever they are fastest. */
  TANDEM_PROVIDER: z.enum(["cuda", "webgpu", "cpu"]).optional(),
  /** Number of proxies in front of the web process whose X-Forwarded-For entries can be trusted. */
  TANDEM_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** The environment, checked on first use. Throws one error that lists every fault. */
export function env(): Env {
  if (parsed) return parsed;
  const result = envSchema.safeParse(process.env);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new Error(`The environment is not usable:\n${faults.join("\n")}`);
  }
  return (parsed = result.data);
}
