"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { Translate } from "@/app/i18n/translate";
import type { AssignmentView } from "@/lib/assignments/schema";
import { maxCompared } from "@/lib/text/only-in";
import { useKeyOf } from "../command-key";
import { compareCompletions, rangesInPane } from "./differences";
import { useSource } from "./use-source";

/** What a comparison of two completions came to; `counts` are the places that only the first and only the second has. */
export type Outcome =
  { kind: "painted"; counts: [number, number] } | { kind: "same" | "unseen" | "too-long" | "unable" };

type CompletionDiffProps = {
  assignment: AssignmentView;
  /** The positions of the two that are compared. */
  first: number;
  second: number;
  outcome: Outcome | null;
  onOutcome: (outcome: Outcome | null) => void;
};

/** Of the CSS that paints it (prose-reading.css). */
const highlightName = "only-here";

/** Paints on two completions which words only one of them has, without touching their HTML; says what it cannot paint. */
export function CompletionDiff({ assignment, first, second, outcome, onOutcome }: CompletionDiffProps) {
  const t = useTranslations("label");
  const [isSource] = useSource();
  const sourceKey = useKeyOf("source");
  const only = useMemo(() => compareCompletions(assignment, [first, second]), [assignment, first, second]);
  const tell = useEffectEvent(onOutcome);
  useEffect(() => {
    tell(paint());
    return () => {
      if ("highlights" in CSS) CSS.highlights.delete(highlightName);
      tell(null);
    };

    function paint(): Outcome {
      if (only === null) return { kind: "too-long" };
      if (!("highlights" in CSS)) return { kind: "unable" };
      if (only.every((spans) => spans.length === 0)) return { kind: "same" };
      const ranges = [first, second].map((position, side) =>
        rangesInPane({ assignment, position, isSource, spans: only[side]! }),
      );
      const highlight = new Highlight();
      for (const range of ranges.flat()) highlight.add(range);
      CSS.highlights.set(highlightName, highlight);
      if (highlight.size === 0) return { kind: "unseen" };
      return { kind: "painted", counts: [only[0].length, only[1].length] };
    }
  }, [assignment, first, second, only, isSource]);

  return (
    <p
      role="status"
      className={cn(
        "shrink-0 border-b bg-muted px-3 py-1.5 text-[0.8125rem] sm:px-4",
        (outcome === null || outcome.kind === "painted") && "sr-only",
      )}
    >
      {outcome &&
        wordOutcome(
          outcome,
          { a: assignment.completions[first]!.label, b: assignment.completions[second]!.label, sourceKey },
          t,
        )}
    </p>
  );
}

type Named = { a: string; b: string; sourceKey: string | undefined };

function wordOutcome(outcome: Outcome, { a, b, sourceKey }: Named, t: Translate<"label">): string {
  switch (outcome.kind) {
    case "painted":
      return t("differences.painted", { a, b, inA: outcome.counts[0], inB: outcome.counts[1] });
    case "same":
      return t("differences.same", { a, b });
    case "unseen":
      return sourceKey ? t("differences.unseenKey", { a, b, key: sourceKey }) : t("differences.unseen", { a, b });
    case "too-long":
      return t("differences.tooLong", { a, b, most: maxCompared });
    case "unable":
      return t("differences.unable");
  }
}
