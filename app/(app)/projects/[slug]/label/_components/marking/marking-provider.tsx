"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, use, useEffect, useEffectEvent, useMemo, useState } from "react";
import { isAsked } from "@/lib/assignments/asked/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { narrowToUnits, widenToUnits } from "@/lib/text/mark-units";
import { BindingsContext } from "../command-key";
import { focusOf } from "../focus";
import { placesOf } from "../places";
import { withKeys } from "../questions/span-categories";
import {
  change,
  keyOfSpan,
  mark,
  type MarkedSpan,
  type On,
  rawText,
  remove,
  type SpansAnswer,
  textOfSpan,
  textsByPart,
} from "../questions/spans";
import { isSealed } from "../sealed";
import type { Work } from "../session";
import type { Actions } from "../use-actions";
import { type Marking, MarkingContext } from "./marking";
import { markingCommandOf, type MarkingCommand } from "./marking-keys";
import { collapseSelection, findSelection, isSameSelection, moveSelection, useSelection } from "./selection";
import type { TextView } from "./text-view";

/** Characters of a text that are told. */
const mostTold = 200;

type MarkingProviderProps = {
  work: Work;
  actions: Actions;
  /** The instance is on the screen, and keys are about it. */
  isAlive: boolean;
  children: ReactNode;
};

/** Lets the texts of an instance be marked where a question asks for spans. */
export function MarkingProvider({ work, actions, isAlive, children }: MarkingProviderProps) {
  const { questions } = work.assignment.schema;
  const current = placesOf(work.assignment)[work.place]?.question;
  const spans = questions.filter((one) => one.type === "spans");
  const open = spans.filter((one) => isAsked(one, questions, work.answers));
  // While none is asked one stands in: what is around the page stays, so that nothing on it begins anew when one is.
  const question = open.find((one) => one === current) ?? open[0] ?? spans[0];
  if (!question) return children;
  const isOpen = open.length > 0;
  return (
    <SpansProvider
      {...{ work, actions, question, isOpen }}
      isAlive={isAlive && isOpen}
      isActive={isAlive && isOpen && question === current}
    >
      {children}
    </SpansProvider>
  );
}

type SpansProviderProps = MarkingProviderProps & {
  question: QuestionOf<"spans">;
  /** It is asked, so that texts can be marked. */
  isOpen: boolean;
  isActive: boolean;
};

function SpansProvider({ work, actions, question, isOpen, isAlive, isActive, children }: SpansProviderProps) {
  const t = useTranslations("label");
  const bindings = use(BindingsContext);
  const [views] = useState(() => new Map<On, TextView>());
  const [selected, setSelected] = useState<Marking["selection"]>(null);
  const [pickedKey, pick] = useState<string | null>(null);
  const { assignment, place } = work;
  const answer = work.answers[question.id] as SpansAnswer | undefined;
  const parts = textsByPart(question, assignment);
  const categories = useMemo(() => withKeys(question.categories, bindings), [question, bindings]);
  const first = placesOf(assignment).findIndex((one) => one.question.id === question.id);
  const selection = isActive && !isSealed(assignment, question.id) ? selected : null;
  const picked = (!selection && answer?.spans.find((span) => keyOfSpan(span) === pickedKey)) || null;

  const placeOf = (on: On) => first + parts.findIndex((texts) => texts.includes(on));
  const turnTo = (on: On) => actions.turnTo(placeOf(on));
  const say = (next: SpansAnswer, on: On) => actions.answer(question.id, next, placeOf(on));
  const quote = (span: MarkedSpan) => textOfSpan(rawText(assignment, span.on), span).slice(0, mostTold);
  const tell = (span: MarkedSpan) => {
    const name = categories.find(({ id }) => id === span.category)?.name ?? span.category;
    actions.announce([name, quote(span), span.severity, span.note].filter(Boolean).join(t("list.comma")));
  };
  const onRemoved = (span: MarkedSpan) => {
    actions.announce(t("told.unmarked", { text: quote(span) }));
    // Its row and its editor go away.
    actions.leaveText();
  };
  const dropSelection = () => {
    setSelected(null);
    collapseSelection();
  };
  const marking: Marking = {
    ...{ question, categories, answer, texts: parts.flat() },
    ...{ selection, picked, pick, turnTo, leave: actions.leaveText },
    ...editsOf({
      ...{ question, answer, selection, picked, viewOf: (on) => views.get(on) },
      ...{ say, tell, onRemoved, pick, dropSelection },
    }),
    register: (on, view) => {
      views.set(on, view);
      return () => void views.delete(on);
    },
    reveal: (span) => views.get(span.on)?.reveal(span),
  };

  const noteSelection = () => {
    if (!isAlive) return;
    const found = findSelection(views);
    if (isSameSelection(found, selected)) return;
    setSelected(found);
    if (!found) return;
    pick(null);
    turnTo(found.on);
  };
  const letGo = () => {
    // The editor of the span goes away, with the focus if it has it.
    if (document.activeElement?.closest("[data-span-editor]")) actions.leaveText();
    pick(null);
    dropSelection();
  };
  /** The texts that keys go through, and the one in which they are: the last message is what is answered. */
  const whereKeysAre = (): [On[], On | undefined] => {
    const texts = parts[place - first] ?? [];
    const isHere = (on: On) => (picked ? picked.on === on : views.get(on)?.hasSelection());
    return [texts, texts.find(isHere) ?? texts.at(-1)];
  };
  const isRightToLeft = () => {
    const on = picked?.on ?? whereKeysAre()[1];
    return (on !== undefined && views.get(on)?.isRightToLeft()) || false;
  };
  const move = (command: Parameters<typeof moveSelection>[2]) => {
    const [texts, on] = whereKeysAre();
    const view = on === undefined ? undefined : views.get(on);
    if (!view) return;
    const isMoved = moveSelection(view, picked?.on === on ? picked : null, command);
    // At the end of a message the keys go on to the next one.
    const next = texts[texts.indexOf(on!) + (command.direction === "forward" ? 1 : -1)];
    if (!isMoved && !command.grows && next !== undefined) views.get(next)?.selectWord(null, command.direction);
    // The browser tells of it later, perhaps behind the next key.
    noteSelection();
  };
  useMarkingKeys({ marking, isActive, isRightToLeft, run: (command) => runCommand(command, { marking, letGo, move }) });
  useSelection(noteSelection);
  return <MarkingContext value={isOpen ? marking : null}>{children}</MarkingContext>;
}

