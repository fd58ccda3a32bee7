import type { Question } from "@/lib/projects/schema";
import { placesOf } from "./places";
import type { AnyQuestionProps } from "./questions/question-type";
import type { Work } from "./session";
import type { Actions } from "./use-actions";

/** What a question needs to be asked, in the bar or in the panes of the completions. */
export function questionProps(
  question: Question,
  { assignment, answers, place }: Work,
  actions: Actions,
): AnyQuestionProps {
  const places = placesOf(assignment);
  const first = places.findIndex((one) => one.question === question);
  return {
    ...{ question, answers, assignment },
    answer: answers[question.id],
    active: places[place]?.question === question ? place - first : null,
    isOnly: places.length === 1,
    placeOf: (part) => first + part,
    onAnswer: (answer, part) => actions.answer(question.id, answer, first + part),
    onType: (answer, part) => actions.type(question.id, answer, first + part),
    onTurn: (part) => actions.turnTo(first + part),
  };
}
