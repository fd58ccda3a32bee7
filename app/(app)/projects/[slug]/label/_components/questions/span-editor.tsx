import { ChevronLeft, ChevronRight, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { Kbd } from "@/app/_components/ui/kbd";
import type { QuestionOf } from "@/lib/projects/schema";
import type { Marking } from "../marking/marking";
import { keyOfSpan, type MarkedSpan } from "./spans";

type SpanEditorProps = { question: QuestionOf<"spans">; marking: Marking | null };

/** Severity, note and ends of the picked span in one line, which is there without one as well: nothing may move. */
export function SpanEditor({ question, marking }: SpanEditorProps) {
  const span = marking?.picked;
  if (!span) {
    return (
      <p className="flex h-8 items-center truncate text-xs text-muted-foreground">
        {marking?.selection
          ? "Press the letter of a category."
          : "Select with the mouse, or with ← and → word by word (with Shift more of them); then press a letter."}
      </p>
    );
  }
  return (
    <div
      role="group"
      aria-label="The picked span"
      className="flex h-8 min-w-0 items-center gap-2 overflow-x-auto p-0.5"
    >
      {question.severities.length > 0 ? <Severities {...{ question, marking, span }} /> : null}
      <NoteInput
        key={keyOfSpan(span)}
        note={span.note ?? ""}
        onChange={(note) => marking.changePicked({ note: note === "" ? undefined : note })}
      />
      <Edge name="Start" edge="start" marking={marking} />
      <Edge name="End" edge="end" marking={marking} />
      <Button size="sm" aria-keyshortcuts="Delete" title="Delete this span" onClick={marking.removePicked}>
        <Trash2 aria-hidden />
        <span className="@max-4xl:sr-only">Delete</span>
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
  return (
    <div role="group" aria-label="Severity" className="flex shrink-0">
      {question.severities.map((severity, index) => (
        <button
          key={severity}
          type="button"
          aria-pressed={span.severity === severity}
          aria-keyshortcuts={String(index + 1)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => marking.changePicked({ severity })}
          className="-ml-px flex h-7 items-center gap-1.5 border border-border-strong px-2 text-xs whitespace-nowrap first:ml-0 first:rounded-l-md last:rounded-r-md hover:bg-accent aria-pressed:z-10 aria-pressed:border-primary aria-pressed:bg-tone-indigo-soft aria-pressed:font-medium aria-pressed:text-tone-indigo-ink"
        >
          <Kbd aria-hidden>{index + 1}</Kbd>
          {severity}
        </button>
      ))}
    </div>
  );
}

/** Stored when it is left or sent, so that one undo takes all of it back. */
function NoteInput({ note, onChange }: { note: string; onChange: (note: string) => void }) {
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
    event.currentTarget.blur();
  };
  return (
    <Input
      aria-label="Note on the picked span"
      placeholder="Note (optional)"
      dir="auto"
      value={text}
      maxLength={2000}
      onChange={(event) => setText(event.target.value)}
      onBlur={store}
      onKeyDown={onKeyDown}
      className="h-7 min-w-24 flex-1"
    />
  );
}

type EdgeProps = { name: string; edge: "start" | "end"; marking: Marking };

/** Moves one end of the picked span word by word. */
function Edge({ name, edge, marking }: EdgeProps) {
  const keys = edge === "start" ? ["↑", "↓"] : ["←", "→"];
  const button = (direction: "backward" | "forward", words: string) => (
    <button
      type="button"
      aria-label={`${name} one word ${words}`}
      title={`${name} one word ${words} (Shift ${direction === "backward" ? keys[0] : keys[1]})`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => marking.movePicked(edge, direction)}
      className="flex size-6 items-center justify-center rounded hover:bg-accent"
    >
      {direction === "backward" ? <ChevronLeft className="size-3.5" /> : <ChevronRight className="size-3.5" />}
    </button>
  );
  return (
    <span className="flex shrink-0 items-center text-xs text-muted-foreground">
      {button("backward", "earlier")}
      {name}
      {button("forward", "later")}
    </span>
  );
}
