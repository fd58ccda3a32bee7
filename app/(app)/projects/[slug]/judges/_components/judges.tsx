"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
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
  const t = useTranslations("judges");
  const judges = useInfiniteQuery(listQuery<JudgeView>(`/api/v1/projects/${slug}/judges`, firstPage));
  const isEmpty = judges.data?.length === 0;
  const add = canManage ? (
    <Button asChild variant="primary">
      <Link href={`/projects/${slug}/judges/new`}>{t("common.add")}</Link>
    </Button>
  ) : null;
  return (
    <Page>
      <PageHeader
        title={t("common.judges")}
        purpose={t("list.purpose")}
        actions={
          <>
            <Button asChild>
              <Link href={`/projects/${slug}/judges/imported`}>{t("common.imported")}</Link>
            </Button>
            {isEmpty ? null : add}
          </>
        }
      />
      {waiting > 0 && judges.data?.every((judge) => !judge.isEnabled || lacksModel(judge)) ? (
        <Alert tone="warning" title={t("list.waiting", { count: waiting })}>
          {judges.data.some(({ isEnabled }) => isEnabled)
            ? t("list.waitingForModel", { count: waiting })
            : t(canManage ? "list.noneOnAdd" : "list.noneOnAsk", { count: waiting })}
        </Alert>
      ) : null}
      <JudgeWarnings slug={slug} judges={judges.data ?? []} drifting={rest.drifting} stopped={rest.stopped} />
      {isEmpty ? (
        <EmptyState icon={<Scale />} title={t("list.empty")} action={add}>
          {t("list.emptyHelp")}
        </EmptyState>
      ) : (
        <JudgeTable slug={slug} judges={judges.data ?? []} canManage={canManage} {...rest} />
      )}
      <ShowMore query={judges} />
    </Page>
  );
}
