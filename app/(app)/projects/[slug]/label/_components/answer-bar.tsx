"use client";

import { Check } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { controlClasses } from "@/app/_components/ui/input";
import { Kbd } from "@/app/_components/ui/kbd";
import { AspectRow } from "./aspect-row";
import { describeAnswer } from "./scale-words";
import { isRevision, type Work } from "./session";
import type { Actions, Hint } from "./use-actions";

/** The questions and what can be done with the instance: at the same place with the same height for every instance. */
export function AnswerBar({ work, actions, hint }: { work: Work; actions: Actions; hint: Hint | null }) {
  const { assignment, answers } = work;
  const { schema } = assignment;
  const isEarlier = isRevision(work);
  const current = schema.aspects[work.aspect]!;
  const chosen = answers[current.id];
  return (
    <form
      aria-label="Answers"
      onSubmit={(event) => {
        event.preventDefault();
        actions.submit();
      }}
      className="@container shrink-0 border-t bg-background px-3 pt-2 pb-3 shadow-[0_-4px_16px_-12px_rgb(0_0_0/0.25)] sm:px-4"
    >
      <div className="flex h-5 items-baseline gap-3 text-[0.8125rem]">
        <p
          role={hint ? "alert" : undefined}
          title={hint ? undefined : current.definition}
          className={cn("min-w-0 flex-1 truncate", hint ? "font-medium text-tone-amber-ink" : "text-muted-foreground")}
        >
          {hint
            ? hint.text
            : schema.aspects.length === 1
              ? current.definition
              : `${current.name}: ${current.definition}`}
        </p>
        {chosen !== undefined && schema.scale >= 7 ? (
          // Long scales have no room for their words in the bar.
          <p aria-hidden className="shrink-0 font-medium">
            {describeAnswer(chosen, schema.scale)}
          </p>
        ) : null}
      </div>
      {schema.aspects.length > 1 ? <AspectTabs work={work} onTurn={actions.turnTo} /> : null}
      <div className="mt-1 grid max-h-[38dvh] gap-1.5 overflow-y-auto p-0.5">
        {schema.aspects.map((aspect, index) => (
          <AspectRow
            key={aspect.id}
            {...{ aspect, index }}
            scale={schema.scale}
            offersBothBad={schema.bothBad}
            answer={answers[aspect.id]}
            isCurrent={index === work.aspect}
            isOnly={schema.aspects.length === 1}
            onAnswer={(answer) => actions.answer(aspect.id, answer)}
            onTurn={() => index !== work.aspect && actions.turnTo(index)}
          />
        ))}
      </div>
      <div className="mt-2 flex items-end justify-end gap-2">
        {schema.reason === "off" ? null : (
          <Reason value={work.reason} isRequired={schema.reason === "required"} onChange={actions.reason} />
        )}
        {isEarlier ? (
          <Button aria-keyshortcuts="Escape" title="Back to the current instance" onClick={actions.leaveVisit}>
            Back{" "}
            <Kbd aria-hidden className="max-sm:hidden">
              Esc
            </Kbd>
          </Button>
        ) : (
          <Button
            aria-keyshortcuts="S"
            title="Leaves this instance to others; the reason goes along"
            onClick={actions.skip}
          >
            Skip{" "}
            <Kbd aria-hidden className="max-sm:hidden">
              S
            </Kbd>
          </Button>
        )}
        <Button type="submit" variant="primary" aria-keyshortcuts="Enter">
          {isEarlier ? (
            "Save revision"
          ) : (
            <span>
              Submit<span className="max-sm:sr-only"> and next</span>
            </span>
          )}
          <Kbd aria-hidden className="border-white/30 bg-black/10 text-white max-sm:hidden dark:bg-black/15">
            Enter
          </Kbd>
        </Button>
      </div>
    </form>
  );
}

/** On a phone one question is shown at a time; these turn to the others. */
function AspectTabs({
  work: { assignment, answers, aspect: current },
  onTurn,
}: {
  work: Work;
  onTurn: (aspect: number) => void;
}) {
  return (
    <div role="group" aria-label="Questions" className="mt-1 flex gap-1 overflow-x-auto pb-0.5 @2xl:hidden">
      {assignment.schema.aspects.map(({ id, name }, index) => (
        <button
          key={id}
          type="button"
          aria-pressed={index === current}
          onClick={() => onTurn(index)}
          className="flex h-7 shrink-0 items-center gap-1 rounded-full border px-2.5 text-xs text-muted-foreground aria-pressed:border-primary aria-pressed:text-foreground"
        >
          {answers[id] === undefined ? null : <Check aria-label="Answered:" className="size-3 text-tone-emerald" />}
          {name}
        </button>
      ))}
    </div>
  );
}

/** A box of one line that grows upwards over the texts while someone writes in it, so that nothing around it moves. */
function Reason({
  value,
  isRequired,
  onChange,
}: {
  value: string;
  isRequired: boolean;
  onChange: (reason: string) => void;
}) {
  return (
    <div className="relative h-8 min-w-24 flex-1">
      <textarea
        data-reason
        rows={1}
        value={value}
        maxLength={10_000}
        dir="auto"
        aria-label={isRequired ? "Reason (required)" : "Reason (optional)"}
        aria-required={isRequired}
        aria-keyshortcuts="R"
        placeholder={isRequired ? "Why? (required)" : "Why? (optional)"}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          controlClasses,
          "absolute bottom-0 left-0 z-20 block h-8 resize-none overflow-hidden py-1.5 pr-9 leading-snug",
          "focus:field-sizing-content focus:h-auto focus:max-h-[40dvh] focus:min-h-8 focus:overflow-y-auto",
        )}
      />
      <Kbd aria-hidden className="pointer-events-none absolute right-2 bottom-[0.4375rem] z-20 max-sm:hidden">
        R
      </Kbd>
    </div>
  );
}
