"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { type RefObject, useDeferredValue, useId } from "react";
import { Button } from "@/app/_components/ui/button";
import { Textarea } from "@/app/_components/ui/textarea";

// Pages without rewrites are spared the comparison of texts.
const WordDiff = dynamic(() => import("../../../_components/word-diff").then((module) => module.WordDiff));

type RewriteBoxProps = {
  boxRef: RefObject<HTMLTextAreaElement | null>;
  /** The letter of the completion. */
  letter: string;
  isRequired: boolean;
  /** The completion's text. */
  original: string;
  /** Null while it is the original. */
  rewrite: string | null;
  place: number;
  onTurn: () => void;
  onType: (rewrite: string | null) => void;
  onReset: () => void;
};

/** The text of a completion to be made better, with what has changed beside or below it. */
export function RewriteBox(props: RewriteBoxProps) {
  const { boxRef, letter, isRequired, original, rewrite, place, onTurn, onType, onReset } = props;
  const t = useTranslations("label");
  const id = useId();
  // Typing does not wait for the comparison.
  const compared = useDeferredValue(rewrite);
  const reset = () => {
    onReset();
    boxRef.current?.focus();
  };
  return (
    <div className="@container border-t pt-1.5 pb-4 -mx-3 px-3 sm:-mx-4 sm:px-4">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <label htmlFor={id} className="min-w-0 truncate text-[0.8125rem] font-medium">
          {t("critique.rewriteOf", { letter })}{" "}
          <span className="font-normal text-muted-foreground">{isRequired ? t("required") : t("optional")}</span>
        </label>
        <Button size="sm" variant="ghost" disabled={rewrite === null} onClick={reset}>
          <RotateCcw aria-hidden />
          {t("critique.reset")}
        </Button>
      </div>
      <div className="mt-1 grid grid-cols-1 items-start gap-x-4 gap-y-2 @3xl:grid-cols-2">
        <Textarea
          ref={boxRef}
          id={id}
          data-place={place}
          dir="auto"
          maxLength={100_000}
          value={rewrite ?? original}
          aria-required={isRequired}
          onFocus={onTurn}
          onChange={({ target }) => onType(target.value === original ? null : target.value)}
          className="block max-h-[45dvh] min-h-28 resize-none leading-relaxed sm:text-[0.9375rem]"
        />
        <div
          role="group"
          aria-label={t("critique.changes", { letter })}
          className="min-w-0 text-[0.9375rem] leading-relaxed"
        >
          {compared === null ? (
            <p className="text-[0.8125rem] text-muted-foreground">{t("critique.unchanged")}</p>
          ) : (
            <WordDiff before={original} after={compared} />
          )}
        </div>
      </div>
    </div>
  );
}
