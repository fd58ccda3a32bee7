"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import Link from "next/link";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { JudgeList, JudgeView } from "@/lib/judges/schema";
import type { DriftingJudge, JudgeHeadline } from "@/lib/judges/report/schema";
import type { Question } from "@/lib/projects/schema";
import { JudgeTable } from "./judge-table";
import { JudgeWarnings, type StoppedView } from "./judge-warnings";
import { lacksModel } from "./words";

type JudgesProps = {
  slug: string;
  firstPage: JudgeList;
  /** Instances routed to AI while no judge is switched on. */
  waiting: number;
  drifting: DriftingJudge[];
  headlines: JudgeHeadline[];
  stopped: StoppedView[];
  /** Those of the project's task schema. */
  questions: Question[];
  currency: string;
  canManage: boolean;
};

/** A project's judges and what each has done. */
export function Judges({ slug, firstPage, waiting, canManage, ...rest }: JudgesProps) {
  const judges = useInfiniteQuery(listQuery<JudgeView>(`/api/v1/projects/${slug}/judges`, firstPage));
  const isEmpty = judges.data?.length === 0;
  const add = canManage ? (
    <Button asChild variant="primary">
      <Link href={`/projects/${slug}/judges/new`}>Add judge</Link>
    </Button>
  ) : null;
  return (
    <Page>
      <PageHeader
        title="Judges"
        purpose="Models that label what is routed to AI: language models, and the reward model of this project. What is compared is shown in both orders; where they disagree it counts as a tie."
        actions={
          <>
            <Button asChild>
              <Link href={`/projects/${slug}/judges/imported`}>Imported AI annotators</Link>
            </Button>
            {isEmpty ? null : add}
          </>
        }
      />
      {waiting > 0 && judges.data?.every((judge) => !judge.isEnabled || lacksModel(judge)) ? (
        <Alert
          tone="warning"
          title={
            waiting === 1 ? "One instance waits for a judge" : `${formatNumber(waiting)} instances wait for a judge`
          }
        >
          {judges.data.some(({ isEnabled }) => isEnabled)
            ? `${waiting === 1 ? "It is" : "They are"} routed to AI, where the reward model is to answer, and no version of it is promoted yet.`
            : `${waiting === 1 ? "It is" : "They are"} routed to AI, and no judge is switched on. ${canManage ? "Add one or switch one on." : "Ask an admin of the project to add one."}`}
        </Alert>
      ) : null}
      <JudgeWarnings slug={slug} judges={judges.data ?? []} drifting={rest.drifting} stopped={rest.stopped} />
      {isEmpty ? (
        <EmptyState icon={<Scale />} title="There is no judge yet" action={add}>
          A judge is a model of a provider or of a server of your own, with a rubric and a price, which can be tried on
          instances before it is saved; or it is the promoted reward model of this project.
        </EmptyState>
      ) : (
        <JudgeTable slug={slug} judges={judges.data ?? []} canManage={canManage} {...rest} />
      )}
      <ShowMore query={judges} />
    </Page>
  );
}
