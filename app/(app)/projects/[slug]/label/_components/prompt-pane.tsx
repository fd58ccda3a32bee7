"use client";

import { ChevronDown, Code, Columns2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { cn } from "@/app/_components/ui/cn";
import type { Translate } from "@/app/i18n/translate";
import type { Reveal } from "@/lib/projects/schema";
import { Images, promptImageHeight } from "./images/images";
import { MarkableText } from "./marking/markable-text";
import { unfoldEvent } from "./marking/text-view";
import { Conversation } from "./reading/conversation";
import { HiddenText } from "./reading/hidden-text";
import { PaneButton } from "./reading/pane-button";
import { ReadableText } from "./reading/readable-text";
import { useSource } from "./reading/use-source";
import type { Work } from "./session";
import type { Actions } from "./use-actions";
import { useStoredFlag } from "./use-stored-flag";

type Tab = { id: Reveal["show"]; label: string; content: ReactNode };

/**
 * What the completions answer: the prompt or the chat so far, its context and where the project shows one a reference
 * answer. Folds away when read; on a wide screen all of it can stand side by side.
 */
export function PromptPane({ work, actions }: { work: Work; actions: Actions }) {
  const t = useTranslations("label");
  const [shown, show] = useState<Tab["id"]>("prompt");
  const [isFolded, setFolded] = useState(false);
  const [isBeside, setBeside] = useStoredFlag("tandem-prompt-beside", false);
  const tabs = tabsOf(work, actions, t);
  const hasTabs = tabs.length > 1;
  const allBeside = hasTabs && isBeside;
  const current = tabs.find(({ id }) => id === shown) ?? tabs[0]!;
  const pane = useUnfolding(() => {
    setFolded(false);
    show("prompt");
  });
  return (
    <section ref={pane} aria-label={current.label} className="flex shrink-0 flex-col border-b bg-sidebar">
      <div className="flex items-center gap-1 px-3 pt-1.5 sm:px-4">
        {hasTabs ? (
          tabs.map(({ id, label }) => (
            <PaneButton
              key={id}
              isPressed={current.id === id}
              onClick={() => show(id)}
              className={cn("font-medium first:-ms-1.5", allBeside && "xl:hidden")}
            >
              {label}
            </PaneButton>
          ))
        ) : (
          <h2 className="text-xs font-medium text-muted-foreground">{current.label}</h2>
        )}
        <span className="grow" />
        <SourceButton />
        {hasTabs ? (
          <PaneButton isPressed={isBeside} onClick={() => setBeside(!isBeside)} className="max-xl:hidden">
            <Columns2 aria-hidden className="size-3.5" />
            {t("texts.sideBySide")}
          </PaneButton>
        ) : null}
        <PaneButton isExpanded={!isFolded} onClick={() => setFolded(!isFolded)}>
          {isFolded ? t("texts.unfold") : t("texts.fold")}
          <ChevronDown
            aria-hidden
            className={cn("size-3.5 transition-transform duration-150", !isFolded && "rotate-180")}
          />
        </PaneButton>
      </div>
      <div
        // Folded text stays in sight as one line, but nothing in it can be reached.
        inert={isFolded}
        className={cn("grid min-w-0", allBeside && "xl:auto-cols-fr xl:grid-flow-col xl:divide-x")}
      >
        {tabs.map(({ id, label, content }) => (
          <div
            key={id}
            tabIndex={isFolded ? undefined : 0}
            role="group"
            aria-label={label}
            data-prompt
            className={cn(
              "relative min-w-0 px-3 pt-1 pb-3 sm:px-4",
              isFolded
                ? "max-h-9 overflow-hidden pb-0 opacity-60"
                : "max-h-[26dvh] overflow-y-auto max-md:max-h-[40dvh]",
              id !== current.id && "hidden",
              allBeside && "xl:block",
            )}
          >
            {allBeside ? (
              <h2 className="mb-1 hidden text-xs font-medium text-muted-foreground xl:block">{label}</h2>
            ) : null}
            {content}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Shows the prompt before a place in it is scrolled to. */
function useUnfolding(unfold: () => void): RefObject<HTMLElement | null> {
  const pane = useRef<HTMLElement>(null);
  const onUnfold = useEffectEvent(() => flushSync(unfold));
  useEffect(() => {
    const element = pane.current!;
    const listen = () => onUnfold();
    element.addEventListener(unfoldEvent, listen);
    return () => element.removeEventListener(unfoldEvent, listen);
  }, []);
  return pane;
}

/** The texts of an instance besides its completions, hidden ones too. */
function tabsOf(work: Work, actions: Actions, t: Translate<"label">): Tab[] {
  const { prompt, messages, images, context, reference, hidden } = work.assignment;
  const contents: Record<Tab["id"], ReactNode> = {
    prompt: (
      <>
        <Images images={images} of="prompt" owner={t("texts.the.prompt")} maxHeight={promptImageHeight} />
        {messages ? (
          <Conversation messages={messages} />
        ) : prompt ? (
          <MarkableText on="prompt" rendered={prompt} />
        ) : null}
      </>
    ),
    context: context && <ReadableText html={context.html} text={context.text} />,
    reference: reference && <ReadableText html={reference.html} text={reference.text} />,
  };
  const labels: Record<Tab["id"], string> = {
    prompt: messages ? t("texts.conversation") : t("texts.prompt"),
    context: t("texts.context"),
    reference: t("texts.reference"),
  };
  return (["prompt", "context", "reference"] as const).flatMap((id) => {
    const waiting = hidden.find(({ show }) => show === id);
    const content = waiting ? <HiddenText key={id} hidden={waiting} {...{ work, actions }} /> : contents[id];
    return content ? [{ id, label: labels[id], content }] : [];
  });
}

/** Shows every text of the page as it was written. */
function SourceButton() {
  const t = useTranslations("label");
  const [isSource, showSource] = useSource();
  return (
    <PaneButton
      isPressed={isSource}
      command="source"
      title={t("texts.asWrittenTitle")}
      onClick={() => showSource(!isSource)}
    >
      <Code aria-hidden className="size-3.5" />
      <span className="max-sm:sr-only">{t("texts.asWritten")}</span>
    </PaneButton>
  );
}
