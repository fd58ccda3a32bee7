import { z } from "zod";
import { prisma, type Db } from "@/lib/db/client";
import type { Assignment, Instance, Label } from "@/lib/db/generated/client";
import {
  labelTarget,
  suggestingSources,
  type LabelPayload,
  type LabelPayloadOf,
  type LabelSuggestion,
} from "@/lib/labels/schema";
import type { CurrentSchema } from "@/lib/projects/current-schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { canonicalJson } from "@/lib/text/canonical";
import type { AnswerPart, Shown } from "./answers/answer-type";
import { withoutGaps } from "./answers/ranking";
import { parsePayload, readAnswers, type AnswerLabel } from "./answers/read-answers";
import { spans } from "./answers/spans";
import { withoutReasons } from "./reasons/schema";
import type { Answer, AnswerOf, Answers, AssignmentView } from "./schema";

/** The labels that an annotator was shown, each as it was shown, and the task schema for which they were looked up. */
const storedSuggestions = z.strictObject({
  schemaVersion: z.int(),
  shown: z.array(z.strictObject({ question: z.string(), label: z.uuid(), mode: z.enum(["shown", "prefilled"]) })),
});
type StoredSuggestions = z.infer<typeof storedSuggestions>;
type Mode = StoredSuggestions["shown"][number]["mode"];

type AiLabel = AnswerLabel & Pick<LabelSuggestion, "label" | "source"> & { annotator: string; sample: number };

/** A label that an annotator was shown. */
export type Suggested = AiLabel & { mode: Mode };

/**
 * What AI suggests to the annotator of an assignment. It is looked up when the assignment is first seen and stays, as
 * what was seen cannot be unseen: AI that answers later does not change it, nor does a task schema without suggestions.
 *
 * Nothing is suggested where the instance was drawn for people and AI. How good either is is told by these alone, so people
 * must not know what AI says. Its route stays once somebody holds or has labelled it.
 */
export async function viewSuggestions(
  assignment: Assignment & { instance: Pick<Instance, "route"> },
  current: CurrentSchema,
  shown: Shown,
): Promise<AssignmentView["suggestions"]> {
  const { suggestions: mode = "off" } = current.taskSchema;
  if (mode === "off" || assignment.instance.route === "dual") return null;
  const stored = await settle(assignment, current, { shown, mode });
  const labels = await readSuggested(prisma, assignment.projectId, stored);
  return { mode, answers: suggestedAnswers(current.taskSchema, labels, shown) };
}

/** What AI would suggest to somebody who sees the instance now; nothing where it was drawn for both (viewSuggestions). */
export async function suggestionsNow(
  { projectId, instanceId, route }: Pick<Assignment, "projectId" | "instanceId"> & Pick<Instance, "route">,
  taskSchema: TaskSchema,
  shown: Shown,
): Promise<AssignmentView["suggestions"]> {
  const { suggestions: mode = "off" } = taskSchema;
  if (mode === "off" || route === "dual") return null;
  const labels = await findSuggested(projectId, instanceId, { taskSchema, shown });
  return { mode, answers: suggestedAnswers(taskSchema, labels, shown) };
}

/** The labels that an assignment was shown with. */
export async function readSuggested(db: Db, projectId: string, stored: unknown): Promise<Suggested[]> {
  const { shown = [] } = storedSuggestions.nullable().parse(stored) ?? {};
  if (shown.length === 0) return [];
  const labels = await db.label.findMany({ where: { projectId, id: { in: shown.map(({ label }) => label) } } });
  return shown.flatMap(({ label: id, mode }) => {
    const label = labels.find((one) => one.id === id);
    return label ? [{ ...aiLabel(label), mode }] : [];
  });
}

/** These labels with their marks as they were shown, grown to whole units. */
export function asShown(suggested: readonly Suggested[], { questions }: TaskSchema, shown: Shown): Suggested[] {
  return suggested.map((label) => {
    const question = questions.find(({ id }) => id === label.question);
    if (question?.type !== "spans" || label.type !== "spans") return label;
    const { aspect, payload } = label as typeof label & AnswerPart<"spans">;
    const answer = spans.fromParts([{ aspect, payload }], shown.order);
    if (answer === null) return label;
    const [part] = spans.toParts(question, spans.fit!(question, answer, shown), shown.order);
    return { ...label, payload: part!.payload };
  });
}

/** What was suggested to the person who gives this label; null when nothing was. */
export function suggestionOf(
  { question, type, aspect, payload }: AnswerLabel,
  suggested: readonly Suggested[],
): LabelSuggestion | null {
  const isSpans = type === "spans";
  const said = (one: LabelPayload) => canonicalJson(whatCounts(type, one));
  const about = suggested.filter(
    (one) =>
      one.question === question &&
      one.type === type &&
      (isSpans || (one.aspect === aspect && labelTarget(type, one.payload) === labelTarget(type, payload))),
  );
  const [first] = about;
  if (!first) return null;
  const taken = isSpans
    ? marksOf([payload]) === marksOf(about.map((one) => one.payload))
    : said(payload) === said(first.payload);
  return { label: first.label, source: first.source, mode: first.mode, taken };
}

