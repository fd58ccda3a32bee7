"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";

import { Field } from "@/app/_components/ui/field";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { TabLinks } from "@/app/_components/ui/tabs";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { NoiseMetrics, SuspectList, SuspectView } from "@/lib/reward/noise/schema";
import { wordAnnotator, wordComparison, type AnswerWords } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { joinSentences } from "../../_components/words";

type SuspectsProps = {
  slug: string;
  modelId: string;
  noise: NoiseMetrics;
  list: SuspectList;
  kind: SuspectView["kind"];
  /** Whose labels alone are listed. */
  annotator: string | null;
};

/** Labels worth a second look: those that models which did not learn from them vote against, and those they cannot decide. */
export function Suspects({ slug, modelId, noise, list, kind, annotator }: SuspectsProps) {
  const path = `/projects/${slug}/reward-models/${modelId}?tab=labels`;
  const router = useRouter();
  const t = useTranslations("rewardModels");
  const names = useTranslations("projects.labels");
  const numbers = useNumbers();
  return (
    <Section title={t("suspects.title")} description={describeNoise(noise, numbers, t)}>
      <TabLinks
        label={t("suspects.kinds")}
        scroll={false}
        items={[
          { href: path, label: t("suspects.suspicious") },
          { href: `${path}&suspects=hardest`, label: t("suspects.hardest") },
        ]}
      />
      {list.annotators.length > 1 ? (
        <Field label={t("suspects.givenBy")} className="max-w-72">
          <NativeSelect
            value={annotator ?? ""}
            onChange={({ target }) => router.replace(addressOf(path, kind, target.value), { scroll: false })}
          >
            <option value="">{t("suspects.anybody")}</option>
            {list.annotators.map((one) => (
              <option key={one.annotator} value={one.annotator}>
                {t("suspects.annotatorLabels", {
                  annotator: wordAnnotator(one, names),
                  labels: numbers.number(one.labels),
                })}
              </option>
            ))}
          </NativeSelect>
        </Field>
      ) : null}
      {list.items.length === 0 ? (
        <p className="text-muted-foreground">
          {annotator === null ? t("suspects.none") : t("suspects.noneByAnnotator")}
        </p>
      ) : (
        <SuspectTable slug={slug} kind={kind} items={list.items} />
      )}
      {list.total > list.items.length ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("suspects.first", { shown: numbers.number(list.items.length), total: numbers.number(list.total) })}
        </p>
      ) : null}
    </Section>
  );
}

function SuspectTable({ slug, kind, items }: { slug: string; kind: SuspectView["kind"]; items: SuspectView[] }) {
  const t = useTranslations("rewardModels");
  const words = useAnswerWords();
  const numbers = useNumbers();
  return (
    <Table
      label={kind === "suspicious" ? t("suspects.suspiciousLabels") : t("suspects.hardestLabels")}
      density="compact"
    >
      <THead>
        <TR>
          <TH>{t("suspects.instance")}</TH>
          <TH>{t("suspects.label")}</TH>
          <TH>{t("suspects.givenBy")}</TH>
          <TH numeric>{t("suspects.wrong")}</TH>
          <TH numeric>{t("suspects.votes")}</TH>
        </TR>
      </THead>
      <TBody>
        {items.map(({ rank, instanceId, outsideId, target, answer, wrong, mu, sd, annotators }) => (
          <TR key={rank}>
            <TD className="max-w-64 min-w-32 [overflow-wrap:anywhere]">
              <Link href={`/projects/${slug}/instances/${instanceId}`} className="font-medium hover:underline">
                {outsideId}
              </Link>
            </TD>
            <TD className="whitespace-nowrap">{wordDirection(target, answer, words)}</TD>
            <TD className="max-w-64 min-w-32 [overflow-wrap:anywhere]">
              {annotators.map((one) => wordAnnotator(one, words.t)).join(t("words.comma"))}
            </TD>
            <TD numeric>{numbers.percent(wrong, undefined, 0)}</TD>
            <TD numeric>
              {numbers.fixed(mu, 2)}, {numbers.fixed(sd, 2)}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function describeNoise(noise: NoiseMetrics, numbers: Numbers, t: Translate<"rewardModels">): string {
  const { pairs, ties, folds, flipRate, suspects, expectedPrecision, skipped } = noise;
  if (skipped !== null) return t("suspects.skipped", { reason: skipped });
  const whole = (share: number) => numbers.percent(share, undefined, 0);
  return joinSentences(
    [
      t("suspects.voted", { pairs: numbers.number(pairs), folds }),
      expectedPrecision === null
        ? t("suspects.noneWrong")
        : t("suspects.someWrong", { suspects: numbers.number(suspects), precision: whole(expectedPrecision) }),
      ...(flipRate === null ? [] : [t("suspects.rate", { rate: whole(flipRate) })]),
      ...(ties > 0 ? [t("suspects.ties", { ties: numbers.number(ties) })] : []),
    ],
    t,
  );
}

/** The direction of a label alone, as its votes have no strength; the list has no ids of completions. */
function wordDirection(target: string, preferred: 0 | 1, words: AnswerWords): string {
  const pair = target.split("-").map(Number) as [number, number];
  const payload = { pair, preferred, bothBad: false, strength: 1, scale: 3 as const };
  return wordComparison(payload, { ids: [], question: undefined }, words);
}

function addressOf(path: string, kind: SuspectView["kind"], annotator: string): string {
  const query = new URLSearchParams();
  if (kind !== "suspicious") query.set("suspects", kind);
  if (annotator !== "") query.set("annotator", annotator);
  return query.size === 0 ? path : `${path}&${query.toString()}`;
}
