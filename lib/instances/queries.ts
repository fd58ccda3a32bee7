import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import {
  Prisma,
  type Assignment,
  type Completion,
  type Consensus,
  type Instance,
  type LabelSource,
  type RouteKind,
  type Split,
} from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { readStored, viewImages, type ImageViews } from "@/lib/images/views";
import { stepCutOf, stepsOf } from "@/lib/assignments/shown";
import { readJudgeNames, viewLabel } from "@/lib/labels/queries";
import { consensusPayloads } from "@/lib/labels/schema";
import { currentSchema } from "@/lib/projects/current-schema";
import { waitsForSecondJudge } from "@/lib/routing/asked-judges";
import { tellReason } from "@/lib/routing/features/tell-column";
import { say } from "@/lib/say";
import { instanceConditions, isFlagged } from "./filter";
import {
  consensusView,
  type ConsensusView,
  type InstanceFilters,
  type InstanceListItem,
  type InstanceListQuery,
  type InstanceResponse,
  type InstanceStatus,
  type Message,
} from "./schema";

/** Characters of a prompt that a list shows. */
const promptStartLength = 200;
/** Counting goes no further: a page says "more than 10,000". */
export const countLimit = 10_000;

/** A page of a project's instances in the order they were imported. */
export async function listInstances(
  access: Access<"instance:read">,
  { cursor, limit, ...filters }: InstanceListQuery,
): Promise<{ items: InstanceListItem[]; nextCursor: string | null }> {
  const { projectId } = access;
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  const where = instanceConditions({ projectId, overlap, filters, cursor });
  const found = await prisma.$queryRaw<{ id: string }[]>`
    select i.id from instances i where ${Prisma.join(where, " and ")} order by i.id limit ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  return { items: await readListItems(projectId, overlap, ids), nextCursor: found.length > limit ? ids.at(-1)! : null };
}

/** How many instances fit, up to countLimit + 1. */
export async function countInstances(
  { projectId }: Access<"instance:read">,
  filters: InstanceFilters,
): Promise<number> {
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  const where = instanceConditions({ projectId, overlap, filters });
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (select from instances i where ${Prisma.join(where, " and ")} limit ${countLimit + 1}) as found`;
  return row.count;
}

/** The models that made a project's completions, by name; the first 500. */
export async function listModels({ projectId }: Access<"instance:read">): Promise<string[]> {
  // One index look-up a model, where `select distinct` would read every completion.
  const rows = await prisma.$queryRaw<{ model: string }[]>`
    with recursive models(model) as (
      select min(model) from completions where project_id = ${projectId}::uuid
      union all
      select (select min(c.model) from completions c where c.project_id = ${projectId}::uuid and c.model > m.model)
      from models m where m.model is not null
    ) select model from models where model is not null limit 500`;
  return rows.map(({ model }) => model);
}

type ListRow = {
  id: string;
  outsideId: string;
  promptStart: string | null;
  split: Split;
  route: RouteKind;
  isLabelable: boolean;
  openSlots: number;
  isLent: boolean;
  isFlagged: boolean;
  isPassedOn: boolean;
  images: number;
  createdAt: Date;
};

/** Of an instance that has some. */
const countImages = Prisma.sql`(jsonb_array_length(i.images)
  + (select coalesce(sum(jsonb_array_length(c.images)), 0) from completions c where c.project_id = i.project_id and c.instance_id = i.id)
  + (select coalesce(sum(jsonb_array_length(m -> 'images')), 0) from jsonb_array_elements(i.messages) m
    where jsonb_typeof(m -> 'images') = 'array'))::int`;

