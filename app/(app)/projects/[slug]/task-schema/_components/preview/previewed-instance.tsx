"use client";

import { BookOpen, RotateCcw, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { PreviewInput } from "@/lib/assignments/preview/schema";
import { bindingsOf } from "../../../label/_components/bindings";
import { BindingsContext } from "../../../label/_components/command-key";
import type { Calls } from "../../../label/_components/calls";
import { createEngine, type Engine } from "../../../label/_components/engine";
import { focusPlace, leaveText, scrollTexts } from "../../../label/_components/focus";
import type { Command } from "../../../label/_components/keys";
import { RenderedText } from "../../../label/_components/rendered-text";
import { waitInBrowser } from "../../../label/_components/retry";
import { shownWork } from "../../../label/_components/session";
import { SidePanel } from "../../../label/_components/side-panel";
import { Stage } from "../../../label/_components/stage";
import { useActions, type Actions } from "../../../label/_components/use-actions";
import { useKeys } from "../../../label/_components/use-keys";
import { useSource } from "../../../label/_components/reading/use-source";
import { emptyShelf, previewCalls } from "./preview-calls";

type PreviewedInstanceProps = {
  slug: string;
  input: PreviewInput;
  assignment: AssignmentView;
  guidelines: string | null;
  onAgain: () => void;
};

/** The standard keys: who looks at a preview sees what newcomers get. */
const bindings = bindingsOf({});

/** An instance on the labelling page's own parts, of which nothing is sent or stored. */
export function PreviewedInstance({ slug, input, assignment, guidelines, onAgain }: PreviewedInstanceProps) {
  const [engine] = useState(() => engineOf(previewCalls(slug, input, assignment)));
  const session = useSyncExternalStore(engine.store.subscribe, engine.store.get, engine.store.get);
  const rootRef = useRef<HTMLDivElement>(null);
  const [hasGuidelines, showGuidelines] = useState(false);
  const [isComparing, setComparing] = useState(false);
  const [isSource, showSource] = useSource();
  const { actions, hint, newsRef } = useActions(engine, { rootRef, goesOn: false, reasonKey: bindings.reason });
  useEffect(() => engine.start(), [engine]);
  const work = shownWork(session);
  const isDone = work === null && session.hasBegun;
  const commands: Commands = {
    ...commandsOf(actions),
    "enter-questions": () => focusPlace(rootRef.current, work),
    "leave-text": () => leaveText(rootRef.current, work),
    guidelines: () => showGuidelines(!hasGuidelines),
    differences: () => setComparing(!isComparing),
    source: () => showSource(!isSource),
    close: () => showGuidelines(false),
  };
  useKeys({
    bindings,
    onAnswerKey: actions.answerByKey,
    onTab: actions.tookTab,
    run: (command) =>
      command.do === "scroll" ? scrollTexts(rootRef.current, command.direction) : commands[command.do](),
  });
  return (
    <BindingsContext value={bindings}>
      <div ref={rootRef} className="flex h-dvh min-h-0 flex-col">
        <Bar
          hasGuidelines={hasGuidelines}
          canUndo={work !== null && work.past.length > 0}
          onGuidelines={() => showGuidelines(!hasGuidelines)}
          onUndo={actions.undo}
        />
        <p ref={newsRef} role="status" className="sr-only" />
        <div className="flex min-h-0 flex-1">
          <div className="@container/instance relative flex min-w-0 flex-1 flex-col">
            {isDone ? (
              <Answered onAgain={onAgain} />
            ) : (
              <Stage
                {...{ session, actions, isComparing, hint }}
                opening={session.hasBegun ? null : assignment}
                onCompare={() => setComparing(!isComparing)}
                number={1}
                shownGuidelines={1}
              />
            )}
          </div>
          {hasGuidelines ? <Guidelines html={guidelines} onClose={() => showGuidelines(false)} /> : null}
        </div>
      </div>
    </BindingsContext>
  );
}

type Commands = Record<Exclude<Command["do"], "scroll">, () => void>;

/** What keys do to the work, and those that do nothing in a preview. */
function commandsOf(actions: Actions) {
  return {
    submit: actions.submit,
    skip: actions.skip,
    undo: actions.undo,
    redo: actions.redo,
    flag: actions.flag,
    unsure: actions.doubt,
    reason: actions.turnToReason,
    previous: () => {},
    help: () => {},
  } satisfies Partial<Commands>;
}

/** The labelling page's engine, with nothing behind it. */
function engineOf(calls: Calls): Engine {
  return createEngine({
    ...{ calls, shelf: emptyShelf, wait: waitInBrowser },
    now: () => performance.now(),
    newId: () => crypto.randomUUID(),
    onceSeen: (then) => requestAnimationFrame(then),
    onSubmitted: () => {},
  });
}

function Guidelines({ html, onClose }: { html: string | null; onClose: () => void }) {
  const t = useTranslations("taskSchema.preview");
  return (
    <SidePanel title={t("guidelines")} onClose={onClose}>
      <div className="px-4 py-3">
        {html === null ? (
          <p className="text-muted-foreground">{t("noGuidelines")}</p>
        ) : (
          <RenderedText html={html} className="text-[0.9375rem]" />
        )}
      </div>
    </SidePanel>
  );
}

type BarProps = { hasGuidelines: boolean; canUndo: boolean; onGuidelines: () => void; onUndo: () => void };

function Bar({ hasGuidelines, canUndo, onGuidelines, onUndo }: BarProps) {
  const t = useTranslations("taskSchema.preview");
  return (
    <div className="flex h-11 shrink-0 items-center gap-1 border-b px-3 sm:px-4">
      <p className="min-w-0 flex-1 truncate text-[0.8125rem] text-muted-foreground">{t("nothingStored")}</p>
      <Button variant="ghost" size="sm" aria-pressed={hasGuidelines} onClick={onGuidelines}>
        <BookOpen aria-hidden />
        <span className="max-sm:sr-only">{t("guidelines")}</span>
      </Button>
      <Button variant="ghost" size="sm" disabled={!canUndo} onClick={onUndo}>
        <Undo2 aria-hidden className="rtl:-scale-x-100" />
        <span className="max-sm:sr-only">{t("undo")}</span>
      </Button>
    </div>
  );
}

function Answered({ onAgain }: { onAgain: () => void }) {
  const t = useTranslations("taskSchema.preview");
  return (
    <div className="m-auto p-6">
      <EmptyState
        icon={<RotateCcw aria-hidden />}
        title={t("answered")}
        action={
          <Button autoFocus onClick={onAgain}>
            {t("again")}
          </Button>
        }
      >
        {t("answeredText")}
      </EmptyState>
    </div>
  );
}
