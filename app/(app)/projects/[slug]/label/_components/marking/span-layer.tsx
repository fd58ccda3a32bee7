"use client";

import { memo } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { SpanCategory } from "../questions/span-categories";
import type { MarkedSpan } from "../questions/spans";
import { CategoryMark } from "./category-mark";
import { areaPath, linePath, type SpanShape } from "./span-shapes";

type SpanLayerProps = {
  shapes: readonly SpanShape[];
  categories: readonly SpanCategory[];
  picked: MarkedSpan | null;
};

/** The spans of one text: two paths and a letter each, however long they are. */
export const SpanLayer = memo(function SpanLayer({ shapes, categories, picked }: SpanLayerProps) {
  const drawn = shapes.flatMap((shape) => {
    const category = categories.find(({ id }) => id === shape.span.category);
    return category ? [{ ...shape, category, isPicked: shape.span === picked }] : [];
  });
  return (
    <div aria-hidden data-span-layer className="pointer-events-none absolute inset-0">
      <svg className="absolute inset-0 size-full overflow-visible">
        {drawn.map(({ key, boxes, level, category, isPicked }) => (
          <g key={key} data-span={key} style={{ color: category.colour }}>
            <path d={areaPath(boxes)} fill="currentColor" fillOpacity={isPicked ? 0.3 : 0.12} />
            <path
              d={linePath(boxes, level)}
              stroke="currentColor"
              strokeWidth={isPicked ? 3 : 2}
              strokeDasharray={category.isDashed ? "5 2" : undefined}
            />
          </g>
        ))}
      </svg>
      {drawn.map(({ key, letter, category, isPicked }) => (
        <span key={key} style={{ left: letter.x, top: letter.y }} className="absolute flex">
          <CategoryMark
            category={category}
            className={cn(
              "size-3 rounded-[2px] text-[0.5625rem]",
              isPicked && "ring-2 ring-ring forced-colors:outline-2",
            )}
          />
        </span>
      ))}
    </div>
  );
});
