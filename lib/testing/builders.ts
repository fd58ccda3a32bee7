import { createHash } from "node:crypto";
import {
  grant,
  principalOf as principal,
  type Access,
  type Principal,
  type ProjectPermission,
} from "@/lib/auth/access";
import { findMembership } from "@/lib/auth/membership";
import { prisma, type Db } from "@/lib/db/client";
import type {
  Completion,
  Instance,
  Label,
  Member,
  Prisma,
  Project,
  ProjectRole,
  RouteKind,
  User,
} from "@/lib/db/generated/client";
import { labelTarget, type ComparisonPayload, type LabelPayloadOf, type LabelTypeName } from "@/lib/labels/schema";
import { defaultTaskSchema, type TaskSchema } from "@/lib/projects/schema";
import { firstPolicy, type PolicyPayload } from "@/lib/routing/schema";

/** The password of every `aUser()`. */
export const PASSWORD = "correct horse battery";
// Its argon2id hash at the lowest cost, so that signing in takes no time.
const PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$dGFuZGVtLXRlc3Qtc2FsdA$OS4RToQJpqP6DrN/N6TyCrhoK0RY46tIpkg2fGZyUZk";

/** Counters, not random data: a failure must read the same twice. */
const counters: Record<string, number> = {};
function next(kind: string): number {
  return (counters[kind] = (counters[kind] ?? 0) + 1);
}

export async function aUser(fields: Partial<Prisma.UserUncheckedCreateInput> = {}, db: Db = prisma): Promise<User> {
  const n = next("user");
  return db.user.create({
    data: { email: `person${n}@example.org`, name: `Person ${n}`, passwordHash: PASSWORD_HASH, ...fields },
  });
}

export type ProjectFields = Partial<Omit<Prisma.ProjectUncheckedCreateInput, "members" | "guidelines" | "policies">> & {
  members?: { user: User; role: ProjectRole }[];
  schema?: TaskSchema;
  guidelines?: string;
  policy?: PolicyPayload;
};

/** A project with the first version of its task schema, guidelines and policy, and the members given. */
export async function aProject(fields: ProjectFields = {}, db: Db = prisma): Promise<Project> {
  const n = next("project");
  const {
    members = [],
    schema = defaultTaskSchema,
    guidelines = "Prefer the more helpful completion.",
    policy = firstPolicy,
    ...columns
  } = fields;
  return db.project.create({
    data: {
      slug: `project-${n}`,
      name: `Project ${n}`,
      ...columns,
      taskSchemas: { create: { version: 1, payload: schema } },
      guidelines: { create: { version: 1, text: guidelines } },
      policies: { create: { version: 1, payload: policy } },
      members: { create: members.map(({ user, role }) => ({ userId: user.id, role })) },
    } as Prisma.ProjectUncheckedCreateInput,
  });
}

/** A new person in the project, or the one given. */
export async function aMember(
  project: Pick<Project, "id">,
  fields: { role?: ProjectRole; user?: User } = {},
  db: Db = prisma,
): Promise<Member & { user: User }> {
  const user = fields.user ?? (await aUser({}, db));
  const member = await db.member.create({
    data: { projectId: project.id, userId: user.id, role: fields.role ?? "annotator" },
  });
  return { ...member, user };
}

export type InstanceFields = Partial<Omit<Prisma.InstanceUncheckedCreateInput, "completions" | "routes">> & {
  /** Texts, or columns of the completions. */
  completions?: (string | Partial<Prisma.CompletionUncheckedCreateInput>)[];
};

/** An instance routed to people with as many open slots as the project's overlap, and two completions. */
export async function anInstance(
  project: Pick<Project, "id" | "overlap">,
  fields: InstanceFields = {},
  db: Db = prisma,
): Promise<Instance & { completions: Completion[] }> {
  const n = next("instance");
  const { completions = [`First completion ${n}`, `Second completion ${n}`], ...columns } = fields;
  const prompt = columns.messages === undefined ? (columns.prompt ?? `Prompt ${n}`) : columns.prompt;
  const route: RouteKind = columns.route ?? "human";
  const isLabelable = columns.isLabelable ?? true;
  return db.instance.create({
    data: {
      projectId: project.id,
      outsideId: `q${n}`,
      contentHash: sha256(`instance ${n}`),
      promptHash: sha256(String(prompt ?? JSON.stringify(columns.messages))),
      split: "train",
      openSlots: isLabelable && route !== "lm" ? project.overlap : 0,
      ...columns,
      ...(prompt !== undefined && { prompt }),
      route,
      isLabelable,
      completions: {
        create: completions.map((completion, index) => ({
          index,
          outsideId: String.fromCharCode(97 + index),
          model: `model-${index}`,
          ...(typeof completion === "string" ? { text: completion } : completion),
        })),
      },
      routes: { create: { policyVersion: 1, route, propensity: 1, reason: "test" } },
    } as Prisma.InstanceUncheckedCreateInput,
    include: { completions: { orderBy: { index: "asc" } } },
  });
}

/** A comparison by a person of the first two completions; the first is slightly preferred unless said otherwise. */
export async function aLabel(
  instance: Pick<Instance, "projectId" | "id">,
  fields: Partial<Omit<Prisma.LabelUncheckedCreateInput, "payload">> & { payload?: Partial<ComparisonPayload> } = {},
  db: Db = prisma,
): Promise<Label> {
  const { payload: part, ...columns } = fields;
  const payload: ComparisonPayload = { pair: [0, 1], preferred: 0, bothBad: false, strength: 1, scale: 5, ...part };
  const annotator = columns.userId ? `user:${columns.userId}` : `import:annotator-${next("annotator")}`;
  return db.label.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      submissionId: uuidOf(next("submission")),
      question: "comparison",
      type: "comparison",
      target: labelTarget("comparison", payload),
      source: "human",
      annotator,
      shownOrder: [0, 1],
      schemaVersion: 1,
      guidelinesVersion: 1,
      payload,
      ...columns,
    } as Prisma.LabelUncheckedCreateInput,
  });
}

/** An answer by a person to a question of any type, named as imports name it. */
export async function aLabelOf<T extends LabelTypeName>(
  instance: Pick<Instance, "projectId" | "id">,
  type: T,
  payload: LabelPayloadOf<T>,
  fields: Partial<Omit<Prisma.LabelUncheckedCreateInput, "payload" | "type" | "target">> = {},
  db: Db = prisma,
): Promise<Label> {
  return db.label.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      submissionId: uuidOf(next("submission")),
      question: type,
      type,
      target: labelTarget(type, payload),
      source: "human",
      annotator: `import:annotator-${next("annotator")}`,
      shownOrder: [],
      payload,
      ...fields,
    } as Prisma.LabelUncheckedCreateInput,
  });
}

/** The access that this person really has on this project; throws as the product does when they lack the permission. */
export async function accessFor<P extends ProjectPermission>(
  user: User,
  project: Pick<Project, "slug">,
  permission: P,
): Promise<Access<P>> {
  return grant(principalOf(user), await findMembership(principalOf(user), project.slug), permission);
}

/** A person as the request handlers see them once signed in. */
export function principalOf(user: User): Principal {
  return principal(user, "session");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function uuidOf(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
