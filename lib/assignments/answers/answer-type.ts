import type { z } from "zod";
import type { Fault } from "@/lib/errors";
import type { labelPayloads, LabelTypeName } from "@/lib/labels/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import type { AnswerOf } from "../schema";

/** What an annotator has before them; names that are hidden from them are hidden here, too (lib/assignments/hide-names.ts). */
export type Shown = {
  /** Completion indices, first to last. */
  order: readonly number[];
  /** In that order. */
  completions: { text: string; steps: string[] }[];
  /** Null where a conversation stands in its place. */
  prompt: string | null;
  /** The texts of its messages; null where there is none. */
  messages: readonly string[] | null;
};

export type PayloadOf<T extends LabelTypeName> = z.infer<(typeof labelPayloads)[T]>;

/** A part of an answer as a label holds it. */
export type AnswerPart<T extends LabelTypeName> = { aspect: string; payload: PayloadOf<T> };

/**
 * How the answers to one type of question are checked, and turned from shown positions into canonical payloads and
 * back. Methods, so that those of one type can stand in a table of all types.
 */
export type AnswerType<T extends LabelTypeName> = {
  /** All that keeps the answer from being submitted, with paths inside the answer; none when it is whole and fits. */
  check(question: QuestionOf<T>, answer: AnswerOf<T>, shown: Shown): Fault[];
  /** The labels of an answer without faults. */
  toParts(question: QuestionOf<T>, answer: AnswerOf<T>, order: readonly number[]): AnswerPart<T>[];
  /** The answer that these labels are; null when they are not about what is shown. */
  fromParts(parts: readonly AnswerPart<T>[], order: readonly number[]): AnswerOf<T> | null;
  /** The same answer in the form in which the question takes it now; left out where there is one form. */
  fit?(question: QuestionOf<T>, answer: AnswerOf<T>, shown: Shown): AnswerOf<T>;
};

/** The aspect of labels whose question has none, as imports name it. */
export const onlyAspect = "overall";
