"use client";

import { useId } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";
import type { Answer, AssignmentView } from "@/lib/assignments/schema";
import { bothBad, scalePoints, type ScalePoint } from "./scale-words";

type Question = AssignmentView["schema"];

type AspectRowProps = {
  aspect: Question["aspects"][number];
  index: number;
  scale: Question["scale"];
  offersBothBad: boolean;
  answer: Answer | undefined;
  /** Keys answer this one. */
  isCurrent: boolean;
  isOnly: boolean;
  onAnswer: (answer: Answer) => void;
  onTurn: () => void;
};

/** From this width of the bar on, the points of a scale carry their words; below it a letter and a number. */
const wordClasses: Record<Question["scale"], { words: string; short: string }> = {
  2: { words: "", short: "hidden" },
  3: { words: "", short: "hidden" },
  5: { words: "", short: "hidden" },
  7: { words: "hidden @5xl:inline", short: "@5xl:hidden" },
  9: { words: "hidden @7xl:inline", short: "@7xl:hidden" },
};

/** One question: the points of the scale as one group of radio buttons that look like a bar, and both bad beside it. */
export function AspectRow({
  aspect,
  index,
  scale,
  offersBothBad,
  answer,
  isCurrent,
  isOnly,
  onAnswer,
  onTurn,
}: AspectRowProps) {
  const id = useId();
  const points = scalePoints(scale);
  const segment = (point: ScalePoint, key: string, className: string) => (
    <Segment
      key={key}
      {...{ point, className, isCurrent }}
      keyLabel={key}
      name={id}
      isChosen={answer === point.answer}
      isStop={answer === undefined ? point === points[0] : answer === point.answer}
      classes={wordClasses[scale]}
      onChoose={() => onAnswer(point.answer)}
    />
  );
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-name`}
      aria-describedby={aspect.definition ? `${id}-definition` : undefined}
      data-aspect={index}
      onFocus={onTurn}
      className={cn(
        "grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 @2xl:grid-cols-[8.5rem_1fr_auto]",
        !isOnly && "rounded-md border-l-2 border-transparent pl-2",
        !isOnly && isCurrent && "border-primary",
        // Where there is room for one question only, AspectTabs turns to the others.
        !isCurrent && "@max-2xl:hidden",
      )}
    >
      <span
        id={`${id}-name`}
        title={aspect.name}
        className={cn("truncate text-[0.8125rem]", isCurrent ? "font-medium" : "text-muted-foreground")}
      >
        {aspect.name}
      </span>
      <span id={`${id}-definition`} hidden>
        {aspect.definition}
      </span>
      <div className="col-span-2 row-start-2 grid auto-cols-fr grid-flow-col @2xl:col-span-1 @2xl:col-start-2 @2xl:row-start-1">
        {points.map((point) =>
          segment(point, String(point.answer), "-ml-px first:ml-0 first:rounded-l-md last:rounded-r-md"),
        )}
      </div>
      {offersBothBad ? (
        <div className="col-start-2 row-start-1 @2xl:col-start-3">
          {segment(bothBad, "B", "rounded-md @max-2xl:h-7 @4xl:w-28")}
        </div>
      ) : null}
    </div>
  );
}

type SegmentProps = {
  point: ScalePoint;
  keyLabel: string;
  name: string;
  isChosen: boolean;
  /**
   * Tab stops here. The browser would choose so by itself, but a group without an answer falls apart for it when React
   * renders it again: Tab then goes from the first to the second point.
   */
  isStop: boolean;
  isCurrent: boolean;
  classes: { words: string; short: string };
  className: string;
  onChoose: () => void;
};

function Segment({ point, keyLabel, name, isChosen, isStop, isCurrent, classes, className, onChoose }: SegmentProps) {
  return (
    <label
      title={point.words}
      className={cn(
        "relative flex h-9 cursor-pointer items-center justify-center gap-1.5 border border-border-strong px-1.5 text-center text-xs leading-tight select-none @2xl:px-2 @2xl:text-[0.8125rem]",
        "transition-colors duration-150 hover:bg-accent",
        "has-checked:z-10 has-checked:border-primary has-checked:bg-tone-indigo-soft has-checked:font-medium has-checked:text-tone-indigo-ink",
        "has-focus-visible:z-10 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
        className,
      )}
    >
      <input
        type="radio"
        name={name}
        value={point.answer}
        aria-label={point.words}
        aria-keyshortcuts={isCurrent ? keyLabel : undefined}
        checked={isChosen}
        tabIndex={isStop ? 0 : -1}
        onChange={onChoose}
        className="sr-only"
      />
      <PointKey isCurrent={isCurrent}>{keyLabel}</PointKey>
      <span aria-hidden className={point.answer === "both-bad" ? "" : classes.words}>
        {point.words}
      </span>
      {point.answer === "both-bad" ? null : (
        <span aria-hidden className={classes.short}>
          {point.short}
        </span>
      )}
    </label>
  );
}

/** The key of a point; a plain number of the same size where keys mean another question. */
function PointKey({ isCurrent, children }: { isCurrent: boolean; children: string }) {
  const shown = "hidden shrink-0 @4xl:inline-flex";
  if (isCurrent) {
    return (
      <Kbd aria-hidden className={shown}>
        {children}
      </Kbd>
    );
  }
  return (
    <span aria-hidden className={cn(shown, "min-w-[1.125rem] justify-center text-[0.6875rem] text-muted-foreground")}>
      {children}
    </span>
  );
}
