import { ChevronLeft, ChevronRight, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { Kbd } from "@/app/_components/ui/kbd";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { directionOfHtml } from "@/lib/text/direction";
import { messageOf } from "@/lib/text/marked-text";
import type { Marking } from "../marking/marking";
import { keyOfSpan, type MarkedSpan, type On } from "./spans";

type SpanEditorProps = { question: QuestionOf<"spans">; assignment: AssignmentView; marking: Marking | null };

/** Severity, note and ends of the picked span in one line, which is there without one as well: nothing may move. */
export function SpanEditor({ question, assignment, marking }: SpanEditorProps) {
  const t = useTranslations("label");
  const span = marking?.picked;
  if (!span) {
    return (
      <p className="flex h-8 items-center text-xs text-muted-foreground">
        <span className="truncate">{marking?.selection ? t("spans.pressLetter") : t("spans.select")}</span>
      </p>
    );
  }
  const direction = directionOfHtml(htmlOf(assignment, span.on));
  return (
    <div
      role="group"
      aria-label={t("spans.picked")}
      data-span-editor
      className="flex h-8 min-w-0 items-center gap-2 overflow-x-auto p-0.5"
    >
      {question.severities.length > 0 ? <Severities {...{ question, marking, span }} /> : null}
      <NoteInput
        key={keyOfSpan(span)}
        note={span.note ?? ""}
        onChange={(note) => marking.changePicked({ note: note === "" ? undefined : note })}
        onLeave={marking.leave}
      />
      <Edge edge="start" {...{ direction, marking }} />
      <Edge edge="end" {...{ direction, marking }} />
      <Button size="sm" aria-keyshortcuts="Delete" title={t("spans.deleteTitle")} onClick={marking.removePicked}>
        <Trash2 aria-hidden />
        <span className="@max-4xl:sr-only">{t("spans.delete")}</span>
      </Button>
    </div>
  );
}

function Severities({
  question,
  marking,
  span,
}: {
  question: SpanEditorProps["question"];
  marking: Marking;
  span: MarkedSpan;
}) {
  const t = useTranslations("label");
  return (
    <div role="group" aria-label={t("spans.severity")} className="flex shrink-0">
      {question.severities.map((severity, index) => (
        <button
          key={severity}
          type="button"
          aria-pressed={span.severity === severity}
          aria-keyshortcuts={String(index + 1)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => marking.changePicked({ severity })}
          className="-ms-px flex h-7 items-center gap-1.5 border border-border-strong px-2 text-xs whitespace-nowrap first:ms-0 first:rounded-s-md last:rounded-e-md hover:bg-accent aria-pressed:z-10 aria-pressed:border-primary aria-pressed:bg-tone-indigo-soft aria-pressed:font-medium aria-pressed:text-tone-indigo-ink"
        >
          <Kbd aria-hidden>{index + 1}</Kbd>
          <bdi>{severity}</bdi>
        </button>
      ))}
    </div>
  );
}

type NoteInputProps = { note: string; onChange: (note: string) => void; onLeave: () => void };

/** Stored when it is left or sent, so that one undo takes all of it back. */
function NoteInput({ note, onChange, onLeave }: NoteInputProps) {
  const t = useTranslations("label");
  const [text, setText] = useState(note);
  const store = () => {
    if (text.trim() !== note) onChange(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    store();
    if (event.ctrlKey || event.metaKey) return;
    // Within a form it would submit.
    event.preventDefault();
    onLeave();
  };
  return (
    <Input
      aria-label={t("spans.note")}
      placeholder={t("spans.notePlaceholder")}
      value={text}
      maxLength={2000}
      onChange={(event) => setText(event.target.value)}
      onBlur={store}
      onKeyDown={onKeyDown}
      className="h-7 min-w-24 flex-1"
    />
  );
}

type EdgeProps = {
  edge: "start" | "end";
  /** Which way the text goes: its earlier words are where this begins, whatever the page does. */
  direction: "ltr" | "rtl";
  marking: Marking;
};

/** Moves one end of the picked span word by word. */
function Edge({ edge, direction, marking }: EdgeProps) {
  const t = useTranslations("label");
  const [Left, Right] = [ChevronLeft, ChevronRight];
  const [Earlier, Later] = direction === "ltr" ? [Left, Right] : [Right, Left];
  const alongLine = direction === "ltr" ? (["←", "→"] as const) : (["→", "←"] as const);
  const [earlierKey, laterKey] = edge === "start" ? ["↑", "↓"] : alongLine;
  const button = (towards: "earlier" | "later", key: string, icon: ReactNode) => (
    <button
      type="button"
      aria-label={t(`spans.move.${edge}.${towards}`)}
      title={t("spans.moveTitle", { move: t(`spans.move.${edge}.${towards}`), key })}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => marking.movePicked(edge, towards === "earlier" ? "backward" : "forward")}
      className="flex size-6 items-center justify-center rounded hover:bg-accent"
    >
      {icon}
    </button>
  );
  return (
    <span dir={direction} className="flex shrink-0 items-center text-xs text-muted-foreground">
      {button("earlier", earlierKey, <Earlier className="size-3.5" />)}
      {t(`spans.${edge}`)}
      {button("later", laterKey, <Later className="size-3.5" />)}
    </span>
  );
}

function htmlOf({ prompt, messages, completions }: AssignmentView, on: On): string {
  const text = typeof on === "number" ? completions[on] : on === "prompt" ? prompt : messages?.[messageOf(on)];
  return text?.html ?? "";
}