type Edits = Pick<Marking, "categorise" | "changePicked" | "movePicked" | "removePicked">;
type EditsOf = Pick<Marking, "question" | "answer" | "selection" | "picked" | "pick"> & {
  viewOf: (on: On) => TextView | undefined;
  say: (answer: SpansAnswer, on: On) => void;
  /** Says to who does not see it what a span is now. */
  tell: (span: MarkedSpan) => void;
  onRemoved: (span: MarkedSpan) => void;
  dropSelection: () => void;
};

/** What can be done with the selection and with the picked span; both stay in hand afterwards, as that span. */
function editsOf(given: EditsOf): Edits {
  const { question, answer, selection, picked, pick, viewOf, say, tell, onRemoved, dropSelection } = given;
  const unitOf = (category: string) => question.categories.find(({ id }) => id === category)?.unit;
  const widen = (span: MarkedSpan): MarkedSpan => {
    const raw = viewOf(span.on)?.raw;
    return raw === undefined ? span : { ...span, ...widenToUnits(raw, span, unitOf(span.category)) };
  };
  const edits: Edits = {
    categorise: (category) => {
      const view = selection && viewOf(selection.on);
      if (!view) return edits.changePicked({ category });
      const { on } = selection;
      const span = widen({ on, ...view.tighten(selection.span), category });
      say(mark(answer, span), on);
      pick(keyOfSpan(span));
      dropSelection();
      tell(span);
    },
    changePicked: (changes) => {
      if (!picked || !answer) return;
      const changed = widen({ ...picked, ...changes });
      say(change(answer, keyOfSpan(picked), changed), picked.on);
      pick(keyOfSpan(changed));
      tell(changed);
    },
    movePicked: (edge, direction) => {
      if (!picked) return;
      const [fixed, moving] = edge === "end" ? [picked.start, picked.end] : [picked.end, picked.start];
      const view = viewOf(picked.on);
      const moved = view?.step({ anchor: fixed, focus: moving }, direction);
      const isLeft = moved && (edge === "end" ? moved.focus > fixed : moved.focus < fixed);
      if (!view || !isLeft) return;
      const span = view.tighten({ ...picked, [edge]: moved.focus });
      const isShorter = span.end - span.start < picked.end - picked.start;
      const fitted = isShorter ? narrowToUnits(view.raw, span, unitOf(picked.category)) : span;
      if (fitted) edits.changePicked(fitted);
    },
    removePicked: () => {
      if (!picked || !answer) return;
      say(remove(answer, keyOfSpan(picked)), picked.on);
      onRemoved(picked);
    },
  };
  return edits;
}

type Hands = { marking: Marking; letGo: () => void; move: (command: Parameters<typeof moveSelection>[2]) => void };

function runCommand(command: MarkingCommand, { marking, letGo, move }: Hands): void {
  switch (command.do) {
    case "categorise":
      return marking.categorise(command.category);
    case "rate":
      return marking.changePicked({ severity: command.severity });
    case "move":
      return marking.movePicked(command.edge, command.direction);
    case "remove":
      return marking.removePicked();
    case "let-go":
      return letGo();
    default:
      return move(command);
  }
}

type MarkingKeys = {
  marking: Marking;
  isActive: boolean;
  isRightToLeft: () => boolean;
  run: (command: MarkingCommand) => void;
};

/** Hands keys to the texts before the page has them, if they mean something there. */
function useMarkingKeys({ marking, isActive, isRightToLeft, run }: MarkingKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const focus = focusOf(event.target);
    if (!isActive || event.defaultPrevented || event.isComposing || !focus) return;
    const { selection, picked, categories, question } = marking;
    const held = selection ? "selection" : picked ? "span" : null;
    const command = markingCommandOf(event, {
      ...{ focus, held, isActive, categories, severities: question.severities },
      isRightToLeft: isRightToLeft(),
    });
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
