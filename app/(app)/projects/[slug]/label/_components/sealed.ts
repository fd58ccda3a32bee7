import type { AssignmentView } from "@/lib/assignments/schema";
import { isAnswered, placesOf } from "./places";
import type { Work } from "./session";

/** Whether the answer to a question revealed a text and stays as it is. */
export function isSealed({ sealed }: Pick<AssignmentView, "sealed">, question: string): boolean {
  return Object.hasOwn(sealed, question);
}

/** Work with the texts that one of its answers revealed. Keys go on with what is left to answer. */
export function withRevealed(work: Work, assignment: AssignmentView): Work {
  const answers = { ...work.answers, ...assignment.sealed };
  const open = placesOf(assignment).findIndex((place) => !isAnswered(place, assignment, answers));
  return { ...work, assignment, answers, place: Math.max(0, open) };
}

/** What has to be revealed before the work can be submitted, as "the prompt and the context"; null for nothing. */
export function wordHidden({ hidden }: Pick<AssignmentView, "hidden">): string | null {
  return hidden.length === 0 ? null : hidden.map(({ show }) => `the ${show}`).join(" and ");
}
