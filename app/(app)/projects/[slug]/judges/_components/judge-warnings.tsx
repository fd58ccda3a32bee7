import { useTranslations } from "next-intl";
import Link from "next/link";

import { Alert } from "@/app/_components/ui/alert";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { DriftingJudge } from "@/lib/judges/report/schema";
import type { JudgeView } from "@/lib/judges/schema";
import { joinSentences } from "./join-words";
import { wordNextTry } from "./next-try";
import { wordDrift } from "./report/report-words";

/** A judge whose newest run left instances behind, also because a cap on money was reached. */
export type StoppedView = { judgeId: string; error: string; atCap: boolean; nextTryAt: string | null };

type JudgeWarningsProps = { slug: string; judges: JudgeView[]; drifting: DriftingJudge[]; stopped: StoppedView[] };

/** What is wrong with judges: those that stopped, and those that answer otherwise than they used to. */
export function JudgeWarnings({ slug, judges, drifting, stopped }: JudgeWarningsProps) {
  const t = useTranslations("judges.list");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  return judges.map(({ id, name }) => {
    const stop = stopped.find(({ judgeId }) => judgeId === id);
    const drift = drifting.find(({ judgeId }) => judgeId === id);
    return (
      <div key={id} className="contents">
        {stop ? (
          <Alert tone="warning" title={t("stopped", { name })}>
            {joinSentences([stop.error, wordNextTry(stop, words)], words)}
          </Alert>
        ) : null}
        {drift ? (
          <Alert tone="warning" title={t("drifts", { name })}>
            {joinSentences(
              drift.measures.map((measure) => wordDrift(measure, numbers, words)),
              words,
            )}{" "}
            <Link href={`/projects/${slug}/judges/${id}`} className="underline underline-offset-2">
              {t("seeReport")}
            </Link>
          </Alert>
        ) : null}
      </div>
    );
  });
}
