"use client";

import { useTranslations } from "next-intl";
import { useInfiniteQuery } from "@tanstack/react-query";

import { listQuery } from "@/app/_components/list-query";
import { ShowMore } from "@/app/_components/show-more";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { Translate } from "@/app/i18n/translate";
import type { PolicyList, PolicyView } from "@/lib/routing/schema";
import { GoBackButton } from "./go-back-button";

type Words = Translate<"routing.history">;
type PolicyHistoryProps = { slug: string; firstPage: PolicyList; current: number; canManage: boolean };

/** Every version of the policy, newest first, with the means to go back to it. */
export function PolicyHistory({ slug, firstPage, current, canManage }: PolicyHistoryProps) {
  const t = useTranslations("routing.history");
  const policies = useInfiniteQuery(listQuery<PolicyView>(`/api/v1/projects/${slug}/routing/policies`, firstPage));
  return (
    <Section title={t("title")}>
      <ol className="grid" aria-label={t("title")}>
        {policies.data?.map((view) => (
          <li
            key={view.version}
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-2.5 first:border-t"
          >
            <div className="grid min-w-0 gap-0.5">
              <p>
                <span className="font-medium">{t("policy", { version: view.version })}</span>{" "}
                <span className="text-muted-foreground">
                  {t.rich("origin", {
                    origin: originOf(view),
                    who: view.createdBy ?? "",
                    time: () => <RelativeTime value={view.createdAt} />,
                  })}
                </span>
              </p>
              <p className="max-w-[90ch] text-muted-foreground">
                {view.cause} {view.sentence}{" "}
                {t("weightAndSeed", { weight: view.policy.lmWeight, seed: view.policy.seed })} {wordCut(view, t)}
              </p>
            </div>
            {canManage && view.version !== current ? <GoBackButton slug={slug} view={view} current={current} /> : null}
          </li>
        ))}
      </ol>
      <ShowMore query={policies} />
    </Section>
  );
}

function originOf({ version, createdBy, cause }: PolicyView): string {
  if (version === 1) return "first";
  if (createdBy !== null) return "person";
  return cause === null ? "commandLine" : "itself";
}

/** What a policy goes by besides what its sentence says. */
function wordCut({ policy }: PolicyView, t: Words): string {
  const fit = "fitVersion" in policy ? [t("fit", { version: policy.fitVersion })] : [];
  if ("cuts" in policy) return [...fit, ...policy.cuts.map((cut) => wordJudgeCut(cut, t))].join(" ");
  if (!("threshold" in policy)) return "";
  if (policy.threshold === null) return [...fit, t("unscored")].join(" ");
  const cut = policy.threshold.score.toPrecision(3);
  return policy.kind === "uncertainty"
    ? t("disagreementCut", { cut, model: policy.modelVersion ?? 0 })
    : [...fit, t("gainCut", { cut })].join(" ");
}

function wordJudgeCut({ judge, confidence }: { judge: string; confidence: number | null }, t: Words): string {
  const version = /@(\d+)$/.exec(judge)?.[1];
  const who = version === undefined ? judge : t("judge", { version });
  return confidence === null ? t("keepsNothing", { who }) : t("keeps", { who, confidence: confidence.toPrecision(3) });
}
