"use client";

import { PenLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/app/_components/ui/button";
import { Textarea } from "@/app/_components/ui/textarea";
import { editable, needsText, partOf, write, writtenOf, type Written } from "./critique";
import type { PaneProps } from "./question-type";
import { QuoteChips } from "./quote-chips";
import { toggleQuote } from "./quotes";
import { RewriteBox } from "./rewrite-box";

/** A box to write about a completion, in sight while the text is read, and below it one to write it anew. */
export function CritiquePane(props: PaneProps<"critique">) {
  const { question, answer, answers, assignment, completion, placeOf, onAnswer, onType, onTurn } = props;
  const t = useTranslations("label");
  const { label: letter, text } = assignment.completions[completion]!;
  const written = writtenOf(answer, assignment)[completion]!;
  const [isOpened, setOpened] = useState(false);
  const rewriteRef = useRef<HTMLTextAreaElement>(null);
  const [textPart, rewritePart] = [partOf(question, completion, "text"), partOf(question, completion, "rewrite")];
  const after = (change: Partial<Written>) => write(answer, assignment, completion, change);
  const isOpen = question.rewrite === "required" || isOpened || written.rewrite !== null;
  const openRewrite = () => {
    flushSync(() => setOpened(true));
    rewriteRef.current?.focus();
  };
  return (
    <>
      <div className="-mx-3 border-t bg-background px-3 pt-1.5 pb-3 sm:-mx-4 sm:px-4 md:sticky md:bottom-0">
        <CritiqueBox
          name={t("of", { name: question.name, letter })}
          definition={question.definition}
          isRequired={needsText(question, written)}
          value={written.text}
          place={placeOf(textPart)}
          onType={(value) => onType(after({ text: value }), textPart)}
          onTurn={() => onTurn(textPart)}
        >
          {question.rewrite === "off" || isOpen ? null : (
            <Button
              size="sm"
              variant="ghost"
              data-place={placeOf(rewritePart)}
              onFocus={() => onTurn(rewritePart)}
              onClick={openRewrite}
            >
              <PenLine aria-hidden />
              {t("critique.rewrite", { letter })}
            </Button>
          )}
        </CritiqueBox>
        <QuoteChips
          {...{ question, assignment, answers, completion }}
          quotes={written.quotes ?? []}
          onTurn={() => onTurn(textPart)}
          onToggle={(id) => onAnswer(toggleQuote(answer, assignment, completion, id), textPart)}
        />
      </div>
      {question.rewrite !== "off" && isOpen ? (
        <RewriteBox
          boxRef={rewriteRef}
          {...{ letter }}
          isRequired={question.rewrite === "required"}
          original={editable(text)}
          rewrite={written.rewrite}
          place={placeOf(rewritePart)}
          onTurn={() => onTurn(rewritePart)}
          onType={(rewrite) => onType(after({ rewrite }), rewritePart)}
          onReset={() => onAnswer(after({ rewrite: null }), rewritePart)}
        />
      ) : null}
    </>
  );
}

type CritiqueBoxProps = {
  name: string;
  definition: string;
  isRequired: boolean;
  value: string;
  place: number;
  onType: (value: string) => void;
  onTurn: () => void;
  /** Stands beside the name. */
  children: ReactNode;
};

function CritiqueBox(props: CritiqueBoxProps) {
  const { name, definition, isRequired, value, place, onType, onTurn, children } = props;
  const t = useTranslations("label");
  const id = useId();
  return (
    <>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <label htmlFor={id} title={definition} className="min-w-0 truncate text-[0.8125rem] font-medium">
          {name} <span className="font-normal text-muted-foreground">{isRequired ? t("required") : t("optional")}</span>
        </label>
        {children}
      </div>
      <span id={`${id}-definition`} hidden>
        {definition}
      </span>
      <Textarea
        id={id}
        aria-describedby={definition ? `${id}-definition` : undefined}
        data-place={place}
        rows={2}
        maxLength={20_000}
        value={value}
        aria-required={isRequired}
        onFocus={onTurn}
        onChange={(event) => onType(event.target.value)}
        className="mt-1 block max-h-[30dvh] min-h-14 resize-none"
      />
    </>
  );
}
