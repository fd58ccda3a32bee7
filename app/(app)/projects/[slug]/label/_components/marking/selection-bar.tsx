"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { CategoryMark } from "./category-mark";
import { useMarking } from "./marking";
import type { Box } from "./span-shapes";

/** With more categories than this their names would hide the text; they stand in the answer bar as well. */
const maxNamed = 6;

/** The categories beside what is selected: above it, or below where there is no room, and never outside of the text. */
export function SelectionBar({ boxes }: { boxes: readonly Box[] }) {
  const t = useTranslations("label");
  const { categories, categorise } = useMarking()!;
  const isNamed = categories.length <= maxNamed;
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (bar.current) place(bar.current, boxes);
  }, [boxes]);
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t("spans.markAs")}
      // A press would take the selection away, and the focus from where keys are.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => event.stopPropagation()}
      className="absolute top-0 left-0 z-20 flex w-max max-w-full flex-wrap gap-0.5 rounded-lg border bg-popover p-1 shadow-lg select-none"
    >
      {categories.map((category) => (
        <button
          key={category.id}
          type="button"
          // The letters do the same for the keyboard.
          tabIndex={-1}
          title={isNamed ? category.definition : category.name}
          aria-label={category.name}
          aria-keyshortcuts={category.key.toUpperCase()}
          onClick={() => categorise(category.id)}
          className="flex h-7 max-w-56 items-center gap-1.5 rounded-md px-1.5 text-[0.8125rem] hover:bg-accent"
        >
          <CategoryMark category={category} />
          {isNamed ? <bdi className="truncate">{category.name}</bdi> : null}
        </button>
      ))}
    </div>
  );
}

const gap = 8;

function place(bar: HTMLElement, boxes: readonly Box[]): void {
  const frame = bar.parentElement!.getBoundingClientRect();
  const pane = (bar.closest("[data-pane], [data-prompt]") ?? document.documentElement).getBoundingClientRect();
  const [first, last] = [boxes[0]!, boxes.at(-1)!];
  const { offsetWidth: width, offsetHeight: height } = bar;
  const isAbove = frame.top + first.top - gap - height >= Math.max(pane.top, 0);
  const top = isAbove ? first.top - gap - height : last.bottom + gap;
  const left = Math.max(0, Math.min(isAbove ? first.left : last.left, frame.width - width));
  bar.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
