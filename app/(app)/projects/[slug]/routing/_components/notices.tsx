import { useTranslations } from "next-intl";
import Link from "next/link";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import type { RoutingView } from "@/lib/routing/schema";
import { NextTryNote } from "../../judges/_components/next-try-note";

type NoticesProps = { slug: string; routing: RoutingView; canManage: boolean };

/** What keeps the policy from doing what it says. */
export function Notices({ slug, routing, canManage }: NoticesProps) {
  const t = useTranslations("routing.notices");
  const { waiting, stopped, current, model, gains, open } = routing;
  const isByScore = current.policy.kind === "uncertainty";
  return (
    <>
      {waiting.instances > 0 && !waiting.hasJudge ? (
        <Waiting slug={slug} routing={routing} canManage={canManage} />
      ) : null}
      {stopped.map(({ judgeId, name, error, ...stop }) => (
        <Alert key={judgeId} tone="warning" title={t("stopped", { name })}>
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <span className="min-w-0 wrap-anywhere">
              {error} <NextTryNote {...stop} />
            </span>
            <Button asChild size="sm">
              <Link href={`/projects/${slug}/judges/${judgeId}`}>{t("openJudge")}</Link>
            </Button>
          </div>
        </Alert>
      ))}
      {isByScore && model === null ? (
        <Alert tone="info" title={t("noModel")}>
          {t("noModelWhy")}
        </Alert>
      ) : null}
      {isByScore && model !== null && model.scored < open ? (
        <Alert tone="info" title={t("unscored", { missing: open - model.scored, open, version: model.version })}>
          {t("unscoredWhy")}
        </Alert>
      ) : null}
      {gains && !gains.hasPrice ? <Unpriced slug={slug} /> : null}
      {gains && gains.hasPrice && gains.measured < open ? (
        <Alert tone="info" title={t("unmeasured", { missing: open - gains.measured, open })}>
          {t("unmeasuredWhy")}
        </Alert>
      ) : null}
    </>
  );
}

/** Why a policy by gain per cost has nothing to go by, and where that is changed. */
function Unpriced({ slug }: { slug: string }) {
  const t = useTranslations("routing.notices");
  return (
    <Alert tone="warning" title={t("unpriced")}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>{t("unpricedWhy")}</span>
        <Button asChild size="sm">
          <Link href={`/projects/${slug}/spending`}>{t("openSpending")}</Link>
        </Button>
      </div>
    </Alert>
  );
}

/** Why instances wait for an AI that will not come, and where that is changed. */
function Waiting({ slug, routing: { waiting }, canManage }: NoticesProps) {
  const t = useTranslations("routing.notices");
  const { instances } = waiting;
  return (
    <Alert tone="warning" title={t("waiting", { instances })}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {t("waitingWhy", { instances })}
          {canManage ? "" : ` ${t("askAdmin")}`}
        </span>
        {canManage ? (
          <Button asChild size="sm">
            <Link href={`/projects/${slug}/judges`}>{t("openJudges")}</Link>
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