/** What of a label is suggested, so that it alone tells whether it was taken: reasons are each person's own. */
function whatCounts(type: AnswerLabel["type"], payload: LabelPayload): unknown {
  if (type === "ranking") return withoutGaps((payload as LabelPayloadOf<"ranking">).ranks);
  if (type !== "comparison") return payload;
  const { reasons: _, ...counts } = payload as LabelPayloadOf<"comparison">;
  return counts;
}

/** What these labels suggest to answer, as far as it fits the questions. Written texts are not suggested. */
function suggestedAnswers({ questions }: TaskSchema, labels: readonly AnswerLabel[], shown: Shown): Answers {
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = suggestedAnswer(question, labels, shown);
      return answer === null ? [] : [[question.id, answer] as const];
    }),
  );
}

function suggestedAnswer(question: Question, labels: readonly AnswerLabel[], shown: Shown): Answer | null {
  if (question.type === "critique") return null;
  const own = labels.filter((label) => label.question === question.id && label.type === question.type);
  const parts = question.type === "spans" ? asOneLabel(question.id, own, shown.order) : own;
  const answer = readAnswers({ questions: [question], reason: "off" }, parts, shown)[question.id];
  if (answer === undefined || Object.keys(answer).length === 0) return null;
  if (question.type === "comparison") return withoutReasons(answer as AnswerOf<"comparison">);
  // That AI looked through a text says nothing about the person.
  return question.type === "spans" ? { ...answer, covered: [] } : answer;
}

/** Spans may come in a label for each completion. What AI says about them is not shown. */
function asOneLabel(question: string, labels: readonly AnswerLabel[], order: readonly number[]): AnswerLabel[] {
  if (labels.length === 0) return [];
  const marks = labels.flatMap(({ payload }) => (payload as LabelPayloadOf<"spans">).spans.map(withoutNote));
  const seen = marks.filter(({ completion }) => completion === "prompt" || order.includes(completion));
  const spans = [...new Map(seen.map((span) => [canonicalJson(span), span])).values()];
  return [
    {
      question,
      type: "spans",
      aspect: labels[0]!.aspect,
      payload: { covered: [...order].sort((a, b) => a - b), spans },
    },
  ];
}

type Mark = LabelPayloadOf<"spans">["spans"][number];

function withoutNote({ note: _, ...span }: Mark): Omit<Mark, "note"> {
  return span;
}

/** The same text for the same marks. */
function marksOf(payloads: readonly LabelPayload[]): string {
  const marks = payloads.flatMap((payload) => (payload as LabelPayloadOf<"spans">).spans.map(withoutNote));
  return [...new Set(marks.map((span) => canonicalJson(span)))].sort().join();
}

/** What this assignment is shown with; looked up when its annotator sees this task schema for the first time. */
async function settle(
  { projectId, id, instanceId, state, suggestions }: Assignment,
  { taskSchema, schemaVersion }: CurrentSchema,
  { shown, mode }: { shown: Shown; mode: Mode },
): Promise<unknown> {
  const before = storedSuggestions.nullable().parse(suggestions);
  if (before?.schemaVersion === schemaVersion || state === "submitted") return before;
  const found = await findSuggested(projectId, instanceId, { taskSchema, shown });
  const earlier = before?.shown.filter((one) => !found.some(({ question }) => question === one.question)) ?? [];
  const after: StoredSuggestions = {
    schemaVersion,
    shown: [...earlier, ...found.map(({ question, label }) => ({ question, label, mode }))],
  };
  // Of two requests at once one decides for both.
  const [row] = await prisma.$queryRaw<[{ suggestions: unknown }]>`
    update assignments set suggestions = case
      when suggestions is not distinct from ${before === null ? null : JSON.stringify(before)}::jsonb then ${JSON.stringify(after)}::jsonb
      else suggestions end
    where project_id = ${projectId}::uuid and id = ${id}::uuid returning suggestions`;
  return row.suggestions;
}

/** For each question the current labels of the AI that answered last, if what they say can be shown. */
async function findSuggested(
  projectId: string,
  instanceId: string,
  { taskSchema: { questions }, shown }: { taskSchema: TaskSchema; shown: Shown },
): Promise<AiLabel[]> {
  const rows = await prisma.label.findMany({
    where: { projectId, instanceId, isCurrent: true, source: { in: [...suggestingSources] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const labels = rows.map(aiLabel);
  return questions.flatMap((question) => {
    const about = labels.filter((label) => label.question === question.id && label.type === question.type);
    const whoAndWhen = (label: AiLabel) => canonicalJson([label.source, label.annotator, label.sample]);
    for (const who of new Set(about.map(whoAndWhen))) {
      const own = about.filter((label) => whoAndWhen(label) === who);
      const answer = suggestedAnswer(question, own, shown);
      if (answer !== null) return "aspects" in question ? own.filter(({ aspect }) => aspect in answer) : own;
    }
    return [];
  });
}

function aiLabel({ id, question, type, aspect, payload, source, annotator, sample }: Label): AiLabel {
  const isAi = z.enum(suggestingSources).parse(source);
  return { label: id, question, type, aspect, payload: parsePayload(type, payload), source: isAi, annotator, sample };
}
