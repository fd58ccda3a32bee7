import type { Metadata } from "next";
import { pageAccess } from "@/app/(app)/page-access";
import { roleAllows } from "@/lib/auth/access";
import { listDriftingJudges } from "@/lib/judges/report/stored";
import { listJudges } from "@/lib/judges/queries";
import { judgeListQuery } from "@/lib/judges/schema";
import { waitingForJudge } from "@/lib/judges/start-run";
import { Judges } from "./_components/judges";

export const metadata: Metadata = { title: "Judges" };

export default async function JudgesPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const access = await pageAccess("judge:read", slug);
  const [judges, waiting, drifting] = await Promise.all([
    listJudges(access, judgeListQuery.parse({})),
    waitingForJudge(access.projectId),
    listDriftingJudges(access),
  ]);
  return (
    <Judges
      slug={slug}
      firstPage={judges}
      waiting={waiting.hasJudge ? 0 : waiting.instances}
      drifting={drifting}
      canManage={roleAllows(access.role, "judge:manage")}
    />
  );
}
