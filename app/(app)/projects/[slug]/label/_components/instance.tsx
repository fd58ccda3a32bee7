"use client";

import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import { choiceIn, sideOf } from "@/lib/assignments/reasons/schema";
import type { AnswerOf } from "@/lib/assignments/schema";
import { AnswerBar } from "./answer-bar";
import { CompletionBody } from "./completion-body";
import { Completions } from "./completions";
import { ZoomProvider } from "./images/zoom-context";
import { NewGuidelinesNotice, ProblemNotice, VisitNotice } from "./notices";
import { MarkingProvider } from "./marking/marking-provider";
import { placesOf } from "./places";
import { PromptPane } from "./prompt-pane";
import { isRevision, type Work } from "./session";
import type { Actions, Hint } from "./use-actions";

/** On the screen, there as the server rendered it and not alive yet, or laid out behind the one on the screen. */
export type Stage = "shown" | "opening" | "ahead";

export type InstanceProps = {
  work: Work;
  stage: Stage;
  /** Opened in place of the current one. */
  isVisit: boolean;
  actions: Actions;
  /** Which one of today this is. */
  number: number;
  hint: Hint | null;
  /** The version of the guidelines that the page has. */
  shownGuidelines: number;
  /** What only one of two completions has is marked. */
  isComparing: boolean;
  onCompare: () => void;
};

/** One instance: what was asked, what was answered, and the questions about it. */
export function Instance(props: InstanceProps) {
  const { work, stage, isVisit, actions, number, hint, shownGuidelines, isComparing, onCompare } = props;
  const { assignment } = work;
  const isAhead = stage === "ahead";
  return (
    <MarkingProvider work={work} actions={actions} isAlive={stage === "shown"}>
      {stage === "shown" ? <Heading {...{ work, isVisit, number, actions, shownGuidelines }} /> : null}
      <div className="flex min-h-36 flex-1 flex-col max-md:block max-md:overflow-y-auto" data-texts>
        <ZoomProvider completions={assignment.completions}>
          <PromptPane {...{ work, actions }} />
          <Completions
            {...{ assignment, onCompare }}
            isComparing={isComparing && !isAhead}
            preferred={preferredSide(work)}
            active={placesOf(assignment)[work.place]?.completion ?? null}
            renderBody={(position) => <CompletionBody {...{ work, actions, position, isAhead }} />}
          />
        </ZoomProvider>
      </div>
      <AnswerBar work={work} actions={actions} hint={hint} />
    </MarkingProvider>
  );
}

type HeadingProps = Pick<InstanceProps, "work" | "isVisit" | "number" | "actions" | "shownGuidelines">;

/** Which instance this is, and what has to be known before it is read. */
function Heading({ work, isVisit, number, actions, shownGuidelines }: HeadingProps) {
  const t = useTranslations("label");
  const { assignment, problem } = work;
  const isEarlier = isRevision(work);
  return (
    <>
      <h1 data-start tabIndex={-1} className="sr-only">
        {isEarlier ? t("visit.earlier") : isVisit ? wordVisit(assignment, t) : t("visit.current", { number })}
      </h1>
      {problem ? <ProblemNotice problem={problem} actions={actions} /> : null}
      {!problem && (isEarlier || isVisit) ? <VisitNotice assignment={assignment} onLeave={actions.leaveVisit} /> : null}
      {assignment.guidelinesVersion > shownGuidelines ? <NewGuidelinesNotice onLeave={actions.leaveText} /> : null}
    </>
  );
}

function wordVisit({ state }: Work["assignment"], t: Translate<"label">): string {
  return state === "skipped" ? t("visit.skippedInstance") : t("visit.before");
}

/** The side that the answer to the current aspect of a comparison prefers. */
function preferredSide({ assignment, answers, place }: Work): 0 | 1 | null {
  const { question, part } = placesOf(assignment)[place] ?? {};
  if (question?.type !== "comparison" || part === undefined) return null;
  const answer = answers[question.id] as AnswerOf<"comparison"> | undefined;
  const given = answer?.[question.aspects[part]!.id];
  return given === undefined ? null : sideOf(choiceIn(given), question.scale);
}
