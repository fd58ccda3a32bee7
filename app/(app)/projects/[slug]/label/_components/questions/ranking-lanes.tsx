"use client";

import { useTranslations } from "next-intl";
import { type PointerEvent, useRef, useState } from "react";
import { cn } from "@/app/_components/ui/cn";
import { laneUnder } from "./lane-under";

type Drag = {
  completion: number;
  pointerId: number;
  from: { x: number; y: number };
  by: { x: number; y: number };
  /** The rank under the card; null for none. */
  over: number | null;
};

type RankingLanesProps = {
  letters: string[];
  ranks: (number | null)[];
  onPlace: (completion: number, rank: number) => void;
};

/**
 * A lane for each rank, among which cards are dragged by mouse or touch, and the cards without a rank before them. For
 * eyes and pointers only: the rows below say the same and are what keys and screen readers use.
 */
export function RankingLanes({ letters, ranks, onPlace }: RankingLanesProps) {
  const { drag, lanesRef, handlersOf } = useDrag(onPlace);
  const cardsAt = (rank: number | null) =>
    ranks.flatMap((own, completion) =>
      own === rank ? (
        <Card
          key={completion}
          letter={letters[completion]!}
          by={drag?.completion === completion ? drag.by : null}
          handlers={handlersOf(completion)}
        />
      ) : (
        []
      ),
    );
  const unplaced = cardsAt(null);
  return (
    <div aria-hidden className="col-span-full flex min-h-8 @max-2xl:mt-1 items-stretch gap-1 select-none">
      {unplaced.length > 0 ? (
        <div className="flex max-w-[45%] shrink-0 flex-wrap items-center gap-1 pe-1">{unplaced}</div>
      ) : null}
      <div ref={lanesRef} className="grid min-w-0 flex-1 auto-cols-fr grid-flow-col gap-1">
        {ranks.map((_, index) => (
          <div
            key={index}
            data-lane={index + 1}
            className={cn(
              "flex min-w-0 flex-wrap items-center gap-1 rounded-md border border-dashed border-border-strong px-1 py-0.5",
              drag?.over === index + 1 && "border-solid border-primary bg-tone-indigo-soft",
            )}
          >
            <span className="text-[0.6875rem] text-muted-foreground tabular-nums">{index + 1}</span>
            {cardsAt(index + 1)}
          </div>
        ))}
      </div>
    </div>
  );
}

type Handlers = Record<
  "onPointerDown" | "onPointerMove" | "onPointerUp" | "onLostPointerCapture",
  (event: PointerEvent<HTMLElement>) => void
>;

function Card({ letter, by, handlers }: { letter: string; by: Drag["by"] | null; handlers: Handlers }) {
  const t = useTranslations("label");
  return (
    <span
      {...handlers}
      title={t("ranking.drag", { letter })}
      // The focus stays where keys answer.
      onMouseDown={(event) => event.preventDefault()}
      style={by ? { transform: `translate(${by.x}px, ${by.y}px)` } : undefined}
      className={cn(
        "flex h-6 min-w-6 cursor-grab touch-none items-center justify-center in-disabled:pointer-events-none rounded border border-border-strong bg-background text-xs font-semibold shadow-xs",
        by && "relative z-20 cursor-grabbing shadow-md",
      )}
    >
      {letter}
    </span>
  );
}

/** One card at a time follows the pointer that took it, until that lets go or is taken away. */
function useDrag(onPlace: RankingLanesProps["onPlace"]) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const lanesRef = useRef<HTMLDivElement>(null);
  const rankUnder = ({ clientX: x, clientY: y }: PointerEvent) => {
    const lanes = [...(lanesRef.current?.children ?? [])].map((lane) => lane.getBoundingClientRect());
    const lane = laneUnder(lanes, { x, y });
    return lane === null ? null : lane + 1;
  };
  const isHeldBy = ({ pointerId }: PointerEvent) => drag?.pointerId === pointerId;

  function handlersOf(completion: number): Handlers {
    return {
      onPointerDown(event) {
        if (drag !== null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = { x: event.clientX, y: event.clientY };
        setDrag({ completion, pointerId: event.pointerId, from, by: { x: 0, y: 0 }, over: null });
      },
      onPointerMove(event) {
        if (!drag || !isHeldBy(event)) return;
        const by = { x: event.clientX - drag.from.x, y: event.clientY - drag.from.y };
        setDrag({ ...drag, by, over: rankUnder(event) });
      },
      onPointerUp(event) {
        if (!isHeldBy(event)) return;
        const rank = rankUnder(event);
        setDrag(null);
        if (rank !== null) onPlace(completion, rank);
      },
      onLostPointerCapture(event) {
        if (isHeldBy(event)) setDrag(null);
      },
    };
  }
  return { drag, lanesRef, handlersOf };
}
