"use client";

import {
  type FocusEvent,
  memo,
  type ReactNode,
  startTransition,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { AssignmentView } from "@/lib/assignments/schema";
import { cn } from "@/app/_components/ui/cn";
import { Instance, type InstanceProps, type Stage as InstanceStage } from "./instance";
import { shownWork, workAhead, workOf, type Session, type Work } from "./session";
import type { Hint } from "./use-actions";

/** Milliseconds without a key or a click after which the next instance is laid out. */
const quietMs = 600;

type StageProps = Omit<InstanceProps, "work" | "stage" | "isVisit" | "hint"> & {
  session: Session;
  /** The assignment that came with the page, until the page lives. */
  opening: AssignmentView | null;
  hint: Hint | null;
};

/**
 * The instance on the screen and, out of sight behind it, the next one: long texts take a slow computer a third of a
 * second to lay out, which is over when Enter is pressed.
 */
export function Stage({ session, opening, hint, ...props }: StageProps) {
  const openingWork = useMemo(() => opening && workOf(opening, 0), [opening]);
  const shown = shownWork(session);
  const ahead = workAhead(session);
  const quietId = useQuietly(ahead?.assignment.id);
  const places: [Work | null, InstanceStage][] = [
    [shown ?? openingWork, shown ? "shown" : "opening"],
    [ahead?.assignment.id === quietId ? ahead : null, "ahead"],
  ];
  return places.map(([work, stage]) =>
    work ? (
      <Platform key={work.assignment.id} stage={stage}>
        <Placed
          {...{ work, stage, ...props }}
          isVisit={stage === "shown" && session.visit !== null}
          hint={hint?.assignmentId === work.assignment.id ? hint : null}
        />
      </Platform>
    ) : null,
  );
}

/**
 * Where an instance stands. What is ahead is laid out behind the other one and then put away as it is, out of reach of
 * keys, readers and search: to make it inert or invisible would mean to compute the style of every letter again when it
 * comes to the screen (200 ms).
 */
function Platform({ stage, children }: { stage: InstanceStage; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (stage !== "ahead") return;
    const { style } = ref.current!;
    const putAway = () => (style.contentVisibility = "hidden");
    // The second frame comes after the spans have been drawn.
    let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(putAway)));
    return () => {
      cancelAnimationFrame(frame);
      style.contentVisibility = "";
    };
  }, [stage]);
  return (
    <div
      ref={ref}
      inert={stage === "opening"}
      // Until it is put away, too.
      aria-hidden={stage === "ahead"}
      data-stage={stage}
      onFocusCapture={stage === "ahead" ? returnFocus : undefined}
      className={cn(
        // In a low window the answers are reached by scrolling.
        "absolute inset-0 flex flex-col overflow-y-auto contain-strict",
        stage === "ahead" && "-z-10 opacity-0",
      )}
    >
      {children}
    </div>
  );
}

/** Tab reaches what is ahead until it is put away. */
function returnFocus({ target, relatedTarget }: FocusEvent<HTMLElement>): void {
  if (relatedTarget instanceof HTMLElement) relatedTarget.focus({ preventScroll: true });
  else target.blur();
}

/** What is ahead takes no part in what is pressed for the one on the screen. */
const Placed = memo(
  Instance,
  (before, after) => before.stage === "ahead" && after.stage === "ahead" && before.work === after.work,
);

/** The id once nothing was pressed for a moment: rendering what comes next must not hold up a key. */
function useQuietly(id: string | undefined): string | undefined {
  const [quietId, setQuietId] = useState<string>();
  useEffect(() => {
    if (id === undefined) return;
    const settle = () => startTransition(() => setQuietId(id));
    let timer = setTimeout(settle, quietMs);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(settle, quietMs);
    };
    const inputs = ["keydown", "pointerdown", "wheel"] as const;
    for (const name of inputs) window.addEventListener(name, wait, { passive: true, capture: true });
    return () => {
      clearTimeout(timer);
      for (const name of inputs) window.removeEventListener(name, wait, { capture: true });
    };
  }, [id]);
  return quietId;
}
