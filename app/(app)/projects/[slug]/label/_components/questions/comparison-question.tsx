"use client";

import { useId } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";
import type { Choice } from "@/lib/assignments/schema";
import type { ComparisonQuestion as Question } from "@/lib/projects/schema";
import type { QuestionProps } from "./question-type";
import { bothBad, scalePoints, type ScalePoint } from "./scale-words";

/** Which of the first two completions is better, one row an aspect. */
export function ComparisonQuestion(props: QuestionProps<"comparison">) {
  const { question, answer, active, isOnly, placeOf, onAnswer, onTurn } = props;
  return question.aspects.map((aspect, part) => (
    <AspectRow
      key={aspect.id}
      aspect={aspect}
      place={placeOf(part)}
      scale={question.scale}
      offersBothBad={question.bothBad}
      choice={answer?.[aspect.id]}
      isCurrent={active === part}
      isOnly={isOnly}
      onChoose={(choice) => onAnswer({ ...answer, [aspect.id]: choice }, part)}
      onTurn={() => onTurn(part)}
    />
  ));
}

type AspectRowProps = {
  aspect: Question["aspects"][number];
  place: number;
  scale: Question["scale"];
  offersBothBad: boolean;
  choice: Choice | undefined;
  /** Keys answer this one. */
  isCurrent: boolean;
  isOnly: boolean;
  onChoose: (choice: Choice) => void;
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

/** One aspect: the points of the scale as one group of radio buttons that look like a bar, and both bad beside it. */
function AspectRow(props: AspectRowProps) {
  const { aspect, place, scale, offersBothBad, choice, isCurrent, isOnly, onChoose, onTurn } = props;
  const id = useId();
  const points = scalePoints(scale);
  const segment = (point: ScalePoint, key: string, className: string) => (
    <Segment
      key={key}
      {...{ point, className, isCurrent }}
      keyLabel={key}
      name={id}
      isChosen={choice === point.choice}
      isStop={choice === undefined ? point === points[0] : choice === point.choice}
      classes={wordClasses[scale]}
      onChoose={() => onChoose(point.choice)}
    />
  );
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-name`}
      aria-describedby={aspect.definition ? `${id}-definition` : undefined}
      data-place={place}
      onFocus={onTurn}
      className={cn(
        "grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 @2xl:grid-cols-[8.5rem_1fr_auto]",
        !isOnly && "rounded-md border-l-2 border-transparent pl-2",
        !isOnly && isCurrent && "border-primary",
        // Where there is room for one question only, the tabs turn to the others.
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
          segment(point, String(point.choice), "-ml-px first:ml-0 first:rounded-l-md last:rounded-r-md"),
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
        value={point.choice}
        aria-label={point.words}
        aria-keyshortcuts={isCurrent ? keyLabel : undefined}
        checked={isChosen}
        tabIndex={isStop ? 0 : -1}
        onChange={onChoose}
        className="sr-only"
      />
      <PointKey isCurrent={isCurrent}>{keyLabel}</PointKey>
      <span aria-hidden className={point.choice === "both-bad" ? "" : classes.words}>
        {point.words}
      </span>
      {point.choice === "both-bad" ? null : (
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
