import { labelPayloads, type LabelPayload, type LabelTypeName } from "@/lib/labels/schema";
import type { ComparisonWords, Question, TaskSchema } from "@/lib/projects/schema";
import { choiceIn, reasonsIn, type ReasonedChoice } from "../reasons/schema";
import { answerShapes, historyAnswer, type Answer, type Answers, type HistoryAnswer } from "../schema";
import type { PayloadOf, Shown } from "./answer-type";
import { answerTypes } from "./answer-types";
import { keepMarkedQuotes } from "./quotes";

/** A label of a submission, as far as its answer is read from it. */
export type AnswerLabel = { question: string; type: LabelTypeName; aspect: string; payload: LabelPayload };

/** A stored payload of this type. */
export function parsePayload(type: LabelTypeName, payload: unknown): LabelPayload {
  return labelPayloads[type].parse(payload);
}

/** What labels answer to the questions of a task schema, in the positions shown; what does not fit them any more is left out. */
export function readAnswers({ questions }: TaskSchema, labels: readonly AnswerLabel[], shown: Shown): Answers {
  const [said, answers]: [Answers, Answers] = [{}, {}];
  for (const question of questions) {
    const parts = labels.filter((label) => isAnswerTo(question, label));
    const answer = parts.length === 0 ? null : answerTypes[question.type].fromParts(parts, shown.order);
    if (answer === null) continue;
    said[question.id] = answer;
    const fitting = keepFitting(question, answer, shown);
    if (fitting !== null) answers[question.id] = fitting;
  }
  return keepMarkedQuotes(questions, answers, said);
}

/** The answers of a draft that have the shape of their questions. */
export function keepShaped({ questions }: TaskSchema, answers: Answers): Answers {
  const shaped = questions.flatMap(({ id, type }) => {
    const parsed = answerShapes[type].safeParse(Object.hasOwn(answers, id) ? answers[id] : undefined);
    return parsed.success ? [[id, parsed.data] as const] : [];
  });
  return keepMarkedQuotes(questions, Object.fromEntries(shaped));
}

/** What labels answered when they were given, one entry a question and aspect, whatever is asked now. */
export function readHistory<L extends AnswerLabel>(
  labels: readonly L[],
  order: readonly number[],
  wordsThen: (label: L) => ComparisonWords | undefined = () => undefined,
): HistoryAnswer[] {
  const groups = new Map<string, L[]>();
  for (const label of labels) {
    const key = JSON.stringify([label.question, label.type, label.aspect]);
    groups.set(key, [...(groups.get(key) ?? []), label]);
  }
  return [...groups.values()].flatMap((parts) => {
    const { question, type, aspect, payload } = parts[0]!;
    const answer = answerTypes[type].fromParts(parts, order);
    if (answer === null) return [];
    const isByAspect = type === "comparison" || type === "rating";
    const said = isByAspect ? (answer as Record<string, unknown>)[aspect] : answer;
    if (type !== "comparison") return [historyAnswer.parse({ question, type, aspect, answer: said })];
    const { scale } = payload as PayloadOf<"comparison">;
    const reasons = reasonsIn(said as ReasonedChoice);
    const words = wordsThen(parts[0]!);
    return [
      {
        ...{ question, type, aspect, answer: choiceIn(said as ReasonedChoice), scale },
        ...{ ...(words && { words }), ...(reasons.length > 0 && { reasons: [...reasons] }) },
      },
    ];
  });
}

/** A choice on another scale means something else; that both are bad does not. */
function isAnswerTo(question: Question, { type, payload, ...label }: AnswerLabel): boolean {
  if (label.question !== question.id || type !== question.type) return false;
  if (question.type !== "comparison") return true;
  const { bothBad, cannotTell, scale } = payload as PayloadOf<"comparison">;
  return bothBad || cannotTell || scale === question.scale;
}

/** An answer that would be taken again; of answers by aspect those that would. */
function keepFitting(question: Question, said: Answer, shown: Shown): Answer | null {
  const answer = answerTypes[question.type].fit?.(question, said, shown) ?? said;
  const faults = answerTypes[question.type].check(question, answer, shown);
  if (faults.length === 0) return answer;
  if (!("aspects" in question)) return null;
  const wrong = new Set(faults.map(({ path }) => path.split(".")[0]!));
  return Object.fromEntries(Object.entries(answer).filter(([aspect]) => !wrong.has(aspect))) as Answer;
}
