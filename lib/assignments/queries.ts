import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type Assignment } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { currentSchema } from "@/lib/projects/current-schema";
import type { TaskSchema } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { blockOut } from "@/lib/text/hidden-names";
import type { Shown } from "./answers/answer-type";
import { keepShaped, parsePayload, readAnswers, readHistory } from "./answers/read-answers";
import { readWordsThen } from "./answers/words-then";
import { nameHider } from "./hide-names";
import { confirmedSince } from "./relabel/confirmed";
import { changedSince } from "./relabel/older";
import { hiddenTexts, sealedOf } from "./sealed";
import { orderShown } from "./shown";
import { viewSuggestions } from "./suggestions";
import { midnight } from "./today";
import { shownColumns, viewShown } from "./view-shown";
import {
  storedDraft,
  type Answers,
  type AssignmentView,
  type HistoryItem,
  type HistoryQuery,
  type HistoryResponse,
  type ProgressResponse,
} from "./schema";

/** Counting what is left goes no further. */
const countLimit = 1000;
/** Characters of a prompt that the history shows. */
const promptStartLength = 160;
/** Characters of a prompt that are read for that: words behind a name may tell that it is one. */
const readLength = 1000;

/** Of an instance's texts that may be hidden, the prompt alone. */
const noTexts = { context: null, reference: null };

/** One of my assignments as I see it. Throws `not_found` for those of others, too. */
export async function getAssignment(access: Access<"label:write">, id: string): Promise<AssignmentView> {
  const { projectId, userId } = access;
  const [assignment, { taskSchema, ...versions }] = await Promise.all([
    prisma.assignment.findFirst({
      where: { projectId, id, annotatorId: userId },
      include: {
        instance: { select: { ...shownColumns, route: true } },
        askedAgain: { where: { answeredAt: null }, take: 1 },
      },
    }),
    currentSchema(prisma, projectId),
  ]);
  if (!assignment) throw noSuchAssignment(access, id);
  const { instance, state, leaseUntil, seed, shownOrder: before } = assignment;
  const order = orderShown({ seed, completions: instance.completions.length, taskSchema, before });
  const sealed = sealedOf(assignment, versions.schemaVersion);
  const { shown, view } = await viewShown(access, instance, { taskSchema, order, sealed });
  const [submitted, suggestions] = await Promise.all([
    viewSubmission(assignment, taskSchema, shown),
    viewSuggestions(assignment, { taskSchema, ...versions }, shown),
  ]);
  return {
    id,
    state,
    leaseUntil: leaseUntil.toISOString(),
    ...view,
    schema: taskSchema,
    ...versions,
    suggestions,
    ...keepSealed({ draft: viewDraft(assignment, taskSchema, versions.schemaVersion), submitted }, sealed),
    askedAgain: assignment.askedAgain.length > 0 ? await changedSince(prisma, projectId, id) : null,
    flag: assignment.flaggedAt === null || assignment.resolvedAt ? null : { note: assignment.flagNote ?? "" },
  };
}

