import { useMemo } from "react";
import { diffWords } from "@/lib/text/word-diff";

/** One text with what differs from another: what went is crossed out, what came is underlined. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  const segments = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <p lang="" dir="auto" className="max-w-[72ch] [overflow-wrap:anywhere] whitespace-pre-wrap">
      {segments.map(({ kind, text }, index) => {
        if (kind === "same") return <span key={index}>{text}</span>;
        return kind === "removed" ? (
          <del key={index} className="bg-tone-rose-soft text-tone-rose-ink decoration-1">
            {text}
          </del>
        ) : (
          <ins key={index} className="bg-tone-emerald-soft text-tone-emerald-ink decoration-1 underline-offset-2">
            {text}
          </ins>
        );
      })}
    </p>
  );
}
