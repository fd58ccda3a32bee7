"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { findMatches } from "./find-matches";

/** Names of the highlights, which globals.css paints. */
const [all, current] = ["found", "found-current"];

type FindInTextProps = { textRef: RefObject<HTMLElement | null>; label: string };

/** A search box for a text beside it: counts and paints what it finds, and Enter goes from one to the next. */
export function FindInText({ textRef, label }: FindInTextProps) {
  const t = useTranslations("label");
  const [wanted, setWanted] = useState("");
  const [found, setFound] = useState<{ ranges: Range[]; at: number }>({ ranges: [], at: 0 });
  useEffect(() => clear, []);

  const show = (ranges: Range[], at: number) => {
    setFound({ ranges, at });
    paint(ranges, at);
    ranges[at]?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  };
  const find = (words: string) => {
    setWanted(words);
    show(textRef.current ? rangesOf(textRef.current, words) : [], 0);
  };
  const step = (by: 1 | -1) => {
    const count = found.ranges.length;
    if (count > 0) show(found.ranges, (found.at + by + count) % count);
  };
  const isEmpty = wanted.trim() === "";
  return (
    <search className="flex items-center gap-1">
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        value={wanted}
        maxLength={200}
        onChange={(event) => find(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <span
        role="status"
        className="min-w-14 shrink-0 text-center text-xs whitespace-nowrap text-muted-foreground tabular-nums"
      >
        {isEmpty
          ? ""
          : found.ranges.length === 0
            ? t("find.nothing")
            : t("find.at", { place: found.at + 1, count: found.ranges.length })}
      </span>
      <Button variant="ghost" size="icon" aria-label={t("find.previous")} disabled={isEmpty} onClick={() => step(-1)}>
        <ChevronUp aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label={t("find.next")} disabled={isEmpty} onClick={() => step(1)}>
        <ChevronDown aria-hidden />
      </Button>
    </search>
  );
}

/** Browsers without the API paint nothing; counting and going on work there too. */
function paint(ranges: Range[], at: number): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set(all!, new Highlight(...ranges));
  CSS.highlights.set(current!, new Highlight(...ranges.slice(at, at + 1)));
}

function clear(): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(all!);
  CSS.highlights.delete(current!);
}

function rangesOf(root: HTMLElement, wanted: string): Range[] {
  const nodes = textNodesOf(root);
  const starts: number[] = [];
  let text = "";
  for (const node of nodes) {
    starts.push(text.length);
    text += node.data;
  }
  const pointOf = (offset: number, isEnd: boolean) => {
    const index = starts.findLastIndex((start) => (isEnd ? start < offset : start <= offset));
    return [nodes[index]!, offset - starts[index]!] as const;
  };
  return findMatches(text, wanted).map(({ start, end }) => {
    const range = new Range();
    range.setStart(...pointOf(start, false));
    range.setEnd(...pointOf(end, true));
    return range;
  });
}

/** Formulas are written twice, once for screen readers alone. */
function textNodesOf(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(".katex-mathml") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}
