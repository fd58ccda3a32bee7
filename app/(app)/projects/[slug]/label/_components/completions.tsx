"use client";

import { Link2, Unlink2 } from "lucide-react";
import { type UIEvent, useEffect, useRef } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { AssignmentView } from "@/lib/assignments/schema";
import { MarkableText } from "./marking/markable-text";
import { useStoredFlag } from "./use-stored-flag";

type CompletionsProps = {
  completions: AssignmentView["completions"];
  /** The side that the current answer prefers. */
  preferred: 0 | 1 | null;
  /** The completion that keys are about; null for all of them. */
  active: number | null;
};

/**
 * The completions side by side, each with its own scroll or all joined; more than fit are reached by scrolling sideways.
 * One below the other on a phone.
 */
export function Completions({ completions, preferred, active }: CompletionsProps) {
  const [isJoined, setJoined] = useStoredFlag("tandem-joined-scroll", true);
  const panes = useRef(new Map<number, HTMLElement>());
  const following = useRef(new Set<HTMLElement>());
  const activePane = active === null ? undefined : `completion-${completions[active]?.label}`;
  const shownPane = useRef(activePane);
  useEffect(() => {
    // What comes first is read from its start: the prompt.
    if (activePane === shownPane.current) return;
    shownPane.current = activePane;
    if (activePane) document.getElementById(activePane)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activePane]);

  /** Moves the other panes to the same share of their length. */
  function follow({ currentTarget: leader }: UIEvent<HTMLElement>) {
    if (!isJoined) return;
    // Our own scrolling of a pane reports itself as well.
    if (following.current.delete(leader)) return;
    const length = leader.scrollHeight - leader.clientHeight;
    if (length <= 0) return;
    for (const pane of panes.current.values()) {
      if (pane === leader) continue;
      const before = pane.scrollTop;
      pane.scrollTop = (leader.scrollTop / length) * (pane.scrollHeight - pane.clientHeight);
      if (pane.scrollTop !== before) following.current.add(pane);
    }
  }

  return (
    <div
      data-joined={isJoined}
      className="grid min-h-0 flex-1 md:auto-cols-[minmax(20rem,1fr)] md:grid-flow-col md:snap-x md:divide-x md:overflow-x-auto"
    >
      {completions.map(({ label, ...rendered }, index) => (
        <section
          key={label}
          aria-labelledby={`completion-${label}`}
          className="flex min-h-0 min-w-0 snap-start flex-col max-md:border-b"
        >
          <div className="sticky top-0 z-10 flex h-9 shrink-0 items-center gap-2 bg-background px-3 sm:px-4">
            <h2
              id={`completion-${label}`}
              className={cn(
                "flex size-5 items-center justify-center rounded text-xs font-semibold transition-colors duration-150",
                preferred === index ? "bg-primary text-white" : "bg-muted text-muted-foreground",
                active === index && completions.length > 1 && "ring-2 ring-primary",
              )}
            >
              {label}
            </h2>
            {preferred === index ? <span className="text-xs font-medium text-primary">preferred</span> : null}
            {index > 0 && index === completions.length - 1 ? (
              <button
                type="button"
                aria-pressed={isJoined}
                onClick={() => setJoined(!isJoined)}
                className="ml-auto hidden items-center gap-1.5 rounded px-1.5 py-0.5 text-xs text-muted-foreground hover:text-foreground md:flex"
              >
                {isJoined ? <Link2 aria-hidden className="size-3.5" /> : <Unlink2 aria-hidden className="size-3.5" />}
                {isJoined ? "Scrolling together" : "Scrolling apart"}
              </button>
            ) : null}
          </div>
          <div
            ref={(element) => {
              if (element) panes.current.set(index, element);
              return () => void panes.current.delete(index);
            }}
            data-pane
            // Scrolling regions must be reachable by keyboard.
            tabIndex={0}
            role="group"
            aria-labelledby={`completion-${label}`}
            onScroll={follow}
            className="min-h-0 flex-1 px-3 pb-6 focus-visible:-outline-offset-2 sm:px-4 md:overflow-y-auto"
          >
            {rendered.html === "" ? (
              <p className="text-muted-foreground italic">This completion is empty.</p>
            ) : (
              <MarkableText on={index} rendered={rendered} />
            )}
          </div>
        </section>
      ))}
    </div>
  );
}
