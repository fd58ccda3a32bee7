import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type Assignment, type Instance } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { comparisonPayload } from "@/lib/labels/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import { renderMarkdown } from "@/lib/text/render";
import { answerOf } from "./answers";
import { currentQuestion } from "./question";
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

/** One of my assignments as I see it. Throws `not_found` for those of others, too. */
export async function getAssignment(access: Access<"label:write">, id: string): Promise<AssignmentView> {
  const { projectId, userId } = access;
  const [assignment, { question, ...versions }] = await Promise.all([
    prisma.assignment.findFirst({
      where: { projectId, id, annotatorId: userId },
      include: {
        instance: {
          select: { prompt: true, messages: true, context: true, completions: { select: { index: true, text: true } } },
        },
      },
    }),
    currentQuestion(prisma, projectId),
  ]);
  if (!assignment) throw noSuchAssignment(access, id);
  const { instance, state, leaseUntil } = assignment;
  const texts = assignment.shownOrder.map(
    (shown) => instance.completions.find(({ index }) => index === shown)?.text ?? "",
  );
  const [prompt, contextHtml, html, submitted] = await Promise.all([
    renderPrompt(instance),
    instance.context === null ? null : renderMarkdown(instance.context),
    Promise.all(texts.map(renderMarkdown)),
    viewSubmission(assignment, question),
  ]);
  return {
    id,
    state,
    leaseUntil: leaseUntil.toISOString(),
    ...prompt,
    contextHtml,
    completions: texts.map((text, position) => ({ label: labelOf(position), html: html[position]!, text })),
    schema: question,
    ...versions,
    draft: viewDraft(assignment, versions.schemaVersion),
    submitted,
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
    select a.id, a.state, a.instance_id as "instanceId", a.shown_order as "shownOrder", coalesce(a.submitted_at, a.updated_at) as at,
      left(coalesce(i.prompt, i.messages -> -1 ->> 'content'), ${promptStartLength}::int) as "promptStart"
    from assignments a join instances i on i.project_id = a.project_id and i.id = a.instance_id
    where a.project_id = ${projectId}::uuid and a.annotator_id = ${userId}::uuid and a.state = ${state}::assignment_state
      ${cursor === undefined ? Prisma.empty : before}
    order by 5 desc, a.id desc limit ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const labels = await labelsOf(
    prisma,
    access,
    shown.map(({ instanceId }) => instanceId),
  );
  const items = shown.map((row): HistoryItem => {
    const own = labels.filter(({ instanceId }) => instanceId === row.instanceId);
    return {
      id: row.id,
      state: row.state,
      at: row.at.toISOString(),
      promptStart: row.promptStart ?? "",
      answers: own.flatMap(({ aspect, payload }) => {
        const answer = answerOf(payload, row.shownOrder as [number, number]);
        return answer === null ? [] : [{ aspect, answer, scale: payload.scale }];
      }),
    };
  });
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
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
        and submitted_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc') as "submittedToday",
      (select count(*)::int from assignments where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'leased') as held,
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
  return new AppError("not_found", `You have no assignment ${id} in project ${slug}. Ask for the next one.`);
}

/** The current comparisons that a person gave on these instances. */
export async function labelsOf(
  db: Db,
  { projectId, userId }: { projectId: string; userId: string },
  instanceIds: string[],
) {
  const labels = await db.label.findMany({
    where: {
      projectId,
      instanceId: { in: instanceIds },
      question: "comparison",
      source: "human",
      annotator: `user:${userId}`,
      isCurrent: true,
    },
    orderBy: { id: "asc" },
  });
  return labels.map(({ payload, ...label }) => ({ ...label, payload: comparisonPayload.parse(payload) }));
}

type HistoryRow = {
  id: string;
  state: Assignment["state"];
  instanceId: string;
  shownOrder: number[];
  at: Date;
  promptStart: string | null;
};

/** Letters as spreadsheets count them: A to Z; an assignment shows two. */
function labelOf(position: number): string {
  return String.fromCharCode("A".charCodeAt(0) + position);
}

async function renderPrompt({
  prompt,
  messages,
}: Pick<Instance, "prompt" | "messages">): Promise<Pick<AssignmentView, "prompt" | "messages">> {
  if (messages === null) return { prompt: { html: await renderMarkdown(prompt ?? "") }, messages: null };
  const turns = messages as { role: string; content: string }[];
  const rendered = turns.map(async ({ role, content }) => ({ role, html: await renderMarkdown(content) }));
  return { prompt: null, messages: await Promise.all(rendered) };
}

/** Answers to questions that have changed since mean something else now; the reason still holds. */
function viewDraft({ draft }: Assignment, schemaVersion: number): AssignmentView["draft"] {
  if (draft === null) return null;
  const stored = storedDraft.parse(draft);
  return {
    answers: stored.schemaVersion === schemaVersion ? stored.answers : {},
    reason: stored.reason,
    activeMs: stored.activeMs,
  };
}

async function viewSubmission(
  assignment: Assignment,
  question: ComparisonQuestion,
): Promise<AssignmentView["submitted"]> {
  const { projectId, annotatorId, instanceId, submissionId, submittedAt, state } = assignment;
  if (state !== "submitted" || submissionId === null || submittedAt === null) return null;
  const answers: Answers = {};
  let reason = "";
  for (const { aspect, payload, rationale } of await labelsOf(prisma, { projectId, userId: annotatorId }, [
    instanceId,
  ])) {
    const answer = answerOf(payload, assignment.shownOrder as [number, number]);
    if (answer === null || !question.aspects.some(({ id }) => id === aspect)) continue;
    reason = rationale ?? reason;
    if (answer === "both-bad" ? question.bothBad : payload.scale === question.scale) answers[aspect] = answer;
  }
  return { submissionId, submittedAt: submittedAt.toISOString(), answers, reason };
}