async function readListItems(projectId: string, overlap: number, ids: string[]): Promise<InstanceListItem[]> {
  if (ids.length === 0) return [];
  const [rows, completions, labels, consensus] = await Promise.all([
    prisma.$queryRaw<ListRow[]>`
      select id, outside_id as "outsideId", left(coalesce(prompt, messages -> -1 ->> 'content'), ${promptStartLength}::int) as "promptStart",
        split, route, is_labelable as "isLabelable", open_slots as "openSlots", created_at as "createdAt",
        case when has_images then ${countImages} else 0 end as images,
        exists (select from assignments a where a.project_id = i.project_id and a.instance_id = i.id and a.state = 'leased') as "isLent",
        exists (select from assignments a where a.project_id = i.project_id and a.instance_id = i.id and ${isFlagged}) as "isFlagged",
        ${waitsForSecondJudge([projectId])} as "isPassedOn"
      from instances i where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) order by id`,
    prisma.completion.findMany({
      where: { projectId, instanceId: { in: ids } },
      select: { instanceId: true, model: true },
      orderBy: { index: "asc" },
    }),
    prisma.label.groupBy({
      by: ["instanceId", "source"],
      where: { projectId, instanceId: { in: ids }, isCurrent: true },
      _count: true,
    }),
    prisma.consensus.findMany({
      where: { projectId, instanceId: { in: ids }, type: "comparison" },
      orderBy: [{ aspect: "asc" }, { question: "asc" }, { target: "asc" }],
    }),
  ]);
  const labelCounts = new Map<string, Partial<Record<LabelSource, number>>>();
  for (const { instanceId, source, _count } of labels)
    labelCounts.set(instanceId, { ...labelCounts.get(instanceId), [source]: _count });
  return rows.map((row) => {
    const own = completions.filter(({ instanceId }) => instanceId === row.id);
    const { isLabelable, openSlots, isLent, createdAt, promptStart, isPassedOn, ...columns } = row;
    const bySource = labelCounts.get(row.id) ?? {};
    const isDoneByAi = (bySource.lm ?? 0) + (bySource.rm ?? 0) > 0 && !isPassedOn;
    return {
      ...columns,
      promptStart: promptStart ?? "",
      completions: own.length,
      models: [...new Set(own.flatMap(({ model }) => model ?? []))],
      status: statusOf({ route: row.route, isLabelable, openSlots, isLent, isDoneByAi, overlap }),
      labels: bySource,
      consensus: briefConsensus(consensus.filter(({ instanceId }) => instanceId === row.id)),
      createdAt: createdAt.toISOString(),
    };
  });
}

type StatusFacts = {
  route: RouteKind;
  isLabelable: boolean;
  openSlots: number;
  isLent: boolean;
  isDoneByAi: boolean;
  overlap: number;
};

/** The same cases as instanceConditions asks the database for. */
function statusOf(row: StatusFacts): InstanceStatus {
  if (!row.isLabelable) return "not-labelable";
  if (row.route === "lm" && !row.isDoneByAi) return "waiting-for-ai";
  if (row.openSlots === 0) return row.isLent ? "in-progress" : "complete";
  return row.openSlots >= row.overlap ? "unlabelled" : "in-progress";
}

/** A list has room for one consensus of comparisons: that of the overall aspect, else of the first. */
function briefConsensus(rows: Consensus[]): InstanceListItem["consensus"] {
  const row = rows.find(({ aspect }) => aspect === "overall") ?? rows[0];
  if (!row) return null;
  const { preferred, isDraw } = consensusPayloads.comparison.parse(row.payload);
  return { preferred, isDraw, confidence: row.confidence!, labelCount: row.labelCount };
}

