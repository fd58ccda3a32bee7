"use client";

import { BookOpen, CircleCheck, CircleHelp, CloudAlert, HardDrive, History, Redo2, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, use, useEffect, useState } from "react";
import { ReadingMenu } from "@/app/_components/reading/reading-menu";
import { Button } from "@/app/_components/ui/button";
import { cn } from "@/app/_components/ui/cn";
import { Spinner } from "@/app/_components/ui/spinner";
import { Tooltip } from "@/app/_components/ui/tooltip";
import type { ProgressResponse } from "@/lib/assignments/schema";
import type { LabelledProject } from "./assignment-queries";
import { nameKey, type CommandName } from "./bindings";
import { BindingsContext, CommandKey } from "./command-key";
import type { Engine } from "./engine";
import { summariseSaving, type SaveSummary } from "./keeping/save-summary";
import { shownWork, type Session } from "./session";
import { TodayProgress } from "./today-progress";

export type Panel = "guidelines" | "history";

type TopBarProps = {
  project: LabelledProject;
  engine: Engine;
  session: Session;
  progress: ProgressResponse;
  panel: Panel | null;
  onPanel: (panel: Panel) => void;
  onUndo: () => void;
  onRedo: () => void;
  onHelp: () => void;
};

/** How far the person is today, whether all is saved, and what else can be opened. */
export function TopBar({ project, engine, session, progress, panel, onPanel, onUndo, onRedo, onHelp }: TopBarProps) {
  const t = useTranslations("label");
  const work = shownWork(session);
  return (
    <div className="@container flex h-11 shrink-0 items-center gap-1 border-b px-3 sm:px-4 lg:gap-2">
      <TodayProgress {...{ project, progress }} />
      <div className="flex min-w-0 flex-1 items-center justify-end gap-3 pe-1">
        <SaveState session={session} />
        <SavedAgain session={session} />
        {work ? <ActiveTime key={work.assignment.id} read={() => engine.clocks.read(work)} /> : null}
      </div>
      <BarButton
        label={t("bar.guidelines")}
        icon={<BookOpen aria-hidden />}
        command="guidelines"
        pressed={panel === "guidelines"}
        onClick={() => onPanel("guidelines")}
      />
      <BarButton
        label={t("bar.history")}
        icon={<History aria-hidden />}
        pressed={panel === "history"}
        onClick={() => onPanel("history")}
      />
      <BarButton
        label={t("bar.undo")}
        icon={<Undo2 aria-hidden className="rtl:-scale-x-100" />}
        command="undo"
        disabled={!work || work.past.length === 0}
        onClick={onUndo}
      />
      <BarButton
        label={t("bar.redo")}
        icon={<Redo2 aria-hidden className="rtl:-scale-x-100" />}
        command="redo"
        iconOnly
        disabled={!work || work.future.length === 0}
        onClick={onRedo}
      />
      <ReadingMenu />
      <BarButton label={t("bar.help")} icon={<CircleHelp aria-hidden />} command="help" iconOnly onClick={onHelp} />
    </div>
  );
}

/** Whether everything said here is stored, and where. */
function SaveState({ session }: { session: Session }) {
  const t = useTranslations("label");
  const summary = summariseSaving(session);
  switch (summary.kind) {
    case "nothing":
      return null;
    case "kept":
      return (
        <Trouble
          icon={summary.isWriting ? <Spinner /> : <HardDrive aria-hidden />}
          isBusy={summary.isWriting}
          state="kept"
          trouble={summary.trouble}
          brief={t("saving.keptBrief")}
        >
          {t("saving.kept", { trouble: summary.trouble })}
        </Trouble>
      );
    case "unsaved":
      return (
        <Trouble
          icon={<CloudAlert aria-hidden />}
          state="unsaved"
          trouble={summary.trouble}
          brief={t("saving.unsavedBrief")}
        >
          {t("saving.unsaved", { trouble: summary.trouble })}
        </Trouble>
      );
    default: {
      const isSaving = summary.kind === "saving";
      return (
        <span
          className="flex items-center gap-1.5 whitespace-nowrap text-muted-foreground"
          data-save-state={summary.kind}
        >
          {isSaving ? <Spinner /> : <CircleCheck aria-hidden className="size-4 text-tone-emerald" />}
          <span className="max-sm:sr-only">{isSaving ? t("saving.saving") : t("saving.saved")}</span>
        </span>
      );
    }
  }
}

/** Says that all is saved where the last that was said of it is that it was not. */
function SavedAgain({ session }: { session: Session }) {
  const t = useTranslations("label");
  const { kind } = summariseSaving(session);
  const [told, setTold] = useState<"trouble" | "mended" | null>(null);
  const isTrouble = kind === "kept" || kind === "unsaved";
  if (isTrouble && told !== "trouble") setTold("trouble");
  if (kind === "saved" && told === "trouble") setTold("mended");
  if (kind === "saving" && told === "mended") setTold(null);
  return (
    <span role="status" className="sr-only">
      {told === "mended" ? t("saving.savedAgain") : null}
    </span>
  );
}

type TroubleProps = {
  icon: ReactNode;
  /** What it says is not quite true yet. */
  isBusy?: boolean;
  state: SaveSummary["kind"];
  /** For a phone. */
  brief: string;
  trouble: string;
  children: ReactNode;
};

function Trouble({ icon, isBusy = false, state, brief, trouble, children }: TroubleProps) {
  return (
    <span
      role="alert"
      aria-busy={isBusy}
      title={trouble}
      data-save-state={state}
      className="flex min-w-0 items-center gap-1.5 text-tone-amber-ink [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {icon}
      <span className="truncate sm:hidden">{brief}</span>
      <span className="truncate max-sm:hidden">{children}</span>
    </span>
  );
}

/** Minutes and seconds at work on this instance. */
function ActiveTime({ read }: { read: () => number }) {
  const t = useTranslations("label");
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor(read() / 1000)), 1000);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- reads the clock of one assignment, which is the key
  }, []);
  return (
    <span title={t("bar.activeTimeTitle")} className="hidden text-muted-foreground tabular-nums @xl:inline">
      <span className="sr-only">{t("bar.activeTime")} </span>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}

type BarButtonProps = {
  label: string;
  icon: React.ReactNode;
  command?: CommandName;
  pressed?: boolean;
  disabled?: boolean;
  iconOnly?: boolean;
  onClick: () => void;
};

function BarButton({ label, icon, command, pressed, disabled, iconOnly = false, onClick }: BarButtonProps) {
  const bindings = use(BindingsContext);
  const key = command && bindings[command];
  return (
    <Tooltip content={label} side="bottom">
      <Button
        variant="ghost"
        size="sm"
        aria-pressed={pressed}
        aria-keyshortcuts={key ? nameKey(key) : undefined}
        disabled={disabled}
        onClick={onClick}
        className={cn("@max-4xl:px-1.5", pressed && "bg-accent")}
      >
        {icon}
        <span className={cn(iconOnly ? "sr-only" : "@max-4xl:sr-only")}>{label}</span>
        {command ? <CommandKey command={command} className="@max-4xl:hidden" /> : null}
      </Button>
    </Tooltip>
  );
}
