"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";

import { Field } from "@/app/_components/ui/field";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { TabLinks } from "@/app/_components/ui/tabs";
import type { NoiseMetrics, SuspectList, SuspectView } from "@/lib/reward/noise/schema";
import { describeAnnotator } from "../../../_components/label-words";

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
  return (
    <Section title="Labels to look at again" description={describeNoise(noise)}>
      <TabLinks
        label="Kinds of doubtful labels"
        scroll={false}
        items={[
          { href: path, label: "Suspicious" },
          { href: `${path}&suspects=hardest`, label: "Hardest" },
        ]}
      />
      {list.annotators.length > 1 ? (
        <Field label="Given by" className="max-w-72">
          <NativeSelect
            value={annotator ?? ""}
            onChange={({ target }) => router.replace(addressOf(path, kind, target.value), { scroll: false })}
          >
            <option value="">Anybody</option>
            {list.annotators.map((one) => (
              <option key={one.annotator} value={one.annotator}>
                {describeAnnotator(one)} ({formatNumber(one.labels)})
              </option>
            ))}
          </NativeSelect>
        </Field>
      ) : null}
      {list.items.length === 0 ? (
        <p className="text-muted-foreground">
          {annotator === null ? "There are none." : "There are none by this annotator."}
        </p>
      ) : (
        <SuspectTable slug={slug} kind={kind} items={list.items} />
      )}
      {list.total > list.items.length ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          The first {formatNumber(list.items.length)} of {formatNumber(list.total)}; the API has all.
        </p>
      ) : null}
    </Section>
  );
}

function SuspectTable({ slug, kind, items }: { slug: string; kind: SuspectView["kind"]; items: SuspectView[] }) {
  return (
    <Table label={kind === "suspicious" ? "Suspicious labels" : "Hardest labels"} density="compact">
      <THead>
        <TR>
          <TH>Instance</TH>
          <TH>Label</TH>
          <TH>Given by</TH>
          <TH numeric>Probably wrong</TH>
          <TH numeric>Votes (mean, sd)</TH>
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
            <TD className="whitespace-nowrap">{wordAnswer(target, answer)}</TD>
            <TD className="max-w-64 min-w-32 [overflow-wrap:anywhere]">
              {annotators.map(describeAnnotator).join(", ")}
            </TD>
            <TD numeric>{formatPercent(wrong, undefined, 0)}</TD>
            <TD numeric>
              {mu.toFixed(2)}, {sd.toFixed(2)}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function describeNoise({ pairs, ties, folds, flipRate, suspects, expectedPrecision, skipped }: NoiseMetrics): string {
  if (skipped !== null) return `No votes were taken. ${skipped}`;
  const found =
    expectedPrecision === null
      ? "None is rather wrong than right."
      : `${formatNumber(suspects)} are rather wrong than right, of which ${formatPercent(expectedPrecision, undefined, 0)} are expected to be wrong indeed.`;
  const rate = flipRate === null ? "" : ` About ${formatPercent(flipRate, undefined, 0)} of all labels seem wrong.`;
  const left = ties > 0 ? ` ${formatNumber(ties)} ties have no direction and were not voted on.` : "";
  return `${formatNumber(pairs)} labels of the training and validation part were voted on by ensembles that did not learn from their prompt, in ${folds} folds. ${found}${rate}${left}`;
}

/** "2 over 1": completions counted from 1. */
function wordAnswer(target: string, answer: 0 | 1): string {
  const [first = 0, second = 1] = target.split("-").map(Number);
  return answer === 0 ? `${first + 1} over ${second + 1}` : `${second + 1} over ${first + 1}`;
}

function addressOf(path: string, kind: SuspectView["kind"], annotator: string): string {
  const query = new URLSearchParams();
  if (kind !== "suspicious") query.set("suspects", kind);
  if (annotator !== "") query.set("annotator", annotator);
  return query.size === 0 ? path : `${path}&${query.toString()}`;
}
