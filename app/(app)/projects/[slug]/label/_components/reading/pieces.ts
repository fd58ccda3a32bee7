import type { AssignmentView } from "@/lib/assignments/schema";
import type { OffsetMap } from "@/lib/text/offset-map";

type Piece = { text: string; map: OffsetMap };

/** Whether the steps stand for a completion's text. Where spans are marked, or steps not always asked, it has to be whole. */
export function isReadInSteps({ schema, completions }: AssignmentView, position: number): boolean {
  const asks = (type: string) =>
    schema.questions.some((question) => question.type === type && (type === "spans" || !question.when));
  return asks("steps") && !asks("spans") && (completions[position]!.steps ?? []).length > 0;
}

/** What is read of a completion, in order: its text, or its steps. Those that show nothing are left out. */
export function piecesOf(assignment: AssignmentView, position: number): Piece[] {
  const completion = assignment.completions[position]!;
  const all = isReadInSteps(assignment, position) ? completion.steps! : [completion];
  return all.filter(({ html }) => html !== "");
}
