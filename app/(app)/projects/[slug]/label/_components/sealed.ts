import type { Translate } from "@/app/i18n/translate";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Reveal } from "@/lib/projects/schema";
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

/** Texts besides the completions by name, as "the prompt and the context". */
export function wordTexts(revealed: readonly Reveal[], t: Translate<"label">): string {
  return revealed.map(({ show }) => t(`texts.the.${show}`)).join(t("list.and"));
}
