"use client";

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import type { QuestionOf } from "@/lib/projects/schema";
import { spanOfSteps } from "@/lib/text/word-steps";
import { focusOf } from "../focus";
import { placesOf } from "../places";
import { withKeys } from "../questions/span-categories";
import { change, keyOfSpan, mark, type On, remove, type SpansAnswer, textsOf } from "../questions/spans";
import type { Work } from "../session";
import type { Actions } from "../use-actions";
import { useStoredFlag } from "../use-stored-flag";
import { type Marking, MarkingContext } from "./marking";
import { type Direction, markingCommandOf, type MarkingCommand } from "./marking-keys";
import type { TextView } from "./text-view";

type MarkingProviderProps = { work: Work; actions: Actions; children: ReactNode };

/** Lets the texts of an instance be marked where a question asks for spans. */
export function MarkingProvider({ work, actions, children }: MarkingProviderProps) {
  const current = placesOf(work.assignment)[work.place]?.question;
  const question =
    current?.type === "spans" ? current : work.assignment.schema.questions.find((one) => one.type === "spans");
  if (!question) return children;
  return (
    <SpansProvider {...{ work, actions, question }} isActive={question === current}>
      {children}
    </SpansProvider>
  );
}

type SpansProviderProps = MarkingProviderProps & { question: QuestionOf<"spans">; isActive: boolean };

function SpansProvider({ work, actions, question, isActive, children }: SpansProviderProps) {
  const views = useRef(new Map<On, TextView>());
  const [selected, setSelected] = useState<Marking["selection"]>(null);
  const [pickedKey, pick] = useState<string | null>(null);
  const [isSource, showSource] = useStoredFlag("tandem-source-texts", false);
  const { assignment, place } = work;
  const answer = work.answers[question.id] as SpansAnswer | undefined;
  const texts = textsOf(question, assignment);
  const first = placesOf(assignment).findIndex((one) => one.question.id === question.id);
  const activeOn = isActive ? texts[place - first]! : null;
  const selection = isActive ? selected : null;
  const picked = (!selection && answer?.spans.find((span) => keyOfSpan(span) === pickedKey)) || null;
  const categories = withKeys(question.categories);

  const turnTo = (on: On) => actions.turnTo(first + texts.indexOf(on));
  const say = (next: SpansAnswer, on: On) => actions.answer(question.id, next, first + texts.indexOf(on));

  const changePicked: Marking["changePicked"] = (changes) => {
    if (!picked || !answer) return;
    say(change(answer, keyOfSpan(picked), changes), picked.on);
    pick(keyOfSpan({ ...picked, ...changes }));
  };
  const marking: Marking = {
    ...{ question, categories, answer, texts, isSource, showSource, selection, picked, pick, turnTo, changePicked },
    categorise: (category) => {
      const view = selection && views.current.get(selection.on);
      if (!view) return changePicked({ category });
      const { on } = selection;
      const span = { on, ...view.tighten(selection.span), category };
      say(mark(answer, span), on);
      pick(keyOfSpan(span));
      setSelected(null);
      collapseSelection();
    },
    movePicked: (edge, direction) => {
      if (!picked) return;
      const [fixed, moving] = edge === "end" ? [picked.start, picked.end] : [picked.end, picked.start];
      const view = views.current.get(picked.on);
      const moved = view?.step({ anchor: fixed, focus: moving }, direction);
      const isLeft = moved && (edge === "end" ? moved.focus > fixed : moved.focus < fixed);
      if (view && isLeft) changePicked(view.tighten({ ...picked, [edge]: moved.focus }));
    },
    removePicked: () => {
      if (picked && answer) say(remove(answer, keyOfSpan(picked)), picked.on);
    },
    register: (on, view) => {
      views.current.set(on, view);
      return () => void views.current.delete(on);
    },
    reveal: (span) => views.current.get(span.on)?.reveal(span),
  };

  function letGo() {
    pick(null);
    collapseSelection();
  }

  function noteSelection() {
    const found = findSelection(views.current);
    if (isSameSelection(found, selected)) return;
    setSelected(found);
    if (!found) return;
    pick(null);
    turnTo(found.on);
  }

  /** Moves the selection through the text that keys are about; it goes on from the span that was marked last. */
  function moveSelection(step: "word" | "line", direction: Direction, grows: boolean) {
    const view = activeOn === null ? undefined : views.current.get(activeOn);
    if (!view) return;
    if (picked?.on === activeOn) view.select({ anchor: picked.start, focus: picked.end });
    if (step === "line") return view.moveLine(direction, grows);
    const before = view.readSelection();
    if (!grows) return view.selectWord(before && edgeOf(before, direction), direction);
    const after = view.step(before, direction);
    if (after) view.select(after);
  }

  function run(command: MarkingCommand): void {
    switch (command.do) {
      case "categorise":
        return marking.categorise(command.category);
      case "rate":
        return changePicked({ severity: command.severity });
      case "move":
        return marking.movePicked(command.edge, command.direction);
      case "remove":
        return marking.removePicked();
      case "let-go":
        return letGo();
      case "source":
        return showSource(!isSource);
      default:
        moveSelection(command.do, command.direction, command.grows);
        // The browser tells of it later, perhaps behind the next key.
        return noteSelection();
    }
  }

  useMarkingKeys((press, target) => {
    const focus = focusOf(target);
    const held = selection ? "selection" : picked ? "span" : null;
    const command =
      focus && markingCommandOf(press, { focus, held, isActive, categories, severities: question.severities });
    if (command) run(command);
    return command !== null;
  });
  useSelection(noteSelection);
  return <MarkingContext value={marking}>{children}</MarkingContext>;
}

/** Hands every key to the texts before the page has it. `onPress` says whether it meant something there. */
function useMarkingKeys(onPress: (press: KeyboardEvent, target: EventTarget | null) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || !onPress(event, event.target)) return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}

/** Tells of a new selection; of one that is being drawn only when the mouse is let go. */
function useSelection(onChange: () => void): void {
  const change = useEffectEvent(onChange);
  useEffect(() => {
    let isDrawing = false;
    const onSelection = () => {
      if (!isDrawing || getSelection()?.isCollapsed) change();
    };
    const onDown = () => {
      isDrawing = true;
    };
    const onUp = () => {
      isDrawing = false;
      change();
    };
    document.addEventListener("selectionchange", onSelection);
    window.addEventListener("pointerdown", onDown, { capture: true });
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onUp);
    return () => {
      document.removeEventListener("selectionchange", onSelection);
      window.removeEventListener("pointerdown", onDown, { capture: true });
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onUp);
    };
  }, []);
}

/** Leaves the caret where the selection ended: arrows go on from there. */
function collapseSelection(): void {
  const selection = getSelection();
  if (selection && selection.rangeCount > 0) selection.collapseToEnd();
}

function findSelection(views: ReadonlyMap<On, TextView>): Marking["selection"] {
  for (const [on, view] of views) {
    const selection = view.readSelection();
    const span = selection && spanOfSteps(selection);
    if (span) return { on, span };
  }
  return null;
}

function isSameSelection(a: Marking["selection"], b: Marking["selection"]): boolean {
  if (!a || !b) return a === b;
  return a.on === b.on && a.span.start === b.span.start && a.span.end === b.span.end;
}

function edgeOf({ anchor, focus }: { anchor: number; focus: number }, direction: Direction): number {
  return direction === "forward" ? Math.max(anchor, focus) : Math.min(anchor, focus);
}
