import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { operatorAccess } from "@/lib/auth/membership";
import { createWithSamples } from "@/lib/datasets/samples";
import { AppError } from "@/lib/errors";
import { listProjects } from "@/lib/projects/queries";
import { createProjectInput, updateProjectInput, type ProjectListItem } from "@/lib/projects/schema";
import { templateIds } from "@/lib/projects/templates/ids";
import { updateProject } from "@/lib/projects/update";
import messages from "@/messages/en";
import { waitForRun } from "./wait-for-run";

type Settings = {
  description?: string;
  overlap?: string;
  leaseSeconds?: string;
  taskSchema?: string;
  guidelines?: string;
};
type CreateOptions = Settings & { slug: string; name: string; template?: string; samples?: true };
type UpdateOptions = Settings & { project: string; name?: string };

/** `project create`, `project update`, `project list` and `template list`. */
export function register(program: Command): void {
  const project = program.command("project").description("projects of the site");
  withSettings(project.command("create"))
    .description("make a project; without a template or a task schema it asks for the usual comparison")
    .requiredOption("--slug <slug>", "its address: small letters, digits and hyphens")
    .requiredOption("--name <name>", "its name")
    .option("--template <id>", "what it begins with, see template list; the settings that are named take its place")
    .option("--samples", "import the sample instances of the template")
    .action(create);
  withSettings(project.command("update"))
    .description("change a project's settings; what is not named stays, labels too")
    .requiredOption("--project <slug>", "project")
    .option("--name <name>", "its name")
    .action(update);
  project.command("list").description("list all projects").action(list);
  const template = program.command("template").description("templates that a project can begin with");
  template.command("list").description("list all templates").action(listTemplates);
}

function withSettings(command: Command): Command {
  return command
    .option("--description <text>", "one or two sentences")
    .option("--overlap <people>", "how many people label one instance (3)")
    .option("--lease-seconds <seconds>", "time to answer (1800)")
    .option("--task-schema <file>", "JSON file with the questions and whether a reason is asked for")
    .option("--guidelines <file>", "markdown file with the guidelines");
}

async function create({ slug, name, template, samples, ...settings }: CreateOptions, command: Command): Promise<void> {
  const input = parseInput(createProjectInput, {
    ...{ slug, name },
    ...(template !== undefined && { template }),
    ...(samples && { samples }),
    ...(await readSettings(settings)),
  });
  const made = await createWithSamples(grantGlobal(OPERATOR, "project:create"), input);
  const { samplesRunId } = made;
  if (samplesRunId !== null) await waitForRun(await operatorAccess("run:read", slug), samplesRunId);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  const next =
    samplesRunId !== null
      ? "Its sample instances can be labelled."
      : `Import into it with: import --project ${slug} FILE`;
  console.log(`Made the project ${slug}. ${next}`);
}

function listTemplates(_: object, command: Command): void {
  const { list: words } = messages.templates;
  if (command.optsWithGlobals().json)
    return console.log(JSON.stringify(templateIds.map((id) => ({ id, ...words[id] }))));
  for (const id of templateIds) console.log(`${id}  ${words[id].name}: ${words[id].purpose}`);
}

async function update({ project, name, ...settings }: UpdateOptions, command: Command): Promise<void> {
  const input = parseInput(updateProjectInput, {
    ...(name !== undefined && { name }),
    ...(await readSettings(settings)),
  });
  const updated = await updateProject(await operatorAccess("project:update", project), input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(updated));
  const { slug, schemaVersion, guidelinesVersion } = updated;
  console.log(
    `${slug} now has version ${schemaVersion} of its task schema and ${guidelinesVersion} of its guidelines.`,
  );
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

/** The settings that are named, files read. */
async function readSettings({ description, overlap, leaseSeconds, taskSchema, guidelines }: Settings): Promise<object> {
  return {
    ...(description !== undefined && { description }),
    ...(overlap !== undefined && { overlap: Number(overlap) }),
    ...(leaseSeconds !== undefined && { leaseSeconds: Number(leaseSeconds) }),
    ...(taskSchema !== undefined && { taskSchema: parseJson(taskSchema, await readText(taskSchema)) }),
    ...(guidelines !== undefined && { guidelines: await readText(guidelines) }),
  };
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
