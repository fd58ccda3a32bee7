import type { QuestionOf } from "@/lib/projects/schema";

export type ChatMessage = { role: "system" | "user" | "assistant"; content: string };

/** What a judge reads, whatever it is asked. None of it is ours: it stands between fences. */
export type Texts = {
  conversation: { role: string; content: string }[];
  context: string | null;
  /** A reference answer; null unless the judge is to go by it. */
  reference: string | null;
  /** In the order shown: A, B, ... */
  completions: readonly string[];
};

export type Aspect = { name: string; definition: string };

/** What is asked about the texts. */
export type Asked =
  | { type: "comparison"; aspect: Aspect; maxStrength: number; allowsTie: boolean }
  | { type: "ranking"; aspect: Aspect }
  /** One completion on one aspect. */
  | { type: "rating"; aspect: Aspect; scale: QuestionOf<"rating">["scale"] }
  /** One completion; `kind` "correct" asks for correctness. */
  | { type: "binary"; aspect: Aspect; kind: string }
  /** One completion. */
  | { type: "spans"; aspect: Aspect; categories: QuestionOf<"spans">["categories"]; severities: string[] }
  /** One completion, whose steps are shown one by one. */
  | { type: "steps"; aspect: Aspect; steps: readonly string[]; flags: string[] }
  /** One completion. */
  | { type: "critique"; aspect: Aspect; rewrite: "off" | "optional" | "required" };

export type AskedType = Asked["type"];

/** A question as a judge reads it. */
export type JudgeQuestion<T extends AskedType = AskedType> = Texts & Extract<Asked, { type: T }>;

/** A token of the answer with the probabilities of what might have stood in its place, itself among them. */
export type AnswerToken = { text: string; alternatives: { text: string; logprob: number }[] };

/** A question that somebody has answered, shown to the judge as an example. `answer` is the JSON object it should end with. */
export type Demonstration<T extends AskedType = AskedType> = {
  question: JudgeQuestion<T>;
  answer: Record<string, unknown>;
};

export type Brief<T extends AskedType = AskedType> = {
  rubric: string;
  demonstrations: readonly Demonstration<T>[];
  /** Unguessable, and in none of the texts, so that no text can close its own fence and speak as the one who asks. */
  key: string;
};

/** An answer as it came. `tokens` spell the text, where their probabilities were asked for. */
export type Answer = { text: string; tokens?: readonly AnswerToken[] };

/** `problem` is in words for the model and the report. */
export type Invalid = { kind: "invalid"; problem: string };

/**
 * How a judge is asked one type of question: texts in, messages out, and back. A change of any of its words is a new
 * `version`, as it changes what judges say.
 */
export type Protocol<T extends AskedType, Said> = {
  version: string;
  /** The messages that ask; demonstrations come as earlier turns. */
  ask(question: JudgeQuestion<T>, brief: Brief<T>): ChatMessage[];
  /** The format of the answer, which a repair repeats. */
  describeAnswer(question: JudgeQuestion<T>): string;
  /** What is said as the JSON object of an answer, such as a demonstration's: `parse` reads it back. */
  write(said: Said, question: JudgeQuestion<T>): Record<string, unknown>;
  /** Reads an answer about what was shown, in the order shown; what does not fit exactly is invalid. */
  parse(answer: Answer, question: JudgeQuestion<T>): Said | Invalid;
};
