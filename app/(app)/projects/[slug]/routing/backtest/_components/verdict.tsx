import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import type { Translate } from "@/app/i18n/translate";
import type { FitReport } from "@/lib/routing/fits/schema";
import type { FitVerdict } from "@/lib/routing/learn/schema";

const keys = {
  trusted: "trusted",
  "too few": "tooFew",
  unsystematic: "unsystematic",
  "no better than the share": "noBetter",
} as const satisfies Record<FitVerdict["kind"], string>;

/** Whether what was learned may decide, before any figure of it. */
export function Verdict({ report }: { report: FitReport }) {
  const t = useTranslations("routing.verdict");
  const { learned, reason } = report;
  if (!learned) {
    return (
      <Alert tone="warning" title={t("nothing")}>
        {reason} {t("noLearned")}
      </Alert>
    );
  }
  const { kind, sentence } = learned.verdict;
  if (kind === "trusted") {
    return (
      <Alert tone="success" title={t("titles.trusted")}>
        {sentence}
      </Alert>
    );
  }
  return (
    <Alert tone="warning" title={t(`titles.${keys[kind]}`)}>
      {sentence} {t("notApplicable")}
    </Alert>
  );
}

/** The verdict in one or two words, for a list. */
export function wordVerdict({ learned }: FitReport, t: Translate<"routing.verdict">): string {
  return t(`short.${learned === null ? "nothing" : keys[learned.verdict.kind]}`);
}

export function isTrusted({ learned }: FitReport): boolean {
  return learned?.verdict.kind === "trusted";
}
