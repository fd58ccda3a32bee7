import { createHash } from "node:crypto";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Message } from "@/lib/instances/schema";
import { maxStrength, type ComparisonScale } from "@/lib/labels/schema";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf } from "@/lib/projects/schema";
import type { OpenJudge, OpenRm, Question } from "./asker";
import { verdictOutcome, type VerdictOutcome } from "./schema";

/** The comparison that a project asks for. */
export type Comparison = {
  /** Its id. */
  question: string;
  schemaVersion: number;
  scale: ComparisonScale;
  aspects: { id: string; name: string; definition: string }[];
};

/** A verdict that is there already. */
export type StoredVerdict = { id: string; outcome: VerdictOutcome; costMicros: number };

/** An instance as a judge reads it, with what its version has said so far. */
export type Subject = {
  instanceId: string;
  outsideId: string;
  contentHash: string;
  conversation: Message[];
  context: string | null;
  /** Completion indices, the smaller first. */
  pair: [number, number];
  /** Their texts, in the order of `pair`. */
  texts: [string, string];
  /** By aspect and isSwapped, as verdictKey writes it. */
  verdicts: Map<string, StoredVerdict>;
};

/** The comparison of a project's current task schema; null where none is asked. */
export async function findComparison(projectId: string, db: Db = prisma): Promise<Comparison | null> {
  const { taskSchema, schemaVersion } = await currentSchema(db, projectId);
  const comparison = comparisonOf(taskSchema);
  if (!comparison) return null;
  const { id: question, scale, aspects } = comparison;
  return { question, schemaVersion, scale, aspects };
}

/** The comparison of a project's current task schema. Throws `conflict` where none is asked. */
export async function loadComparison(projectId: string, db: Db = prisma): Promise<Comparison> {
  const comparison = await findComparison(projectId, db);
  if (comparison) return comparison;
  throw new AppError(
    "conflict",
    "This project asks for no comparison, and judges answer nothing else. Add a question of type comparison to its task schema, then start the judge again.",
  );
}

/** A comparison with the aspects that a judge has an answer to: a reward model knows the one that it learned. */
export function answeredBy(
  judge: Pick<OpenRm, "kind" | "config"> | { kind: "lm" },
  comparison: Comparison,
): Comparison {
  if (judge.kind === "lm") return comparison;
  return { ...comparison, aspects: comparison.aspects.filter(({ id }) => id === judge.config.rewardModel?.aspect) };
}

/** Instances by their ids, in that order, without those that have gone, cannot be compared any more or have images. */
export async function loadSubjects(
  judge: Pick<OpenJudge, "projectId" | "judgeId" | "version">,
  ids: string[],
): Promise<Subject[]> {
  const { projectId, judgeId, version } = judge;
  const rows = await prisma.instance.findMany({
    where: { projectId, id: { in: ids }, isLabelable: true, hasImages: false },
    select: {
      ...{ id: true, outsideId: true, contentHash: true, prompt: true, messages: true, context: true },
      completions: { select: { index: true, text: true }, orderBy: { index: "asc" } },
      assignments: { select: { shownOrder: true }, where: { state: { in: ["leased", "submitted"] } } },
      labels: { select: { target: true }, where: { source: "human", type: "comparison", isCurrent: true } },
      verdicts: { where: { judgeId, judgeVersion: version, sample: 0 }, orderBy: { id: "asc" } },
    },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => {
    const asked = row.verdicts[0]?.target ?? mostCompared(row);
    const pair = asked === undefined ? drawPair(row.id, row.completions.length) : readPair(asked);
    const target = pair.join("-");
    const verdicts = row.verdicts
      .filter((verdict) => verdict.target === target)
      .map(({ id, aspect, shownOrder, outcome, costMicros }) => {
        const verdict = { id, outcome: verdictOutcome.parse(outcome), costMicros: Number(costMicros) };
        return [verdictKey(aspect, shownOrder !== target), verdict] as const;
      });
    return {
      ...{ instanceId: row.id, outsideId: row.outsideId, contentHash: row.contentHash, context: row.context, pair },
      conversation: (row.messages as Message[] | null) ?? [{ role: "user", content: row.prompt! }],
      texts: [row.completions[pair[0]]!.text!, row.completions[pair[1]]!.text!],
      verdicts: new Map(verdicts),
    };
  });
}

export function cannotSee(instanceId: string): AppError {
  return new AppError(
    "invalid",
    `Instance ${instanceId} has images, and judges are shown texts alone. Let people label it.`,
  );
}

export function verdictKey(aspect: string, isSwapped: boolean): string {
  return `${aspect} ${isSwapped}`;
}

/** The question about one aspect in one order. */
export function questionOf(
  subject: Subject,
  comparison: Comparison,
  about: { aspect: Comparison["aspects"][number]; isSwapped: boolean },
): Question {
  const { instanceId, pair, texts, conversation, context } = subject;
  const { name, definition } = about.aspect;
  return {
    ...{ instanceId, pair, isSwapped: about.isSwapped },
    shown: {
      ...{ conversation, context, aspect: { name, definition } },
      completions: about.isSwapped ? [texts[1], texts[0]] : texts,
      maxStrength: maxStrength(comparison.scale),
      // The scale of two points has no middle.
      allowsTie: comparison.scale !== 2,
    },
  };
}

/** The pair that most people were given or have compared: their labels can then be set beside the judge's. */
function mostCompared(row: {
  assignments: { shownOrder: number[] }[];
  labels: { target: string }[];
}): string | undefined {
  const given = row.assignments.map(({ shownOrder }) =>
    shownOrder
      .slice(0, 2)
      .sort((a, b) => a - b)
      .join("-"),
  );
  const counts = new Map<string, number>();
  for (const target of [...given, ...row.labels.map(({ target }) => target)])
    counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}

/** One of the n(n - 1)/2 pairs, the same for an instance whenever it is drawn. */
function drawPair(instanceId: string, completions: number): [number, number] {
  const drawn = createHash("sha256").update(instanceId).digest().readUInt32BE(0);
  let rest = drawn % ((completions * (completions - 1)) / 2);
  let first = 0;
  for (; rest >= completions - 1 - first; first += 1) rest -= completions - 1 - first;
  return [first, first + 1 + rest];
}

function readPair(target: string): [number, number] {
  const [first, second] = target.split("-").map(Number);
  return [first!, second!];
}
