"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import Link from "next/link";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Alert } from "@/app/_components/ui/alert";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatMoney, formatNumber } from "@/app/_components/ui/number";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { JudgeList, JudgeView } from "@/lib/judges/schema";
import type { DriftingJudge } from "@/lib/judges/report/schema";
import { JudgeSwitch } from "./judge-switch";
import { wordDrift } from "./report/report-words";
import { lacksModel, modelOf } from "./words";

type JudgesProps = {
  slug: string;
  firstPage: JudgeList;
  /** Instances routed to AI while no judge is switched on. */
  waiting: number;
  drifting: DriftingJudge[];
  canManage: boolean;
};

/** A project's judges and what each has done. */
export function Judges({ slug, firstPage, waiting, drifting, canManage }: JudgesProps) {
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
        purpose="Models that label what is routed to AI: language models, and the reward model of this project. Each compares two completions in both orders; what the orders disagree on counts as a tie."
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
        <Alert tone="warning" title={`${formatNumber(waiting)} instances wait for a judge`}>
          {judges.data.some(({ isEnabled }) => isEnabled)
            ? "They are routed to AI, where the reward model is to answer, and no version of it is promoted yet."
            : `They are routed to AI, and no judge is switched on. ${canManage ? "Add one or switch one on." : "Ask an admin of the project to add one."}`}
        </Alert>
      ) : null}
      {judges.data?.flatMap(({ id, name }) => {
        const drift = drifting.find(({ judgeId }) => judgeId === id);
        return drift ? (
          <Alert key={id} tone="warning" title={`${name} answers otherwise than it used to`}>
            {drift.measures.map(wordDrift).join(" ")}{" "}
            <Link href={`/projects/${slug}/judges/${id}`} className="underline underline-offset-2">
              See its report
            </Link>
          </Alert>
        ) : (
          []
        );
      })}
      {isEmpty ? (
        <EmptyState icon={<Scale />} title="There is no judge yet" action={add}>
          A judge is a model behind an OpenAI-compatible address, with a rubric and a price, which can be tried on an
          instance before it is saved; or it is the promoted reward model of this project.
        </EmptyState>
      ) : (
        <JudgeTable slug={slug} judges={judges.data ?? []} canManage={canManage} />
      )}
      <ShowMore query={judges} />
    </Page>
  );
}

function JudgeTable({ slug, judges, canManage }: { slug: string; judges: JudgeView[]; canManage: boolean }) {
  return (
    <Table label="Judges" stickyHead={false}>
      <THead>
        <TR>
          <TH>Judge</TH>
          <TH>Model</TH>
          <TH>Labels what is routed to AI</TH>
          <TH numeric>Labels</TH>
          <TH numeric>Verdicts</TH>
          <TH numeric>Cost</TH>
        </TR>
      </THead>
      <TBody>
        {judges.map((judge) => (
          <TR key={judge.id}>
            <TD>
              <Link
                href={`/projects/${slug}/judges/${judge.id}`}
                className="font-medium [overflow-wrap:anywhere] hover:underline"
              >
                {judge.name}
              </Link>{" "}
              <Badge variant="outline">Version {judge.version}</Badge>
            </TD>
            <TD>
              <div className="[overflow-wrap:anywhere]">{modelOf(judge.config)}</div>
              <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{sourceOf(judge)}</div>
            </TD>
            <TD>
              {canManage ? (
                <JudgeSwitch slug={slug} judge={judge} />
              ) : (
                <Badge variant={judge.isEnabled ? "amber" : "neutral"}>{judge.isEnabled ? "On" : "Off"}</Badge>
              )}
            </TD>
            <TD numeric>{formatNumber(judge.labels)}</TD>
            <TD numeric>{formatNumber(judge.verdicts)}</TD>
            <TD numeric>{formatMoney(judge.costMicros)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function sourceOf(judge: JudgeView): string {
  if (judge.kind === "lm") return judge.config.baseUrl;
  return lacksModel(judge) ? "No version is promoted yet" : "Of this project";
}
