import type { ReactNode } from "react";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { FitView } from "@/lib/routing/fits/schema";
import { Facts } from "../../../reward-models/_components/model-facts";
import { wordCause } from "./fit-words";

/** What a fit saw, so that its figures can be judged. */
export function FitFacts({ fit }: { fit: FitView }) {
  const { data, learned, backtest } = fit.report;
  const { judgeAccuracy, humanAccuracy } = data;
  const facts: [string, ReactNode][] = [
    [
      "Made",
      <>
        <RelativeTime value={fit.createdAt} />, {wordCause(fit.cause)}
      </>,
    ],
    ["Compared", `${data.question}, ${data.aspect}`],
    [
      "Labelled by people and AI",
      `${formatNumber(data.pairs)} pairs of ${formatNumber(data.prompts)} prompts; ${formatNumber(data.drawn)} drawn at random for both`,
    ],
    [
      "Left out",
      `${formatNumber(data.undecided)} where people are undecided, ${formatNumber(data.withoutText)} without a text`,
    ],
    ["Judge right", formatPercent(judgeAccuracy.value, judgeAccuracy.interval ?? undefined)],
    [
      "One more person right",
      humanAccuracy === null
        ? "not known: one label each"
        : formatPercent(humanAccuracy.value, humanAccuracy.interval ?? undefined),
    ],
    ["Judges", data.judges.map(({ name, labels }) => `${name} (${formatNumber(labels)})`).join(", ")],
    ["With tags", `${formatNumber(data.tagged)} pairs`],
    ["Texts by", data.encoder],
    ["Reward model", data.modelVersion === null ? "none" : `version ${data.modelVersion}`],
    ["Compared over", `${formatNumber(backtest.seeds)} seeds`],
    ["Seed", learned === null ? "n/a" : String(learned.seed)],
  ];
  return (
    <Section
      title="What it saw"
      description="Instances with a label of people and one of an LM, of the part that trains. The held-out test part stays out of it."
    >
      <div className="grid grid-cols-1 gap-x-10 gap-y-1.5 lg:grid-cols-2">
        <Facts facts={facts.slice(0, 6)} />
        <Facts facts={facts.slice(6)} />
      </div>
    </Section>
  );
}
