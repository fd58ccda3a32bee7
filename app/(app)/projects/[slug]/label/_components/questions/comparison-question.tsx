"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { cn } from "@/app/_components/ui/cn";
import { chooseAgain, choiceIn, type ReasonedChoice } from "@/lib/assignments/reasons/schema";
import type { ComparisonQuestion as Question, ComparisonWords } from "@/lib/projects/schema";
import type { QuestionProps } from "./question-type";
import { ReasonChips } from "./reason-chips";
import { Segment } from "./segment";
import { scalePoints, usualWords, type ScalePoint } from "./scale-words";

/** Which of the first two completions is better, one row an aspect. */
export function ComparisonQuestion(props: QuestionProps<"comparison">) {
  const { question, answer, active, isOnly, placeOf, onAnswer, onTurn } = props;
  return question.aspects.map((aspect, part) => (
    <AspectRow
      key={aspect.id}
      aspect={aspect}
      place={placeOf(part)}
      scale={question.scale}
      words={question}
      offers={question}
      given={answer?.[aspect.id]}
      isCurrent={active === part}
      isOnly={isOnly}
      onGive={(given) => onAnswer({ ...answer, [aspect.id]: given }, part)}
      onTurn={() => onTurn(part)}
    />
  ));
}

type AspectRowProps = {
  aspect: Question["aspects"][number];
  place: number;
  scale: Question["scale"];
  words: ComparisonWords;
  /** What can be answered besides the points. */
  offers: Pick<Question, "bothBad" | "cannotTell">;
  given: ReasonedChoice | undefined;
  /** Keys answer this one. */
  isCurrent: boolean;
  isOnly: boolean;
  onGive: (given: ReasonedChoice) => void;
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

/** One aspect: what is chosen, and below it the reasons that can be ticked for the completion that is preferred. */
function AspectRow(props: AspectRowProps) {
  const { aspect, place, scale, given, isCurrent, isOnly, onGive, onTurn } = props;
  return (
    <div
      data-place={place}
      // With its reasons it comes in sight.
      data-row
      onFocus={onTurn}
      className={cn(
        "grid min-w-0 grid-cols-1 gap-1",
        !isOnly && "rounded-md border-s-2 border-transparent ps-2",
        !isOnly && isCurrent && "border-primary",
        // Where there is room for one question only, the tabs turn to the others.
        !isCurrent && "@max-2xl:hidden",
      )}
    >
      <Choices {...props} />
      {aspect.reasons ? (
        <ReasonChips name={aspect.name} offered={aspect.reasons} scale={scale} given={given} onGive={onGive} />
      ) : null}
    </div>
  );
}

/** The points of the scale as one group of radio buttons that look like a bar, and others beside it. */
function Choices({ aspect, scale, words, offers, given, isCurrent, onGive }: AspectRowProps) {
  const t = useTranslations("label");
  const id = useId();
  const choice = given === undefined ? undefined : choiceIn(given);
  const points = scalePoints(scale, words, usualWords(scale, t));
  const beside = [
    ...(offers.bothBad ? [{ choice: "both-bad", words: t("scale.bothBad"), key: "B" } as const] : []),
    ...(offers.cannotTell ? [{ choice: "cannot-tell", words: t("scale.cannotTell"), key: "C" } as const] : []),
  ];
  const segment = (point: Omit<ScalePoint, "short"> & { short?: string }, key: string, className: string) => (
    <Segment
      key={key}
      {...{ className, isCurrent }}
      words={point.words}
      keyLabel={key}
      name={id}
      value={point.choice}
      isChosen={choice === point.choice}
      isStop={choice === undefined ? point === points[0] : choice === point.choice}
      onChoose={() => onGive(chooseAgain(given, point.choice, { scale, aspect }))}
    >
      <span aria-hidden className={point.short === undefined ? "" : wordClasses[scale].words}>
        {point.words}
      </span>
      {point.short === undefined ? null : (
        <span aria-hidden className={wordClasses[scale].short}>
          {point.short}
        </span>
      )}
    </Segment>
  );
  return (
    <div
      role="radiogroup"
      aria-labelledby={`${id}-name`}
      aria-describedby={aspect.definition ? `${id}-definition` : undefined}
      className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 @2xl:grid-cols-[8.5rem_1fr_auto]"
    >
      <span
        id={`${id}-name`}
        title={aspect.name}
        dir="auto"
        className={cn("truncate text-[0.8125rem] rtl:text-right", isCurrent ? "font-medium" : "text-muted-foreground")}
      >
        {aspect.name}
      </span>
      <span id={`${id}-definition`} hidden>
        {aspect.definition}
      </span>
      <div className="col-span-2 row-start-2 grid auto-cols-fr grid-flow-col @2xl:col-span-1 @2xl:col-start-2 @2xl:row-start-1">
        {points.map((point) =>
          segment(point, String(point.choice), "-ms-px first:ms-0 first:rounded-s-md last:rounded-e-md"),
        )}
      </div>
      {beside.length > 0 ? (
        <div className="col-start-2 row-start-1 flex gap-2 @2xl:col-start-3">
          {beside.map((point) => segment(point, point.key, "rounded-md @max-2xl:h-7 @4xl:w-28"))}
        </div>
      ) : null}
    </div>
  );
}