/** My assignments in one state, newest first. */
export async function listHistory(
  access: Access<"label:write">,
  { state, cursor, limit }: HistoryQuery,
): Promise<HistoryResponse> {
  const { projectId, userId } = access;
  const before = Prisma.sql`and (coalesce(a.submitted_at, a.updated_at), a.id) < (
    select coalesce(submitted_at, updated_at), id from assignments where project_id = ${projectId}::uuid and id = ${cursor ?? null}::uuid)`;
  const rows = await prisma.$queryRaw<HistoryRow[]>`
    select a.id, a.state, a.instance_id as "instanceId", a.shown_order as "shownOrder", a.sealed_answers as "sealedAnswers", coalesce(a.submitted_at, a.updated_at) as at,
      left(coalesce(i.prompt, i.messages -> -1 ->> 'content'), ${readLength}::int) as "promptStart",
      i.prompt is null and i.messages -> -1 ->> 'role' = 'assistant' as "isModels",
      array(select c.model from completions c where c.project_id = i.project_id and c.instance_id = i.id and c.model is not null) as models
    from assignments a join instances i on i.project_id = a.project_id and i.id = a.instance_id
    where a.project_id = ${projectId}::uuid and a.annotator_id = ${userId}::uuid and a.state = ${state}::assignment_state
      ${cursor === undefined ? Prisma.empty : before}
    order by 5 desc, a.id desc limit ${limit + 1}`;
  const { taskSchema, schemaVersion } = await currentSchema(prisma, projectId);
  // A skipped instance must not show here what its page kept back.
  const isHidden = (row: HistoryRow) => hiddenTexts(taskSchema, noTexts, sealedOf(row, schemaVersion)).length > 0;
  const shown = rows.slice(0, limit);
  const labels = await labelsOf(
    prisma,
    access,
    shown.map(({ instanceId }) => instanceId),
  );
  const wordsThen = await readWordsThen(prisma, projectId, labels);
  const items = shown.map((row): HistoryItem => {
    const own = labels.filter(({ instanceId }) => instanceId === row.instanceId);
    return {
      id: row.id,
      state: row.state,
      at: row.at.toISOString(),
      promptStart: isHidden(row) ? null : promptStartOf(row, taskSchema),
      answers: readHistory(own, row.shownOrder, wordsThen),
    };
  });
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

/** Of a conversation the last message, without names where a model wrote it. */
function promptStartOf({ promptStart, isModels, models }: HistoryRow, taskSchema: TaskSchema): string {
  const text = promptStart ?? "";
  const hide = nameHider(
    taskSchema,
    models.map((model) => ({ model })),
  );
  return [...(isModels ? blockOut(hide(text)) : text)].slice(0, promptStartLength).join("");
}

/** How far I am, and what is left for me. */
export async function getProgress({ projectId, userId }: Access<"label:write">): Promise<ProgressResponse> {
  const unseen = Prisma.sql`not exists (
    select from assignments a where a.project_id = i.project_id and a.instance_id = i.id and a.annotator_id = ${userId}::uuid
      and a.state in ('leased', 'submitted', 'skipped'))`;
  const [row] = await prisma.$queryRaw<
    [Pick<ProgressResponse, "submittedToday" | "lentToOthers" | "hasInstances"> & { held: number; open: number }]
  >`
    select
      (select count(*)::int from assignments where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'submitted'
        and submitted_at >= ${midnight})
        + ${confirmedSince(projectId, userId, midnight)} as "submittedToday",
      (select count(*)::int from assignments
        where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'leased')
        + (select count(distinct a.id)::int from relabel_asks r
            join assignments a on a.project_id = r.project_id and a.id = r.assignment_id
            join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
          where r.project_id = ${projectId}::uuid and r.annotator_id = ${userId}::uuid and r.answered_at is null) as held,
      (select count(*)::int from (select from instances i where project_id = ${projectId}::uuid and open_slots > 0 and ${unseen} limit ${countLimit}) as counted) as open,
      (select count(*)::int from (
        select from instances i where project_id = ${projectId}::uuid and open_slots = 0 and ${unseen} and exists (
          select from assignments a where a.project_id = i.project_id and a.instance_id = i.id and a.state = 'leased') limit ${countLimit}) as counted) as "lentToOthers",
      exists (select from instances where project_id = ${projectId}::uuid and is_labelable) as "hasInstances"`;
  const { held, open, ...counts } = row;
  const left = open + held;
  return { ...counts, remaining: Math.min(countLimit, left), hasMore: left >= countLimit };
}

export function noSuchAssignment({ slug }: Access<"label:write">, id: string): AppError {
  return new AppError("not_found", say`You have no assignment ${id} in project ${slug}. Ask for the next one.`);
}

/** The current labels that a person gave on these instances. */
export async function labelsOf(
  db: Db,
  { projectId, userId }: { projectId: string; userId: string },
  instanceIds: string[],
) {
  const labels = await db.label.findMany({
    where: {
      projectId,
      instanceId: { in: instanceIds },
      source: "human",
      annotator: `user:${userId}`,
      isCurrent: true,
    },
    orderBy: { id: "asc" },
  });
  return labels.map(({ payload, ...label }) => ({ ...label, payload: parsePayload(label.type, payload) }));
}

type Said = Pick<AssignmentView, "draft" | "submitted">;

type HistoryRow = {
  id: string;
  state: Assignment["state"];
  instanceId: string;
  shownOrder: number[];
  sealedAnswers: Assignment["sealedAnswers"];
  at: Date;
  promptStart: string | null;
  /** Whether a model wrote it. */
  isModels: boolean | null;
  models: string[];
};

/**
 * Answers to questions that have changed since mean something else now; the reason still holds. A correction of older
 * questions is dropped whole: what was submitted would stand hidden behind it.
 */
function viewDraft(
  { draft, state }: Assignment,
  taskSchema: TaskSchema,
  schemaVersion: number,
): AssignmentView["draft"] {
  if (draft === null) return null;
  const stored = storedDraft.parse(draft);
  if (state === "submitted" && stored.schemaVersion !== schemaVersion) return null;
  return {
    answers: stored.schemaVersion === schemaVersion ? keepShaped(taskSchema, stored.answers) : {},
    reason: stored.reason,
    isUnsure: stored.isUnsure ?? false,
    activeMs: stored.activeMs,
    writtenAt: stored.writtenAt ?? null,
  };
}

/** What was answered for good stands in every answer, and is a draft by itself. */
function keepSealed({ draft, submitted }: Said, sealed: Answers): Said {
  const keep = <T extends { answers: Answers }>(said: T): T => ({ ...said, answers: { ...said.answers, ...sealed } });
  const none = { answers: {}, reason: "", isUnsure: false, activeMs: 0, writtenAt: null };
  const begun = draft ?? (submitted === null && Object.keys(sealed).length > 0 ? none : null);
  return { draft: begun && keep(begun), submitted: submitted && keep(submitted) };
}

async function viewSubmission(
  assignment: Assignment,
  taskSchema: TaskSchema,
  shown: Shown,
): Promise<AssignmentView["submitted"]> {
  const { projectId, annotatorId, instanceId, submissionId, submittedAt, state } = assignment;
  if (state !== "submitted" || submissionId === null || submittedAt === null) return null;
  const labels = await labelsOf(prisma, { projectId, userId: annotatorId }, [instanceId]);
  const answers = readAnswers(taskSchema, labels, shown);
  const reasons = labels.filter(({ question }) => Object.hasOwn(answers, question));
  return {
    ...{ submissionId, submittedAt: submittedAt.toISOString(), answers },
    reason: reasons.findLast(({ rationale }) => rationale !== null)?.rationale ?? "",
    isUnsure: reasons.at(-1)?.isUnsure ?? false,
  };
}
