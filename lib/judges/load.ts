import { createHash } from "node:crypto";
import { stepsOf } from "@/lib/assignments/shown";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Message } from "@/lib/instances/schema";
import { maxStrength } from "@/lib/labels/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import type { OpenJudge, Question } from "./asker";
import type { Plan } from "./plan";
import type { Asked } from "./protocols/protocol";
import { annotatorOf } from "./queries";
import { verdictOutcome, type VerdictOutcome } from "./schema";
import { writeOrder, type Ask, type Askable, type Unit } from "./units";

/** A completion as judges read it. */
type Completion = { text: string | null; steps: string[]; hasSteps: boolean };

/** An instance as a judge reads it, with what its version has said so far. */
export type Subject = Omit<Askable, "completions"> & {
  outsideId: string;
  contentHash: string;
  promptHash: string;
  conversation: Message[];
  context: string | null;
  reference: string | null;
  completions: Completion[];
  /** Outcomes of the verdicts that are there, by askKey. */
  verdicts: Map<string, VerdictOutcome>;
  /** Keys of the units that have their label. */
  labelled: Set<string>;
};

/** Instances by their ids, in that order, without those that have gone, cannot be labelled any more or have images. */
export async function loadSubjects(
  judge: Pick<OpenJudge, "projectId" | "judgeId" | "version">,
  plan: Plan,
  ids: string[],
): Promise<Subject[]> {
  const { projectId, judgeId, version } = judge;
  const rows = await prisma.instance.findMany({
    where: { projectId, id: { in: ids }, isLabelable: true, hasImages: false },
    select: {
      ...{ id: true, outsideId: true, contentHash: true, promptHash: true },
      ...{ prompt: true, messages: true, context: true, reference: true },
      completions: { select: { text: true, steps: true, hasSteps: true }, orderBy: { index: "asc" } },
      assignments: { select: { shownOrder: true }, where: { state: { in: ["leased", "submitted"] } } },
      labels: {
        select: { question: true, type: true, aspect: true, target: true, source: true },
        where: { OR: [{ source: "human", type: "comparison", isCurrent: true }, { annotator: annotatorOf(judge) }] },
      },
      verdicts: {
        select: { question: true, aspect: true, target: true, shownOrder: true, sample: true, outcome: true },
        where: { judgeId, judgeVersion: version },
        orderBy: { id: "asc" },
      },
    },
    orderBy: { id: "asc" },
  });
  const comparisons = plan.questions.flatMap(({ question }) => (question.type === "comparison" ? question.id : []));
  return rows.map((row) => {
    const { id: instanceId, outsideId, contentHash, promptHash, context, reference, completions } = row;
    const compared = row.verdicts.find(({ question }) => comparisons.includes(question))?.target;
    const byPeople = row.labels.filter(({ source }) => source === "human");
    return {
      ...{ instanceId, outsideId, contentHash, promptHash, context, reference, completions },
      pair: choosePair(instanceId, completions.length, compared ?? mostCompared(row.assignments, byPeople)),
      conversation: (row.messages as Message[] | null) ?? [{ role: "user", content: row.prompt! }],
      verdicts: new Map(row.verdicts.map((verdict) => [askKey(verdict), verdictOutcome.parse(verdict.outcome)])),
      labelled: new Set(row.labels.flatMap((label) => (label.source === "human" ? [] : unitKey(label)))),
    };
  });
}

export function cannotSee(instanceId: string): AppError {
  return new AppError(
    "invalid",
    say`Instance ${instanceId} has images, and judges are shown texts alone. Let people label it.`,
  );
}

/** What tells the verdicts of one judge's version on one instance apart. */
export function askKey(verdict: {
  question: string;
  aspect: string;
  target: string;
  shownOrder: string;
  sample: number;
}): string {
  const { question, aspect, target, shownOrder, sample } = verdict;
  return JSON.stringify([question, aspect, target, shownOrder, sample]);
}

export function keyOfAsk({ question, aspect }: Unit, { target, order, sample }: Ask): string {
  return askKey({ question: question.id, aspect: aspect.id, target, shownOrder: writeOrder(order), sample });
}

/** What tells the labels of one judge's version on one instance apart. */
export function unitKey({ question, aspect, target }: { question: string; aspect: string; target: string }): string {
  return JSON.stringify([question, aspect, target]);
}

export function keyOfUnit({ question, aspect, target }: Unit): string {
  return unitKey({ question: question.id, aspect: aspect.id, target });
}

/** What a judge is asked about an instance, as it reads it. */
export function questionOf(
  subject: Subject,
  unit: Unit,
  { ask, usesReference, demonstrations }: { ask: Ask } & Pick<Plan, "usesReference"> & Pick<Question, "demonstrations">,
): Question {
  const { instanceId, conversation, context, reference, completions } = subject;
  const { order } = ask;
  const shown = order.map((index) => completions[index]!);
  return {
    ...{ instanceId, order, demonstrations },
    shown: {
      ...{ conversation, context, reference: usesReference ? reference : null },
      // Only instances all of whose completions have texts can be labelled.
      completions: shown.map(({ text }) => text!),
      ...askedOf(unit, ask, shown),
    },
  };
}

function askedOf({ question, aspect, target }: Unit, ask: Ask, shown: Completion[]): Asked {
  const about = { name: aspect.name, definition: aspect.definition };
  switch (question.type) {
    case "comparison":
      return comparedOn(about, question);
    case "ranking":
      // Of the pairs of a tournament a ranking needs to know no more than which one is better.
      return ask.target === target
        ? { type: "ranking", aspect: about }
        : { type: "comparison", aspect: about, maxStrength: 1, allowsTie: true };
    case "rating":
      return { type: "rating", aspect: about, scale: question.scale };
    case "binary":
      return { type: "binary", aspect: about, kind: question.kind };
    case "spans":
      return { type: "spans", aspect: about, categories: question.categories, severities: question.severities };
    case "steps":
      return { type: "steps", aspect: about, steps: stepsOf(shown[0]!, question.cut), flags: question.flags };
    case "critique":
      return { type: "critique", aspect: about, rewrite: question.rewrite };
  }
}

function comparedOn(aspect: { name: string; definition: string }, { scale }: QuestionOf<"comparison">): Asked {
  // The scale of two points has no middle.
  return { type: "comparison", aspect, maxStrength: maxStrength(scale), allowsTie: scale !== 2 };
}

/** The pair that most people were given or have compared: their labels can then be set beside the judge's. */
function mostCompared(assignments: { shownOrder: number[] }[], labels: { target: string }[]): string | undefined {
  const given = assignments.map(({ shownOrder }) =>
    shownOrder
      .slice(0, 2)
      .sort((a, b) => a - b)
      .join("-"),
  );
  const counts = new Map<string, number>();
  for (const target of [...given, ...labels.map(({ target }) => target)])
    counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}

/** That which is named, or one of the n(n - 1)/2 pairs, the same for an instance whenever it is drawn. */
function choosePair(instanceId: string, completions: number, named: string | undefined): [number, number] {
  const [one, other] = named?.split("-").map(Number) ?? [];
  if (one !== undefined && other !== undefined) return [one, other];
  // Nothing is compared then.
  if (completions < 2) return [0, 0];
  const drawn = createHash("sha256").update(instanceId).digest().readUInt32BE(0);
  let rest = drawn % ((completions * (completions - 1)) / 2);
  let first = 0;
  for (; rest >= completions - 1 - first; first += 1) rest -= completions - 1 - first;
  return [first, first + 1 + rest];
}