/** Everything about one instance. Throws `not_found` for one of another project, too. */
export async function getInstance(access: Access<"instance:read">, id: string): Promise<InstanceResponse> {
  const { projectId } = access;
  const instance = await prisma.instance.findUnique({
    where: { projectId_id: { projectId, id } },
    include: {
      completions: { orderBy: { index: "asc" } },
      labels: { orderBy: { id: "asc" }, include: { user: { select: { email: true } } } },
      consensus: { orderBy: [{ question: "asc" }, { type: "asc" }, { aspect: "asc" }, { target: "asc" }] },
      routes: { orderBy: [{ policyVersion: "desc" }, { stage: "desc" }] },
      assignments: { orderBy: { id: "asc" }, include: { annotator: { select: { email: true } } } },
      scores: { orderBy: { index: "asc" } },
      tags: { orderBy: [{ dimension: "asc" }, { place: "asc" }] },
      project: { select: { overlap: true } },
    },
  });
  if (!instance) throw new AppError("not_found", say`There is no instance ${id} in project ${access.slug}.`);
  const cut = stepCutOf((await currentSchema(prisma, projectId)).taskSchema);
  const { route, isLabelable, openSlots, project } = instance;
  const hasAiLabel = instance.labels.some(({ source, isCurrent }) => isCurrent && (source === "lm" || source === "rm"));
  const isDoneByAi = hasAiLabel && !(await findPassedOn(projectId, id));
  const judges = await readJudgeNames(projectId, instance.labels);
  const images = await viewImages(access, imagesOf(instance));
  const isLent = instance.assignments.some(({ state }) => state === "leased");
  return {
    id: instance.id,
    outsideId: instance.outsideId,
    prompt: instance.prompt,
    messages: (instance.messages as Message[] | null)?.map((message) => viewMessage(message, images)) ?? null,
    images: images(readStored(instance.images)),
    context: instance.context,
    reference: instance.reference,
    gold: instance.gold,
    meta: instance.meta,
    split: instance.split,
    route,
    status: statusOf({ route, isLabelable, openSlots, isLent, isDoneByAi, overlap: project.overlap }),
    isLabelable,
    openSlots,
    createdAt: instance.createdAt.toISOString(),
    completions: instance.completions.map((completion) => {
      const { index, outsideId, text, model, steps, hasSteps, meta } = completion;
      return {
        ...{ index, outsideId, text, model, meta },
        steps: hasSteps ? steps : null,
        judgedSteps: cut === undefined ? null : stepsOf(completion, cut),
        images: images(readStored(completion.images)),
      };
    }),
    labels: instance.labels.map((label) => viewLabel(access, label, judges)),
    consensus: instance.consensus.map(viewConsensus),
    routes: instance.routes.map(({ policyVersion, route, propensity, score, reason, createdAt }) => ({
      ...{ policyVersion, route, propensity, score, reason: tellReason(reason) },
      createdAt: createdAt.toISOString(),
    })),
    rewards: instance.scores.map(({ index, modelVersion, reward, rewardWithSides, members }) => ({
      ...{ index, modelVersion, reward, rewardWithSides, members },
    })),
    tags: instance.tags.map(({ dimension, value, source, annotator, method, createdAt }) => ({
      ...{ dimension, value, source, annotator, method },
      createdAt: createdAt.toISOString(),
    })),
    assignments: instance.assignments.map((assignment) => viewAssignment(access, assignment)),
  };
}

/** Whether the second judge of a cascade is still to label an instance. */
async function findPassedOn(projectId: string, id: string): Promise<boolean> {
  const rows = await prisma.$queryRaw<unknown[]>`
    select from instances i where i.project_id = ${projectId}::uuid and i.id = ${id}::uuid and ${waitsForSecondJudge([projectId])}`;
  return rows.length > 0;
}

function imagesOf(instance: Instance & { completions: Completion[] }) {
  const messages = (instance.messages ?? []) as { images?: unknown }[];
  return [instance, ...messages, ...instance.completions].flatMap((part) => readStored(part.images));
}

function viewMessage(message: Message, images: ImageViews): Message {
  const stored = readStored(message.images);
  return stored.length === 0 ? message : { ...message, images: images(stored) };
}

function viewConsensus(row: Consensus): ConsensusView {
  return consensusView.parse({ ...row, computedAt: row.computedAt.toISOString() });
}

function viewAssignment(
  access: Access<"instance:read">,
  row: Assignment & { annotator: { email: string } },
): InstanceResponse["assignments"][number] {
  return {
    id: row.id,
    annotatorId: row.annotatorId,
    annotatorEmail: roleAllows(access.role, "member:read") ? row.annotator.email : null,
    state: row.state,
    leaseUntil: row.leaseUntil.toISOString(),
    shownOrder: row.shownOrder,
    activeMs: row.activeMs,
    skipReason: row.skipReason,
    flag:
      row.flaggedAt === null
        ? null
        : {
            at: row.flaggedAt.toISOString(),
            note: row.flagNote ?? "",
            resolvedAt: row.resolvedAt?.toISOString() ?? null,
          },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}
