import { AppError, type Fault } from "@/lib/errors";
import { wordType } from "@/lib/labels/word-type";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { isAsked } from "../asked/schema";
import { answerShapes, type Answer, type Answers } from "../schema";
import type { Shown } from "./answer-type";
import { answerTypes } from "./answer-types";
import { checkQuotes } from "./quotes";

/** Throws `invalid`, naming every fault, unless the answers are whole and fit the questions and what is shown. */
export function checkAnswers(taskSchema: TaskSchema, answers: Answers, reason: string, shown: Shown): void {
  const { questions } = taskSchema;
  const asked = questions.filter((one) => isAsked(one, questions, answers));
  const known = new Set(questions.map(({ id }) => id));
  const faults = [
    ...asked.flatMap((question) =>
      checkOne(question, Object.hasOwn(answers, question.id) ? answers[question.id] : undefined, shown),
    ),
    ...checkQuotes(asked, answers),
    ...questions
      .filter((one) => Object.hasOwn(answers, one.id) && !asked.includes(one))
      .map(({ id }) => ({ path: `answers.${id}`, message: say`${id} is not asked with these answers; leave it out` })),
    ...Object.keys(answers)
      .filter((id) => !known.has(id))
      .map((id) => ({ path: `answers.${id}`, message: say`this project asks no question ${id}` })),
    ...checkReason(taskSchema.reason, reason),
  ];
  refuseFaults(faults, "submitted");
}

/** The same for the answer to one question, which is stored for good before the others. */
export function checkAnswer(question: Question, answer: Answer, shown: Shown): void {
  const faults = [...checkOne(question, answer, shown), ...checkQuotes([question], { [question.id]: answer })];
  refuseFaults(faults, "stored");
}

/** Throws `invalid`, naming every fault, if there is one. */
export function refuseFaults(faults: Fault[], what: "submitted" | "stored"): void {
  if (faults.length === 0) return;
  const first = faults
    .slice(0, maxListed)
    .map(({ message }) => message)
    .join(say`; `);
  const listed = faults.length > maxListed ? say`${first} and ${faults.length - maxListed} more` : first;
  const message =
    what === "submitted"
      ? say`The answers cannot be submitted: ${listed}. Complete them and try again.`
      : say`The answers cannot be stored: ${listed}. Complete them and try again.`;
  throw new AppError("invalid", message, { faults });
}

/** Faults that the message spells out; all of them are in the error's list. */
const maxListed = 20;

/** Whether a submission may leave the question out. */
function isOptional(question: Question): boolean {
  return question.type === "critique" && !question.isRequired;
}

function checkOne(question: Question, answer: Answer | undefined, shown: Shown): Fault[] {
  const path = `answers.${question.id}`;
  if (answer === undefined && !("aspects" in question))
    return isOptional(question) ? [] : [{ path, message: say`${question.name} is not answered` }];
  // Without an answer those to aspects are missing one by one.
  const parsed = answerShapes[question.type].safeParse(answer ?? {});
  if (!parsed.success)
    return [{ path, message: say`${question.id} is no answer to a question of type ${wordType(question.type)}` }];
  return answerTypes[question.type]
    .check(question, parsed.data, shown)
    .map((fault) => ({ ...fault, path: `${path}.${fault.path}` }));
}

function checkReason(asked: TaskSchema["reason"], reason: string): Fault[] {
  const isBlank = reason.trim() === "";
  if (asked === "required" && isBlank) return [{ path: "reason", message: say`this project asks for a reason` }];
  if (asked === "off" && !isBlank) return [{ path: "reason", message: say`this project does not ask for a reason` }];
  return [];
}
