import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { FitView } from "@/lib/routing/fits/schema";
import { Facts } from "../../../reward-models/_components/model-facts";

/** What a fit saw, so that its figures can be judged. */
export function FitFacts({ fit }: { fit: FitView }) {
  const t = useTranslations("routing.fitFacts");
  const tCauses = useTranslations("routing.causes");
  const { percent } = useNumbers();
  const { data, learned, backtest } = fit.report;
  const { judgeAccuracy, humanAccuracy } = data;
  const facts: [string, ReactNode][] = [
    [t("made"), t.rich("madeAt", { time: () => <RelativeTime value={fit.createdAt} />, cause: tCauses(fit.cause) })],
    [t("compared"), `${data.question}, ${data.aspect}`],
    [t("labelled"), t("labelledBoth", { pairs: data.pairs, prompts: data.prompts, drawn: data.drawn })],
    [t("leftOut"), t("undecided", { undecided: data.undecided, withoutText: data.withoutText })],
    [t("judgeRight"), percent(judgeAccuracy.value, judgeAccuracy.interval ?? undefined)],
    [
      t("personRight"),
      humanAccuracy === null ? t("oneLabelEach") : percent(humanAccuracy.value, humanAccuracy.interval ?? undefined),
    ],
    [t("judges"), data.judges.map(({ name, labels }) => t("judge", { name, labels })).join(", ")],
    [t("withTags"), t("pairs", { count: data.tagged })],
    [t("encoder"), data.encoder],
    [t("model"), data.modelVersion === null ? t("none") : t("version", { version: data.modelVersion })],
    [t("over"), t("seeds", { count: backtest.seeds })],
    [t("seed"), learned === null ? t("notAvailable") : String(learned.seed)],
  ];
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid grid-cols-1 gap-x-10 gap-y-1.5 lg:grid-cols-2">
        <Facts facts={facts.slice(0, 6)} />
        <Facts facts={facts.slice(6)} />
      </div>
    </Section>
  );
}
