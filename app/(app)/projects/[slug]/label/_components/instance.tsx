"use client";

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

type InstanceProps = {
  work: Work;
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
  const { work, isVisit, actions, number, hint, shownGuidelines, isComparing, onCompare } = props;
  const { assignment, problem } = work;
  const isEarlier = isRevision(work);
  return (
    <MarkingProvider work={work} actions={actions}>
      <h1 data-start tabIndex={-1} className="sr-only">
        {isEarlier ? "Earlier submission" : isVisit ? wordVisit(assignment) : `Instance ${number} today`}
      </h1>
      {problem ? <ProblemNotice problem={problem} actions={actions} /> : null}
      {!problem && (isEarlier || isVisit) ? <VisitNotice assignment={assignment} onLeave={actions.leaveVisit} /> : null}
      {assignment.guidelinesVersion > shownGuidelines ? <NewGuidelinesNotice /> : null}
      <div className="flex min-h-0 flex-1 flex-col max-md:block max-md:overflow-y-auto" data-texts>
        <ZoomProvider completions={assignment.completions}>
          <PromptPane {...{ work, actions }} />
          <Completions
            {...{ assignment, isComparing, onCompare }}
            preferred={preferredSide(work)}
            active={placesOf(assignment)[work.place]?.completion ?? null}
            renderBody={(position) => <CompletionBody {...{ work, actions, position }} />}
          />
        </ZoomProvider>
      </div>
      <AnswerBar work={work} actions={actions} hint={hint} />
    </MarkingProvider>
  );
}

function wordVisit({ state }: Work["assignment"]): string {
  return state === "skipped" ? "Skipped instance" : "Instance from before";
}

/** The side that the answer to the current aspect of a comparison prefers. */
function preferredSide({ assignment, answers, place }: Work): 0 | 1 | null {
  const { question, part } = placesOf(assignment)[place] ?? {};
  if (question?.type !== "comparison" || part === undefined) return null;
  const answer = answers[question.id] as AnswerOf<"comparison"> | undefined;
  const choice = answer?.[question.aspects[part]!.id];
  const middle = (question.scale + 1) / 2;
  if (typeof choice !== "number" || choice === middle) return null;
  return choice < middle ? 0 : 1;
}
