"use client";

import { CircleDotDashed, Flag } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { controlClasses, Input } from "@/app/_components/ui/input";
import { Kbd } from "@/app/_components/ui/kbd";
import type { CommandName } from "./bindings";
import { CommandKey, useKeyOf } from "./command-key";
import { flagOf, isRevision, type Work } from "./session";
import type { Actions } from "./use-actions";

/** What is said about the whole instance, and what can be done with it. */
export function AnswerFoot({ work, actions }: { work: Work; actions: Actions }) {
  const { reason } = work.assignment.schema;
  const flag = flagOf(work);
  return (
    <div className="relative mt-2 flex items-end justify-end gap-1.5 @2xl:gap-2">
      {reason === "off" ? null : (
        <Reason value={work.reason} isRequired={reason === "required"} onChange={actions.reason} />
      )}
      <Mark
        command="unsure"
        label="Unsure"
        title="You are not sure of these answers"
        icon={<CircleDotDashed aria-hidden />}
        isSet={work.isUnsure}
        onClick={actions.doubt}
      />
      {flag ? <FlagNote note={flag.note} actions={actions} /> : null}
      <Mark
        command="flag"
        label={flag ? "Flagged" : "Flag"}
        title={
          flag ? flag.note || "Takes the flag back" : "Tells the researchers that something is wrong with this instance"
        }
        icon={<Flag aria-hidden />}
        isSet={flag !== null}
        onClick={actions.flag}
      />
      <SkipOrBack isEarlier={isRevision(work)} actions={actions} />
      <Submit isEarlier={isRevision(work)} />
    </div>
  );
}

type MarkProps = {
  command: CommandName;
  label: string;
  title: string;
  icon: ReactNode;
  isSet: boolean;
  onClick: () => void;
};

/** A button that stays pressed; its words make room where the bar is narrow. */
function Mark({ command, label, title, icon, isSet, onClick }: MarkProps) {
  return (
    <Button
      aria-pressed={isSet}
      aria-keyshortcuts={useKeyOf(command)}
      title={title}
      onClick={onClick}
      className={cn(
        "px-2 @2xl:px-3",
        isSet && "border-tone-amber bg-tone-amber-soft text-tone-amber-ink hover:not-disabled:bg-tone-amber-soft",
      )}
    >
      {icon}
      <span className="@max-2xl:sr-only">{label}</span>
      <CommandKey command={command} className="@max-2xl:hidden" />
    </Button>
  );
}

/** What is wrong, above the bar while someone writes it. */
function FlagNote({ note, actions }: { note: string; actions: Actions }) {
  return (
    <div className="absolute right-0 bottom-full z-30 mb-2 w-96 max-w-full rounded-lg border bg-popover p-3 shadow-lg not-focus-within:sr-only">
      <label className="grid gap-1.5">
        <span className="font-medium">What is wrong with this instance?</span>
        <Input
          data-flag-note
          dir="auto"
          value={note}
          maxLength={2000}
          placeholder="Optional: the prompt is cut off, harmful content …"
          onChange={(event) => actions.noteFlag(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            actions.leaveText();
          }}
        />
      </label>
      <p className="mt-1.5 text-xs text-muted-foreground">
        Flagged. Researchers see it with your name, also when you skip the instance. Enter closes this.
      </p>
    </div>
  );
}

function SkipOrBack({ isEarlier, actions }: { isEarlier: boolean; actions: Actions }) {
  const skipKey = useKeyOf("skip");
  if (isEarlier) {
    return (
      <Button aria-keyshortcuts="Escape" title="Back to the current instance" onClick={actions.leaveVisit}>
        Back{" "}
        <Kbd aria-hidden className="max-sm:hidden">
          Esc
        </Kbd>
      </Button>
    );
  }
  return (
    <Button
      aria-keyshortcuts={skipKey}
      title="Leaves this instance to others; the reason goes along"
      onClick={actions.skip}
    >
      Skip <CommandKey command="skip" />
    </Button>
  );
}

function Submit({ isEarlier }: { isEarlier: boolean }) {
  return (
    <Button type="submit" variant="primary" aria-keyshortcuts={useKeyOf("submit")}>
      {isEarlier ? (
        "Save revision"
      ) : (
        <span>
          Submit<span className="max-sm:sr-only"> and next</span>
        </span>
      )}
      <CommandKey command="submit" className="border-white/30 bg-black/10 text-white dark:bg-black/15" />
    </Button>
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
        aria-keyshortcuts={useKeyOf("reason")}
        placeholder={isRequired ? "Why? (required)" : "Why? (optional)"}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          controlClasses,
          "absolute bottom-0 left-0 z-20 block h-8 resize-none overflow-hidden py-1.5 pr-9 leading-snug",
          "focus:field-sizing-content focus:h-auto focus:max-h-[40dvh] focus:min-h-8 focus:overflow-y-auto",
        )}
      />
      <CommandKey command="reason" className="pointer-events-none absolute right-2 bottom-[0.4375rem] z-20" />
    </div>
  );
}
