import type { Fault } from "@/lib/errors";
import type { Question } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { letterOf } from "@/lib/text/letter";
import { followGrown, spanId, type MarkedAs } from "@/lib/text/quotes";
import { answerShapes, type AnswerOf, type Answers } from "../schema";

type Quoting = {
  question: string;
  /** Whether the question lets critiques quote spans. */
  isAsked: boolean;
  written: AnswerOf<"critique">["completions"];
  /** The spans that can be quoted for the completion at a position, of other answers if given: those on it and on what it answers. */
  spansOn: (position: number, said?: Answers) => MarkedAs[];
};

/** What is wrong with the quotes of critiques: each is a span that the same answers mark on the same completion, or on what it answers. */
export function checkQuotes(questions: readonly Question[], answers: Answers): Fault[] {
  return critiquesIn(questions, answers).flatMap(({ question, isAsked, written, spansOn }) =>
    written.flatMap(({ quotes = [] }, position) => {
      const fault = (message: string) => ({ path: `answers.${question}.completions.${position}.quotes`, message });
      if (!isAsked && quotes.length > 0) return [fault(say`this project does not ask to quote spans`)];
      const marked = new Set(spansOn(position).map(spanId));
      const unmarked = quotes.filter((id) => !marked.has(id));
      return [
        ...unmarked.map((id) => fault(say`${id} is quoted, but not a span that is marked on ${letterOf(position)}`)),
        ...(new Set(quotes).size < quotes.length ? [fault(say`quotes a span twice`)] : []),
      ];
    }),
  );
}

/**
 * The answers without quotes of what is not marked, or not quoted in this project. Where marks have grown to whole units,
 * quotes follow them from the answers before that.
 */
export function keepMarkedQuotes(questions: readonly Question[], answers: Answers, before = answers): Answers {
  const kept = critiquesIn(questions, answers).map(({ question, written, spansOn }) => {
    const completions = written.map(({ quotes = [], ...one }, position) => {
      const left = followGrown(quotes, spansOn(position, before), spansOn(position));
      return left.length === 0 ? one : { ...one, quotes: left };
    });
    return [question, { completions }] as const;
  });
  return { ...answers, ...Object.fromEntries(kept) };
}

function critiquesIn(questions: readonly Question[], answers: Answers): Quoting[] {
  return questions.flatMap((question) => {
    if (question.type !== "critique") return [];
    const critique = answerShapes.critique.safeParse(own(answers, question.id));
    if (!critique.success) return [];
    const markedIn = (said: Answers) => answerShapes.spans.safeParse(own(said, question.quotes)).data?.spans ?? [];
    return {
      ...{ question: question.id, isAsked: question.quotes !== undefined, written: critique.data.completions },
      spansOn: (position, said = answers) =>
        markedIn(said).filter(({ on }) => on === position || typeof on !== "number"),
    };
  });
}

function own(answers: Answers, id: string | undefined): unknown {
  return id !== undefined && Object.hasOwn(answers, id) ? answers[id] : undefined;
}
