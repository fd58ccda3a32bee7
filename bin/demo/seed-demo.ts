import { readFile } from "node:fs/promises";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { grantGlobal, OPERATOR } from "@/lib/auth/access";
import { newPassword } from "@/lib/auth/passwords";
import { createUser } from "@/lib/auth/users";
import { storeImages } from "@/lib/datasets/import-images";
import { emptyPlan, planRecord } from "@/lib/datasets/import-plan";
import { readRecord } from "@/lib/datasets/record";
import { prisma, type Db } from "@/lib/db/client";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { AppError } from "@/lib/errors";
import { insertInstances } from "@/lib/instances/insert";
import { comparisonPayload, labelTarget } from "@/lib/labels/schema";
import { createProject } from "@/lib/projects/create";
import { currentSchema } from "@/lib/projects/current-schema";
import { createProjectInput } from "@/lib/projects/schema";
import { routeNew } from "@/lib/routing/route-new";
import { demoLabels, type DemoLabel } from "./labels";

const slug = "demo";

const aspects = [
  { id: "overall", name: "Overall", definition: "Which completion would you rather have got?" },
  { id: "helpful", name: "Helpful", definition: "Which one does better what was asked, in the form asked for?" },
  { id: "truthful", name: "Truthful", definition: "Which one is right, and honest about what it does not know?" },
];

const people: { role: ProjectRole; name: string }[] = [
  { role: "admin", name: "Demo admin" },
  { role: "researcher", name: "Demo researcher" },
  { role: "annotator", name: "Demo annotator" },
];

/**
 * Adds the demo project with its instances, one account per role, and some labels of source `demo`. What is there
 * already stays as it is, so a start that was interrupted is completed by the next one. Passwords of new accounts are
 * given to `say` and kept nowhere.
 */
export async function seedDemo(say: (line: string) => void): Promise<void> {
  const project = await openProject();
  const made: string[] = [];
  // While nobody can run the site, the admin of the demo does.
  const isFirst = (await prisma.user.count()) === 0;
  for (const person of people) {
    const account = await addPerson(project.id, person, isFirst && person.role === "admin");
    if (account) made.push(`  ${person.role.padEnd(10)}  ${account.email}  ${account.password}`);
  }
  await addInstances(project);
  say(
    made.length > 0
      ? `Demo accounts, with passwords that are shown only now:\n\n${made.join("\n")}\n`
      : "The demo is there already.",
  );
}

async function openProject(): Promise<{ id: string; overlap: number }> {
  const found = await prisma.project.findUnique({ where: { slug } });
  if (found?.isDemo) return found;
  if (found)
    throw new AppError("conflict", `There is a project of your own called ${slug}, so the demo cannot be added.`);
  const guidelines = await readFile(path.join(import.meta.dirname, "guidelines.md"), "utf8");
  const input = createProjectInput.parse({
    slug,
    name: "Demo: everyday questions",
    description: "Twelve prompts of many kinds, to try Tandem with. Nothing here counts.",
    overlap: 2,
    guidelines,
    taskSchema: {
      questions: [{ id: "comparison", type: "comparison", scale: 5, aspects, bothBad: true }],
      reason: "optional",
    },
  });
  await createProject(grantGlobal(OPERATOR, "project:create"), input);
  return await prisma.project.update({ where: { slug }, data: { isDemo: true } });
}

/** Makes an account of the demo a member. Answers its password if the account is new. */
async function addPerson(
  projectId: string,
  { role, name }: (typeof people)[number],
  isAdmin: boolean,
): Promise<{ email: string; password: string } | undefined> {
  // A domain that is reserved for examples: no mail ever reaches anybody.
  const email = `${role}@demo.example.com`;
  const password = newPassword();
  const found = await prisma.user.findUnique({ where: { email } });
  const userId =
    found?.id ?? (await createUser(grantGlobal(OPERATOR, "user:manage"), { email, name, password, isAdmin })).id;
  await prisma.member.upsert({
    where: { projectId_userId: { projectId, userId } },
    create: { projectId, userId, role },
    update: {},
  });
  return found ? undefined : { email, password };
}

/** The instances in the import format, through the importer's own reader, and the labels on them. */
async function addInstances({ id: projectId, overlap }: { id: string; overlap: number }): Promise<void> {
  const file = await readFile(path.join(import.meta.dirname, "instances.jsonl"), "utf8");
  const plan = emptyPlan((await currentSchema(prisma, projectId)).taskSchema);
  for (const line of file.trimEnd().split("\n")) planRecord(plan, new Map(), readRecord(line));
  const instances = [...plan.creates.values()];
  await prisma.$transaction(async (db) => {
    // Two starts at once would both find the project empty.
    await db.$executeRaw`select from projects where id = ${projectId}::uuid for update`;
    if ((await db.instance.count({ where: { projectId } })) > 0) return;
    const stored = await storeImages(db, projectId, { instances, files: plan.imageFiles });
    await insertInstances(db, projectId, overlap, await routeNew(db, projectId, stored));
    const idOf = new Map(instances.map((instance) => [instance.outsideId, instance.id]));
    for (const label of demoLabels) await addLabels(db, projectId, idOf.get(label.instance)!, label);
  });
}

async function addLabels(db: Db, projectId: string, instanceId: string, label: DemoLabel): Promise<void> {
  const submissionId = uuidv7();
  await db.label.createMany({
    data: aspects.map(({ id }) => {
      const [preferred, strength] = label[id as "overall" | "helpful" | "truthful"];
      const payload = comparisonPayload.parse({ pair: [0, 1], preferred, strength, bothBad: false, scale: 5 });
      return {
        projectId,
        instanceId,
        submissionId,
        question: "comparison",
        type: "comparison" as const,
        aspect: id,
        target: labelTarget("comparison", payload),
        source: "demo" as const,
        annotator: `demo:${label.annotator}`,
        payload,
        rationale: id === "overall" ? (label.why ?? null) : null,
        shownOrder: [0, 1],
        schemaVersion: 1,
        guidelinesVersion: 1,
      };
    }),
  });
}
