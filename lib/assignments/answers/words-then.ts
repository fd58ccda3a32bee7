import type { Db } from "@/lib/db/client";
import type { Label } from "@/lib/db/generated/client";
import { readQuestionsThen } from "@/lib/projects/asked/read";
import type { ComparisonWords } from "@/lib/projects/schema";

type Answered = Pick<Label, "question" | "type" | "schemaVersion">;

/** What the points of a comparison said when a label was given; undefined where they had the usual words. */
export type WordsThen = (label: Answered) => ComparisonWords | undefined;

/** The own words of the comparisons that these labels answer, by the versions of the task schema that asked for them. */
export async function readWordsThen(db: Db, projectId: string, labels: readonly Answered[]): Promise<WordsThen> {
  const compared = labels.filter(({ type }) => type === "comparison");
  const asked = await readQuestionsThen(db, projectId, compared);
  return ({ question, schemaVersion }) => {
    const then = schemaVersion === null ? undefined : asked[schemaVersion]?.find(({ id }) => id === question);
    if (then?.type !== "comparison" || (then.degrees === undefined && then.tie === undefined)) return undefined;
    const { degrees, tie } = then;
    return { ...(degrees && { degrees }), ...(tie !== undefined && { tie }) };
  };
}
