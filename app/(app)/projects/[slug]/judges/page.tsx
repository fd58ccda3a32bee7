import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { readCurrency, readQuestions } from "@/lib/judges/form-facts";
import { listDriftingJudges, listJudgeHeadlines } from "@/lib/judges/report/stored";
import { listJudges } from "@/lib/judges/queries";
import { judgeListQuery } from "@/lib/judges/schema";
import { waitingForJudge } from "@/lib/judges/start-run";
import { findStopped } from "@/lib/judges/stopped";
import { Judges } from "./_components/judges";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.common");
  return { title: t("judges") };
}

export default async function JudgesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("judge:read", slug);
  const [judges, waiting, drifting, headlines, stopped, questions, currency] = await Promise.all([
    listJudges(access, judgeListQuery.parse({})),
    waitingForJudge(access.projectId),
    listDriftingJudges(access),
    listJudgeHeadlines(access),
    findStopped(access.projectId),
    readQuestions(access),
    readCurrency(access),
  ]);
  return (
    <Judges
      slug={slug}
      firstPage={judges}
      waiting={waiting.hasJudge ? 0 : waiting.instances}
      drifting={drifting}
      headlines={headlines}
      stopped={stopped.map(({ judgeId, error, atCap, nextTryAt }) => ({
        ...{ judgeId, error, atCap },
        nextTryAt: nextTryAt?.toISOString() ?? null,
      }))}
      questions={questions}
      currency={currency}
      canManage={roleAllows(access.role, "judge:manage")}
    />
  );
}
