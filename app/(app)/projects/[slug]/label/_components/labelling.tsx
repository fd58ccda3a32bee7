"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { AssignmentView, ProgressResponse } from "@/lib/assignments/schema";
import type { KeyBindings } from "@/lib/auth/schema";
import type { LabelledProject } from "./assignment-queries";
import { BindingsContext } from "./command-key";
import { focusPlace, leaveText, scrollTexts } from "./focus";
import { GuidelinesPanel, type Guidelines } from "./guidelines-panel";
import { HistoryPanel } from "./history-panel";
import { PrefetchImages } from "./images/prefetch-images";
import { RecoveredNotice } from "./keeping/recovered-notice";
import type { Command } from "./keys";
import { LoadingInstance, NothingHere } from "./nothing-here";
import { useSource } from "./reading/use-source";
import { shownWork } from "./session";
import { Stage } from "./stage";
import { TopBar, type Panel } from "./top-bar";
import { useActions } from "./use-actions";
import { useEngine } from "./use-engine";
import { useKeyBindings } from "./use-key-bindings";
import { useFocusOnArrival, useKeys } from "./use-keys";

const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog));

type LabellingProps = {
  project: LabelledProject;
  guidelines: Guidelines;
  initialProgress: ProgressResponse;
  initialKeys: KeyBindings;
  /** Rendered with the page, so that there is something to read before its scripts have come. */
  opening: AssignmentView | null;
};

/** The labelling page: one instance at a time with its questions below it, by mouse or by keyboard alone. */
export function Labelling({ project, guidelines, initialProgress, initialKeys, ...props }: LabellingProps) {
  const t = useTranslations("label");
  const { engine, session, progress } = useEngine({ project, guidelinesVersion: guidelines.version, initialProgress });
  const rootRef = useRef<HTMLDivElement>(null);
  const keys = useKeyBindings(initialKeys, project.userId);
  const { actions, hint, newsRef } = useActions(engine, {
    ...{ rootRef, goesOn: keys.own.goesOn, reasonKey: keys.bindings.reason },
  });
  const [panel, setPanel] = useState<Panel | null>(null);
  const [help, setHelp] = useState<{ openedFrom: Element | null } | null>(null);
  const [isComparing, setComparing] = useState(false);
  const [isSource, showSource] = useSource();
  const work = shownWork(session);
  const shownId = work?.assignment.id;
  const hasSomething = session.isExhausted || session.loadTrouble !== null || session.sending.length > 0;
  const opening = session.hasBegun ? null : props.opening;
  const openHelp = () => setHelp({ openedFrom: document.activeElement });
  const togglePanel = (wanted: Panel) => {
    const isOpen = panel === wanted;
    // The focus does not go away with what has it.
    if (rootRef.current?.querySelector("aside")?.contains(document.activeElement)) actions.leaveText();
    setPanel(isOpen ? null : wanted);
    actions.announce(t(isOpen ? "told.closed" : "told.opened", { panel: t(`${wanted}.title`) }));
  };

  const commands: Record<Exclude<Command["do"], "scroll">, () => void> = {
    submit: actions.submit,
    skip: actions.skip,
    undo: actions.undo,
    redo: actions.redo,
    flag: actions.flag,
    unsure: actions.doubt,
    previous: () => void actions.visitPrevious(),
    "enter-questions": () => focusPlace(rootRef.current, work),
    "leave-text": () => leaveText(rootRef.current, work),
    reason: actions.turnToReason,
    guidelines: () => togglePanel("guidelines"),
    differences: () => setComparing(!isComparing),
    source: () => showSource(!isSource),
    help: openHelp,
    close: () => (panel ? togglePanel(panel) : actions.leaveVisit()),
  };
  useKeys({
    bindings: keys.bindings,
    onAnswerKey: actions.answerByKey,
    onTab: actions.tookTab,
    run: (command) => {
      if (command.do === "scroll") scrollTexts(rootRef.current, command.direction);
      else commands[command.do]();
    },
  });
  useFocusOnArrival(rootRef, shownId);

  return (
    <BindingsContext value={keys.bindings}>
      <div ref={rootRef} className="flex h-[calc(100dvh-var(--frame-top)-var(--frame-bottom))] min-h-0 flex-col">
        <TopBar
          {...{ project, engine, session, progress, panel }}
          onPanel={togglePanel}
          onUndo={actions.undo}
          onRedo={actions.redo}
          onHelp={openHelp}
        />
        <RecoveredNotice
          news={session.news}
          shownId={shownId}
          onOpen={(id) => void actions.visit(id)}
          onRead={() => {
            engine.store.dispatch({ type: "news-read" });
            actions.leaveText();
          }}
        />
        {work ? null : (
          <h1 data-start tabIndex={-1} className="sr-only">
            {t("title")}
          </h1>
        )}
        <p ref={newsRef} role="status" className="sr-only" />
        <div className="flex min-h-0 flex-1">
          <div className="@container/instance relative flex min-w-0 flex-1 flex-col">
            {work || opening ? (
              <Stage
                {...{ session, opening, actions, isComparing, hint }}
                onCompare={() => setComparing(!isComparing)}
                number={progress.submittedToday + session.sending.length + 1}
                shownGuidelines={guidelines.version}
              />
            ) : (
              // There before what is told in it.
              <div role="status" className="flex min-h-0 flex-1 flex-col">
                {hasSomething ? (
                  <NothingHere
                    {...{ session, progress }}
                    onAskAgain={engine.askAgain}
                    onHistory={() => setPanel("history")}
                  />
                ) : (
                  <LoadingInstance />
                )}
              </div>
            )}
          </div>
          {panel === "guidelines" ? (
            <GuidelinesPanel guidelines={guidelines} onClose={() => togglePanel("guidelines")} />
          ) : null}
          {panel === "history" ? (
            <HistoryPanel
              project={project}
              shownId={shownId}
              onOpen={(id) => {
                void actions.visit(id);
                // Where there is no room beside the instance the panel lies over it.
                if (!matchMedia("(min-width: 64rem)").matches) togglePanel("history");
              }}
              onClose={() => togglePanel("history")}
            />
          ) : null}
        </div>
        {help ? <ShortcutsDialog {...help} keys={keys} onClose={() => setHelp(null)} /> : null}
      </div>
      {session.queue[1] ? <PrefetchImages assignment={session.queue[1].assignment} /> : null}
    </BindingsContext>
  );
}
