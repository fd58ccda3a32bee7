"use client";

import { createContext, useContext } from "react";
import type { QuestionOf } from "@/lib/projects/schema";
import type { Span } from "@/lib/text/offset-map";
import type { SpanCategory } from "../questions/span-categories";
import type { MarkedSpan, On, SpansAnswer } from "../questions/spans";
import type { TextView } from "./text-view";

/** What the texts and the question about spans share: what is marked, what is selected, and what can be done with it. */
export type Marking = {
  question: QuestionOf<"spans">;
  categories: readonly SpanCategory[];
  answer: SpansAnswer | undefined;
  /** The texts that can be marked. */
  texts: readonly On[];
  /** What is selected in a text and not marked yet; null also while keys are about another question. */
  selection: { on: On; span: Span } | null;
  /** The span that keys and the editor are about. */
  picked: MarkedSpan | null;
  /** Picks a span by its key, or none. */
  pick: (key: string | null) => void;
  /** Scrolls to a span, and unfolds what it is in. */
  reveal: (span: MarkedSpan) => void;
  /** Turns the keys to a text. */
  turnTo: (on: On) => void;
  /** Marks what is selected, or changes what is picked. */
  categorise: (category: string) => void;
  changePicked: (changes: Partial<MarkedSpan>) => void;
  movePicked: (edge: "start" | "end", direction: "forward" | "backward") => void;
  removePicked: () => void;
  /** Gives the focus back to where keys answer. */
  leave: () => void;
  /** Makes a text known while it is on the page. */
  register: (on: On, view: TextView) => () => void;
};

export const MarkingContext = createContext<Marking | null>(null);

/** Null where no question asks for spans. */
export function useMarking(): Marking | null {
  return useContext(MarkingContext);
}
