import Link from "next/link";

import { Alert } from "@/app/_components/ui/alert";
import type { DriftingJudge } from "@/lib/judges/report/schema";
import type { JudgeView } from "@/lib/judges/schema";
import { wordNextTry } from "./next-try";
import { wordDrift } from "./report/report-words";

/** A judge whose newest run left instances behind, also because a cap on money was reached. */
export type StoppedView = { judgeId: string; error: string; atCap: boolean; nextTryAt: string | null };

type JudgeWarningsProps = { slug: string; judges: JudgeView[]; drifting: DriftingJudge[]; stopped: StoppedView[] };

/** What is wrong with judges: those that stopped, and those that answer otherwise than they used to. */
export function JudgeWarnings({ slug, judges, drifting, stopped }: JudgeWarningsProps) {
  return judges.map(({ id, name }) => {
    const stop = stopped.find(({ judgeId }) => judgeId === id);
    const drift = drifting.find(({ judgeId }) => judgeId === id);
    return (
      <div key={id} className="contents">
        {stop ? (
          <Alert tone="warning" title={`${name} stopped`}>
            {stop.error} {wordNextTry(stop)}
          </Alert>
        ) : null}
        {drift ? (
          <Alert tone="warning" title={`${name} answers otherwise than it used to`}>
            {drift.measures.map(wordDrift).join(" ")}{" "}
            <Link href={`/projects/${slug}/judges/${id}`} className="underline underline-offset-2">
              See its report
            </Link>
          </Alert>
        ) : null}
      </div>
    );
  });
}
