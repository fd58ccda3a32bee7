"use client";

import { GitCompare, Link2, Unlink2 } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { type ReactNode, type UIEvent, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Outcome } from "./reading/completion-diff";
import { PaneButton } from "./reading/pane-button";
import { useStoredFlag } from "./use-stored-flag";

// Whoever does not look at differences is spared the comparison of texts.
const CompletionDiff = dynamic(() => import("./reading/completion-diff").then((module) => module.CompletionDiff));

type CompletionsProps = {
  assignment: AssignmentView;
  /** The side that the current answer prefers. */
  preferred: 0 | 1 | null;
  /** The completion that keys are about; null for all of them. */
  active: number | null;
  /** What only one of two completions has is marked. */
  isComparing: boolean;
  onCompare: () => void;
  /** What stands in the pane of the completion at that position. */
  renderBody: (position: number) => ReactNode;
};

/**
 * The completions side by side, each with its own scroll or all joined; more than fit are reached by scrolling sideways.
 * One below the other on a phone.
 */
export function Completions(props: CompletionsProps) {
  const { assignment, preferred, active, isComparing, onCompare, renderBody } = props;
  const t = useTranslations("label");
  const { completions } = assignment;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  // The active one against the first.
  const second = completions.length < 2 ? null : active || 1;
  const counts = outcome?.kind === "painted" ? outcome.counts : null;
  const [isJoined, setJoined] = useStoredFlag("tandem-joined-scroll", true);
  const panes = useRef(new Map<number, HTMLElement>());
  const following = useRef(new Set<HTMLElement>());
  const id = useId();
  const activePane = active === null ? undefined : `${id}-${completions[active]?.label}`;
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
    <>
      {isComparing && second !== null ? (
        <CompletionDiff {...{ assignment, second, outcome }} first={0} onOutcome={setOutcome} />
      ) : null}
      <div
        data-joined={isJoined}
        className="grid min-h-0 flex-1 md:auto-cols-[minmax(20rem,1fr)] md:grid-flow-col md:snap-x md:divide-x md:overflow-x-auto"
      >
        {completions.map(({ label }, index) => (
          <section
            key={label}
            aria-labelledby={`${id}-${label}`}
            className="flex min-h-0 min-w-0 snap-start flex-col max-md:border-b"
          >
            <div className="sticky top-0 z-10 flex h-9 shrink-0 items-center gap-2 bg-background px-3 sm:px-4">
              <h2
                id={`${id}-${label}`}
                aria-label={t("panes.completion", { letter: label })}
                className={cn(
                  "flex size-5 items-center justify-center rounded text-xs font-semibold transition-colors duration-150",
                  preferred === index ? "bg-primary text-white" : "bg-muted text-muted-foreground",
                  active === index && completions.length > 1 && "ring-2 ring-primary forced-colors:outline-2",
                )}
              >
                {label}
              </h2>
              {preferred === index ? (
                <span className="text-xs font-medium text-primary">{t("panes.preferred")}</span>
              ) : null}
              {counts && (index === 0 || index === second) ? (
                <OnlyHere label={label} count={counts[index === 0 ? 0 : 1]} />
              ) : null}
              {index > 0 && index === completions.length - 1 ? (
                <div className="ms-auto flex items-center">
                  <PaneButton
                    isPressed={isComparing}
                    command="differences"
                    title={t("panes.differencesTitle")}
                    onClick={onCompare}
                  >
                    <GitCompare aria-hidden className="size-3.5" />
                    {t("panes.differences")}
                  </PaneButton>
                  <PaneButton isPressed={isJoined} onClick={() => setJoined(!isJoined)} className="max-md:hidden">
                    {isJoined ? (
                      <Link2 aria-hidden className="size-3.5" />
                    ) : (
                      <Unlink2 aria-hidden className="size-3.5" />
                    )}
                    {isJoined ? t("panes.together") : t("panes.apart")}
                  </PaneButton>
                </div>
              ) : null}
            </div>
            <div
              ref={(element) => {
                if (element) panes.current.set(index, element);
                return () => void panes.current.delete(index);
              }}
              data-pane={label}
              // Scrolling regions must be reachable by keyboard.
              tabIndex={0}
              role="group"
              aria-label={label}
              onScroll={follow}
              // Contained, a text is laid out once, whatever happens around it.
              className="min-h-0 flex-1 px-3 focus-visible:-outline-offset-2 sm:px-4 md:overflow-y-auto md:contain-strict"
            >
              {renderBody(index)}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}

/** What the marks in a pane mean. */
function OnlyHere({ label, count }: { label: string; count: number }) {
  const t = useTranslations("label");
  return (
    <span className="truncate text-xs text-muted-foreground">
      {t.rich("panes.onlyIn", { label, count, mark: (words) => <span className="only-here px-0.5">{words}</span> })}
    </span>
  );
}
