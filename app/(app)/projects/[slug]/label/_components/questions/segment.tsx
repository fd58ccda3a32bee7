import type { ReactNode } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";

type SegmentProps = {
  /** What choosing it says; also its accessible name. */
  words: string;
  keyLabel: string;
  /** Of the group of radio buttons that it belongs to. */
  name: string;
  value: string | number;
  isChosen: boolean;
  /**
   * Tab stops here. The browser would choose so by itself, but a group without an answer falls apart for it when React
   * renders it again: Tab then goes from the first to the second point.
   */
  isStop: boolean;
  /** Keys answer this group. */
  isCurrent: boolean;
  className?: string;
  onChoose: () => void;
  /** What is seen beside the key. */
  children?: ReactNode;
};

/** A radio button that looks like a segment of a bar, with its key. */
export function Segment(props: SegmentProps) {
  const { words, keyLabel, name, value, isChosen, isStop, isCurrent, className, onChoose, children } = props;
  return (
    <label
      title={words}
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
        value={value}
        aria-label={words}
        aria-keyshortcuts={isCurrent ? keyLabel : undefined}
        checked={isChosen}
        tabIndex={isStop ? 0 : -1}
        onChange={onChoose}
        className="sr-only"
      />
      <SegmentKey isCurrent={isCurrent}>{keyLabel}</SegmentKey>
      {children}
    </label>
  );
}

/** The key of a segment; a plain number of the same size where keys mean another question. */
function SegmentKey({ isCurrent, children }: { isCurrent: boolean; children: string }) {
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
