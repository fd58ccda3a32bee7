import type { Answer, AnswerOf, Answers, AssignmentView } from "@/lib/assignments/schema";
import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question, QuestionOf } from "@/lib/projects/schema";

/** One thing to answer: an aspect, a completion, or a completion on an aspect. Keys are about one place at a time. */
export type Part = {
  /** What is asked there. */
  name: string;
  definition: string;
  /** Position of the completion that it is about; null for all of them. */
  completion: number | null;
  /** What of the completion: a step, counted from 1, or its rewrite; all of it without. */
  detail?: number | "rewrite";
};

/** A span is marked and its severity is not chosen. */
export type Lack = "severity";

/** What a key does: another answer, another part, or both. */
export type KeyEffect<A> = { answer?: A; part?: number };

type Given<Q, A> = { question: Q; answer: A | undefined; assignment: AssignmentView };

/** How the page treats one type of question, without its looks. Methods, so that those of one type fit AnyQuestionType. */
export type QuestionType<T extends LabelTypeName> = {
  /** In the order in which Tab goes through them; the same for an assignment whatever is answered. */
  parts(question: QuestionOf<T>, assignment: AssignmentView): Part[];
  isAnswered(given: Given<QuestionOf<T>, AnswerOf<T>>, part: number): boolean;
  /** What a part that was begun still lacks; null for the whole answer. */
  lacking?(given: Given<QuestionOf<T>, AnswerOf<T>>, part: number): Lack | null;
  /** Null leaves the key to the page. Letters come as small Latin ones. */
  onKey(key: string, given: Given<QuestionOf<T>, AnswerOf<T>>, part: number): KeyEffect<AnswerOf<T>> | null;
};

/** QuestionType of a question whose type is known only when it runs. */
export type AnyQuestionType = {
  parts(question: Question, assignment: AssignmentView): Part[];
  isAnswered(given: Given<Question, Answer>, part: number): boolean;
  lacking?(given: Given<Question, Answer>, part: number): Lack | null;
  onKey(key: string, given: Given<Question, Answer>, part: number): KeyEffect<Answer> | null;
};

type Props<Q, A> = {
  question: Q;
  answer: A | undefined;
  /** Those to all questions: one may be about what another got. */
  answers: Answers;
  assignment: AssignmentView;
  /** The part that keys answer; null while they answer another question. */
  active: number | null;
  /** Nothing else is asked. */
  isOnly: boolean;
  /** The place of a part, for the attribute data-place of what takes the focus there. */
  placeOf: (part: number) => number;
  onAnswer: (answer: A, part: number) => void;
  /** The answer with some more text in it; what is typed in a row is undone at once. */
  onType: (answer: A, part: number) => void;
  onTurn: (part: number) => void;
};

export type QuestionProps<T extends LabelTypeName> = Props<QuestionOf<T>, AnswerOf<T>>;

/** QuestionProps of a question whose type is known only when it runs. */
export type AnyQuestionProps = Props<Question, Answer>;

/** Of what stands in a completion's pane. */
type InPane = { completion: number };

export type PaneProps<T extends LabelTypeName> = QuestionProps<T> & InPane;

/** PaneProps of a question whose type is known only when it runs. */
export type AnyPaneProps = AnyQuestionProps & InPane;
