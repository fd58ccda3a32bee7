import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question } from "../schema";

/** What a project asks now, and what it asked in the versions of its task schema that some labels are of. */
export type AskedQuestions = { now: readonly Question[]; then: Readonly<Record<number, readonly Question[]>> };

type Label = { question: string; type: LabelTypeName; schemaVersion: number | null };

/** What was asked when a label was given; what is asked now where it is of no version, as imported ones are. */
export function questionsOf(
  { now, then }: AskedQuestions,
  { schemaVersion }: Pick<Label, "schemaVersion">,
): readonly Question[] {
  return (schemaVersion === null ? undefined : then[schemaVersion]) ?? now;
}

/** The question that a label answers, as it was when it was answered; undefined where none like it was asked. */
export function questionOf(asked: AskedQuestions, label: Label): Question | undefined {
  return questionsOf(asked, label).find(({ id, type }) => id === label.question && type === label.type);
}
