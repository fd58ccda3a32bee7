"use client";

import { CircleDotDashed, Flag } from "lucide-react";
import { useTranslations } from "next-intl";
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
  const t = useTranslations("label");
  const { reason } = work.assignment.schema;
  const flag = flagOf(work);
  return (
    <div className="relative mt-2 flex items-end justify-end gap-1.5 @2xl:gap-2">
      {reason === "off" ? null : (
        <Reason value={work.reason} isRequired={reason === "required"} onChange={actions.reason} />
      )}
      <Mark
        command="unsure"
        label={t("foot.unsure")}
        title={t("foot.unsureTitle")}
        icon={<CircleDotDashed aria-hidden />}
        isSet={work.isUnsure}
        onClick={actions.doubt}
      />
      {flag ? <FlagNote note={flag.note} actions={actions} /> : null}
      <Mark
        command="flag"
        label={flag ? t("foot.flagged") : t("foot.flag")}
        otherLabel={flag ? t("foot.flag") : t("foot.flagged")}
        title={flag ? flag.note || t("foot.takeBack") : t("foot.flagTitle")}
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
  /** What it says at other times, for which it has the room as well: a press moves nothing. */
  otherLabel?: string;
  title: string;
  icon: ReactNode;
  isSet: boolean;
  onClick: () => void;
};

/** A button that stays pressed; its words make room where the bar is narrow. */
function Mark({ command, label, otherLabel, title, icon, isSet, onClick }: MarkProps) {
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
      <span className="grid @max-2xl:sr-only">
        <span className="col-start-1 row-start-1">{label}</span>
        {otherLabel === undefined ? null : <span className="invisible col-start-1 row-start-1 h-0">{otherLabel}</span>}
      </span>
      <CommandKey command={command} className="@max-2xl:hidden" />
    </Button>
  );
}

/** What is wrong, above the bar while someone writes it. */
function FlagNote({ note, actions }: { note: string; actions: Actions }) {
  const t = useTranslations("label");
  return (
    <div className="absolute end-0 bottom-full z-30 mb-2 w-96 max-w-full rounded-lg border bg-popover p-3 shadow-lg not-focus-within:sr-only">
      <label className="grid gap-1.5">
        <span className="font-medium">{t("foot.flagQuestion")}</span>
        <Input
          data-flag-note
          value={note}
          maxLength={2000}
          placeholder={t("foot.flagPlaceholder")}
          onChange={(event) => actions.noteFlag(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            actions.leaveText();
          }}
        />
      </label>
      <p className="mt-1.5 text-xs text-muted-foreground">{t("foot.flagHint")}</p>
    </div>
  );
}

function SkipOrBack({ isEarlier, actions }: { isEarlier: boolean; actions: Actions }) {
  const t = useTranslations("label");
  const skipKey = useKeyOf("skip");
  if (isEarlier) {
    return (
      <Button aria-keyshortcuts="Escape" title={t("foot.backTitle")} onClick={actions.leaveVisit}>
        {t("foot.back")}{" "}
        <Kbd aria-hidden className="max-sm:hidden">
          Esc
        </Kbd>
      </Button>
    );
  }
  return (
    <Button aria-keyshortcuts={skipKey} title={t("foot.skipTitle")} onClick={actions.skip}>
      {t("foot.skip")} <CommandKey command="skip" />
    </Button>
  );
}

function Submit({ isEarlier }: { isEarlier: boolean }) {
  const t = useTranslations("label");
  return (
    <Button type="submit" variant="primary" aria-keyshortcuts={useKeyOf("submit")}>
      <span>
        {t.rich(isEarlier ? "foot.saveRevision" : "foot.submit", {
          next: (words) => <span className="max-sm:sr-only">{words}</span>,
        })}
      </span>
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
  const t = useTranslations("label");
  return (
    <div className="relative h-8 min-w-24 flex-1">
      <textarea
        data-reason
        rows={1}
        value={value}
        maxLength={10_000}
        aria-label={isRequired ? t("foot.reasonRequired") : t("foot.reasonOptional")}
        aria-required={isRequired}
        aria-keyshortcuts={useKeyOf("reason")}
        placeholder={isRequired ? t("foot.whyRequired") : t("foot.whyOptional")}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          controlClasses,
          "absolute start-0 bottom-0 z-20 block h-8 resize-none overflow-hidden py-1.5 leading-snug pe-9",
          "focus:field-sizing-content focus:h-auto focus:max-h-[40dvh] focus:min-h-8 focus:overflow-y-auto",
        )}
      />
      {/* A key is written from the left in every language, so its place is that of something around it. */}
      <span className="pointer-events-none absolute end-2 bottom-[0.4375rem] z-20 flex">
        <CommandKey command="reason" />
      </span>
    </div>
  );
}
