"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { Problem } from "./session";
import type { Actions } from "./use-actions";

const titles: Record<Problem["kind"], string> = {
  elsewhere: "Submitted in another tab",
  lost: "Others have taken this place",
  questions: "The questions have changed",
  gone: "This can be stored no more",
  other: "This was not accepted",
};

/** Why a submission came back, and what can be done about it. */
export function ProblemNotice({ problem, actions }: { problem: Problem; actions: Actions }) {
  const goOn = <Button onClick={actions.drop}>Go on without</Button>;
  const buttons: Record<Problem["kind"], ReactNode> = {
    elsewhere: (
      <>
        <Button onClick={actions.revise}>Use these answers as a revision</Button>
        {goOn}
      </>
    ),
    lost: goOn,
    gone: goOn,
    questions: <Button onClick={() => void actions.renew()}>Load the new questions</Button>,
    other: null,
  };
  return (
    <div data-problem className="shrink-0 border-b p-2">
      <Alert tone="danger" title={titles[problem.kind]}>
        <p>{problem.message}</p>
        {buttons[problem.kind] ? <div className="mt-2 flex flex-wrap gap-2">{buttons[problem.kind]}</div> : null}
      </Alert>
    </div>
  );
}

type VisitNoticeProps = { assignment: Pick<AssignmentView, "submitted" | "state">; onLeave: () => void };

/** Says that this is not the current instance. */
export function VisitNotice({ assignment: { submitted, state }, onLeave }: VisitNoticeProps) {
  return (
    <Strip>
      {submitted ? (
        <span>
          You submitted this <RelativeTime value={submitted.submittedAt} />. What you change becomes a revision.
        </span>
      ) : (
        <span>
          {state === "skipped" ? "You skipped this." : "Your time on this ran out."} You can still answer it while
          others have not.
        </span>
      )}
      <Button variant="link" size="sm" onClick={onLeave}>
        Back to the current one
      </Button>
    </Strip>
  );
}

/** Says that the guidelines were changed since the page was loaded. */
export function NewGuidelinesNotice() {
  const router = useRouter();
  return (
    <Strip>
      <span>The guidelines of this project have changed.</span>
      <Button variant="link" size="sm" onClick={() => router.refresh()}>
        Load the new ones
      </Button>
    </Strip>
  );
}

/** One line above the texts. */
export function Strip({ children }: { children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 border-b bg-tone-indigo-soft px-3 py-1.5 text-[0.8125rem] text-tone-indigo-ink sm:px-4">
      {children}
    </div>
  );
}
