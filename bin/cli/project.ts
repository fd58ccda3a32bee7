import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { createProject } from "@/lib/projects/create";
import { listProjects } from "@/lib/projects/queries";
import { createProjectInput, type ProjectListItem } from "@/lib/projects/schema";

type CreateOptions = {
  slug: string;
  name: string;
  description?: string;
  overlap?: string;
  leaseSeconds?: string;
  taskSchema?: string;
  guidelines?: string;
};

/** `project create` and `project list`. */
export function register(program: Command): void {
  const project = program.command("project").description("projects of the site");
  project
    .command("create")
    .description("make a project")
    .requiredOption("--slug <slug>", "its address: small letters, digits and hyphens")
    .requiredOption("--name <name>", "its name")
    .option("--description <text>", "one or two sentences")
    .option("--overlap <people>", "how many people label one instance (3)")
    .option("--lease-seconds <seconds>", "time to answer (1800)")
    .option("--task-schema <file>", "JSON file with the question; the usual one without it")
    .option("--guidelines <file>", "markdown file with the guidelines")
    .action(create);
  project.command("list").description("list all projects").action(list);
}

async function create(options: CreateOptions, command: Command): Promise<void> {
  const { slug, name, description, overlap, leaseSeconds, taskSchema, guidelines } = options;
  const input = parseInput(createProjectInput, {
    ...{ slug, name, description },
    overlap: overlap === undefined ? undefined : Number(overlap),
    leaseSeconds: leaseSeconds === undefined ? undefined : Number(leaseSeconds),
    taskSchema: taskSchema === undefined ? undefined : parseJson(taskSchema, await readText(taskSchema)),
    guidelines: guidelines === undefined ? undefined : await readText(guidelines),
  });
  const made = await createProject(grantGlobal(OPERATOR, "project:create"), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  console.log(`Made the project ${made.slug}. Import into it with: import --project ${made.slug} FILE`);
}

async function list(_: object, command: Command): Promise<void> {
  const projects: ProjectListItem[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listProjects(OPERATOR, { limit: 200, cursor });
    projects.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(projects));
  if (projects.length === 0)
    return console.log("There is no project yet. Make one with: project create --slug ... --name ...");
  for (const { slug, name, progress } of projects) {
    console.log(`${slug}  ${name}  (${progress?.instances ?? 0} instances, ${progress?.complete ?? 0} complete)`);
  }
}

async function readText(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: Error) => {
    throw new AppError("bad_request", `The file ${file} cannot be read: ${cause.message}.`, { cause });
  });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("bad_request", `The file ${file} is not JSON: ${(cause as Error).message}.`, { cause });
  }
}
