"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { Translate } from "@/app/i18n/translate";
import type { JudgeReport, VerdictList } from "@/lib/judges/schema";
import type { Question } from "@/lib/projects/schema";
import { JudgeSwitch } from "../../_components/judge-switch";
import { reportKey, reportQuery } from "../../_components/report-query";
import { JudgeAgreement } from "../../_components/report/judge-agreement";
import { namesOf } from "../../_components/question-names";
import { lacksModel, modelOf } from "../../_components/words";
import { Attacks } from "./attacks";
import { CurrentConfig } from "./current-config";
import { DoneByQuestion } from "./done-by-question";
import { Forecast } from "./forecast";
import { InvalidAnswers } from "./invalid-answers";
import { JudgeRuns } from "./judge-runs";
import { Tagging } from "./tagging";
import { VersionChanges } from "./version-changes";
import { Versions } from "./versions";

/** While a run is under way the figures follow it. */
const followMs = 2_000;

type JudgeProps = {
  slug: string;
  report: JudgeReport;
  invalid: VerdictList;
  /** Those of the project's task schema. */
  questions: Question[];
  currency: string;
  canRun: boolean;
  canManage: boolean;
};

/** One judge: what it is, what it has done in each version, and what of it could not be read. */
export function Judge({ slug, report: firstReport, invalid, questions, currency, canRun, canManage }: JudgeProps) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const [endedRun, setEndedRun] = useState<string | null>(null);
  const { data } = useQuery({
    ...reportQuery(slug, firstReport.judge.id, firstReport),
    refetchInterval: ({ state }) => (state.data && newestOf(state.data) !== endedRun ? followMs : false),
  });
  const { judge, versions, pending, runs } = data;
  const names = namesOf(questions);
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: reportKey(slug, judge.id) }),
      refreshList(client, `/api/v1/projects/${slug}/judges/${judge.id}/verdicts`),
    ]);
  return (
    <Page>
      <PageHeader
        title={judge.name}
        purpose={t("page.purpose", {
          model: modelOf(judge.config, words),
          version: judge.version,
          pending: wordPending(judge, pending, t),
        })}
        breadcrumb={[{ href: `/projects/${slug}/judges`, label: t("common.judges") }]}
        actions={
          <>
            {canRun ? (
              <RunButton
                slug={slug}
                judgeId={judge.id}
                canStart={pending > 0 && !lacksModel(judge)}
                onStarted={() => void refresh()}
              />
            ) : null}
            {canManage ? (
              <Button asChild>
                <Link href={`/projects/${slug}/judges/${judge.id}/edit`}>{t("common.edit")}</Link>
              </Button>
            ) : null}
            {canManage && judge.verdicts === 0 ? (
              <DeleteButton slug={slug} judgeId={judge.id} name={judge.name} />
            ) : null}
          </>
        }
      />
      {canManage ? (
        <div className="flex items-center gap-2.5">
          <JudgeSwitch slug={slug} judge={judge} />
          <span aria-hidden>{t("common.labelsRouted")}</span>
        </div>
      ) : judge.isEnabled ? null : (
        <Alert tone="info">{t("page.isOff")}</Alert>
      )}
      {canRun && judge.kind === "lm" && pending > 0 ? <Forecast slug={slug} judge={judge} after={endedRun} /> : null}
      <JudgeRuns
        slug={slug}
        runs={runs}
        currency={currency}
        onDone={(runId) => {
          setEndedRun(runId);
          void refresh();
        }}
      />
      <DoneByQuestion version={judge.version} questions={data.questions} currency={currency} />
      <Versions versions={versions} currency={currency} />
      <VersionChanges versions={versions} questions={names} />
      {judge.kind === "lm" ? (
        <JudgeAgreement slug={slug} judgeId={judge.id} version={judge.version} currency={currency} />
      ) : null}
      <Attacks slug={slug} judge={judge} canRun={canRun} />
      {judge.kind === "lm" ? <Tagging slug={slug} judge={judge} canRun={canRun} /> : null}
      {judge.kind === "lm" ? (
        <InvalidAnswers slug={slug} judgeId={judge.id} firstPage={invalid} hasAnswered={judge.verdicts > 0} />
      ) : null}
      <CurrentConfig judge={judge} questions={names} />
    </Page>
  );
}

function newestOf({ runs }: JudgeReport): string | null {
  return runs[0]?.id ?? null;
}

function wordPending(judge: JudgeReport["judge"], pending: number, t: Translate<"judges">): string {
  if (lacksModel(judge)) return t("page.waitsForModel");
  return pending === 0 ? t("page.allJudged") : t("page.pending", { count: pending });
}

type RunButtonProps = { slug: string; judgeId: string; canStart: boolean; onStarted: () => void };

function RunButton({ slug, judgeId, canStart, onStarted }: RunButtonProps) {
  const t = useTranslations("judges.page");
  const start = useMutation({
    mutationFn: () => api<{ id: string }>("POST", `/api/v1/projects/${slug}/judges/${judgeId}/run`, {}),
    onSuccess: onStarted,
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button variant="primary" disabled={!canStart} pending={start.isPending} onClick={() => start.mutate()}>
      {t("run")}
    </Button>
  );
}

function DeleteButton({ slug, judgeId, name }: { slug: string; judgeId: string; name: string }) {
  const t = useTranslations("judges.page");
  const router = useRouter();
  const client = useQueryClient();
  return (
    <ConfirmDialog
      trigger={<Button>{t("delete")}</Button>}
      danger
      title={t("deleteTitle", { name })}
      description={t("deleteText")}
      confirmLabel={t("deleteJudge")}
      onConfirm={async () => {
        await api("DELETE", `/api/v1/projects/${slug}/judges/${judgeId}`);
        await refreshList(client, `/api/v1/projects/${slug}/judges`);
        router.push(`/projects/${slug}/judges`);
        router.refresh();
      }}
    />
  );
}
