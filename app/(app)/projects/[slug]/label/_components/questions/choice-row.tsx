import { type ReactNode, useId } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Segment } from "./segment";

type Option<V> = {
  value: V;
  /** The option in words. */
  words: string;
  key: string;
  /** What is seen of it where its key does not say it. */
  shown?: ReactNode;
};

type ChoiceRowProps<V> = {
  /** What is chosen here, such as "Helpful of A". */
  label: string;
  letter: string;
  place: number;
  options: Option<V>[];
  chosen: V | null;
  /** Options with words of their own wrap; numbers make one bar. */
  wraps?: boolean;
  isCurrent: boolean;
  onChoose: (value: V) => void;
  onTurn: () => void;
};

/** The options for one completion as one group of radio buttons. */
export function ChoiceRow<V extends string | number | boolean>(props: ChoiceRowProps<V>) {
  const { label, letter, place, options, chosen, wraps, isCurrent, onChoose, onTurn } = props;
  const id = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      data-place={place}
      onFocus={onTurn}
      className="grid min-w-0 grid-cols-[1.5rem_1fr] items-center gap-x-1.5"
    >
      <RowLetter letter={letter} isCurrent={isCurrent} />
      <div className={wraps ? "flex flex-wrap gap-1" : "grid auto-cols-fr grid-flow-col"}>
        {options.map(({ value, words, key, shown }, index) => (
          <Segment
            key={key}
            {...{ words, isCurrent }}
            keyLabel={key}
            name={id}
            value={String(value)}
            isChosen={chosen === value}
            isStop={chosen === null ? index === 0 : chosen === value}
            onChoose={() => onChoose(value)}
            className={wraps ? "flex-1 rounded-md" : "-ms-px px-0.5 first:ms-0 first:rounded-s-md last:rounded-e-md"}
          >
            {shown === undefined ? (
              <span aria-hidden className="@4xl:hidden">
                {key === "0" ? "10" : key}
              </span>
            ) : (
              <span aria-hidden dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
                {shown}
              </span>
            )}
          </Segment>
        ))}
      </div>
    </div>
  );
}

/** Which completion a row is about. */
export function RowLetter({ letter, isCurrent }: { letter: string; isCurrent: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-5 items-center justify-center rounded text-xs font-semibold",
        isCurrent ? "bg-primary text-white forced-colors:border" : "bg-muted text-muted-foreground",
      )}
    >
      {letter}
    </span>
  );
}
