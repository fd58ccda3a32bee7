import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { EvaluationMetrics } from "@/lib/reward/evaluation/schema";
import type { KindMetrics } from "@/lib/reward/schema";
import { Facts } from "../../_components/model-facts";
import { wordEstimate, wordSideFeature } from "../../_components/words";
import { BestOfN } from "./best-of-n";
import { Part, Parts } from "./parts";

type Props = {
  evaluation: EvaluationMetrics;
  similarLength: Record<"withSides" | "withoutSides", KindMetrics["accuracyAtSimilarLength"]>;
};

/** What the held-out part tells beyond accuracy: shifts, one right answer among many, bias, and consistency. */
export function HeldOut({ evaluation, similarLength }: Props) {
  const t = useTranslations("rewardModels");
  return (
    <Section title={t("heldOut.title")} description={t("heldOut.hint")}>
      <Parts>
        <Part title={t("heldOut.domains")}>
          <Domains shift={evaluation.outOfDistribution} />
        </Part>
        {evaluation.oneToMany ? (
          <Part title={t("heldOut.oneToMany")}>
            <OneToMany found={evaluation.oneToMany} />
          </Part>
        ) : null}
        <Part title={t("heldOut.bestOfN")}>
          <BestOfN found={evaluation.bestOfN} />
        </Part>
        <Part title={t("heldOut.bias")}>
          <Bias bias={evaluation.bias} similarLength={similarLength} />
        </Part>
        {evaluation.consistency ? (
          <Part title={t("heldOut.consistency")}>
            <Consistency found={evaluation.consistency} />
          </Part>
        ) : null}
      </Parts>
    </Section>
  );
}

function Domains({ shift: { field, domains, skipped } }: { shift: EvaluationMetrics["outOfDistribution"] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (domains.length === 0) return <p className="text-muted-foreground">{skipped}</p>;
  return (
    <>
      <Table label={t("heldOut.domainsLabel")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("heldOut.domain")}</TH>
            <TH numeric>{t("heldOut.neverSeen")}</TH>
            <TH numeric>{t("heldOut.seen")}</TH>
            <TH numeric>{t("words.difference")}</TH>
            <TH numeric>{t("words.pairs")}</TH>
          </TR>
        </THead>
        <TBody>
          {domains.map(({ domain, trainedWithout, trainedWith, difference }) => (
            <TR key={domain}>
              <TD className="min-w-28 [overflow-wrap:anywhere]">{domain}</TD>
              <TD numeric>{numbers.percent(trainedWithout.mean)}</TD>
              <TD numeric>{numbers.percent(trainedWith.mean)}</TD>
              <TD numeric>{numbers.percent(difference.mean, difference.interval)}</TD>
              <TD numeric>{numbers.number(trainedWith.values)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t.rich("heldOut.domainsNote", { code: (chunks) => <code>{chunks}</code>, field: field ?? "" })}
      </p>
    </>
  );
}

function OneToMany({
  found: { prompts, accuracy, reciprocalRank, chance },
}: {
  found: NonNullable<EvaluationMetrics["oneToMany"]>;
}) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!accuracy || !reciprocalRank) return <p className="text-muted-foreground">{t("heldOut.noOneToMany")}</p>;
  const [low, high] = reciprocalRank.interval;
  return (
    <Facts
      facts={[
        [
          t("heldOut.onTop"),
          t("heldOut.onTopBy", {
            estimate: wordEstimate(accuracy, numbers, t),
            chance: numbers.percent(chance ?? NaN),
          }),
        ],
        [
          t("heldOut.reciprocalRank"),
          t("words.withRange", {
            value: numbers.fixed(reciprocalRank.mean, 3),
            low: numbers.fixed(low, 3),
            high: numbers.fixed(high, 3),
          }),
        ],
        [
          t("heldOut.rightCompletions"),
          t("heldOut.ofPrompts", { count: numbers.number(accuracy.values), prompts: numbers.number(prompts) }),
        ],
      ]}
    />
  );
}

function Bias({ bias, similarLength }: { bias: EvaluationMetrics["bias"] } & Pick<Props, "similarLength">) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const correlation = (value: number | null) => (value === null ? t("words.notAvailable") : numbers.fixed(value, 2));
  const share = (estimate: { mean: number } | null) =>
    estimate ? numbers.percent(estimate.mean) : t("words.notAvailable");
  return (
    <>
      <Table label={t("heldOut.biasLabel")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("heldOut.withinPairs")}</TH>
            <TH numeric>{t("heldOut.withSides")}</TH>
            <TH numeric>{t("heldOut.textAlone")}</TH>
          </TR>
        </THead>
        <TBody>
          {bias.features.map(({ name, withSides, withoutSides }) => (
            <TR key={name}>
              <TD className="min-w-36">{t("heldOut.correlation", { feature: wordSideFeature(name, t) })}</TD>
              <TD numeric>{correlation(withSides)}</TD>
              <TD numeric>{correlation(withoutSides)}</TD>
            </TR>
          ))}
          <TR>
            <TD>{t("heldOut.similarLength")}</TD>
            <TD numeric>{share(similarLength.withSides)}</TD>
            <TD numeric>{share(similarLength.withoutSides)}</TD>
          </TR>
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t.rich("heldOut.biasNote", {
          code: (chunks) => <code>{chunks}</code>,
          logits: numbers.fixed(bias.lengthCoefficient, 2),
        })}
      </p>
    </>
  );
}

function Consistency({
  found: { pairs, response, instruction, equal },
}: {
  found: NonNullable<EvaluationMetrics["consistency"]>;
}) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (response === null || instruction === null) {
    return <p className="text-muted-foreground">{t("heldOut.noConsistency")}</p>;
  }
  const share = numbers.percent(instruction);
  return (
    <Facts
      facts={[
        [t("heldOut.byAnswer"), t("heldOut.byAnswerIs", { share: numbers.percent(response) })],
        [
          t("heldOut.byPrompt"),
          equal > 0
            ? t("heldOut.byPromptIsEqual", { share, equal: numbers.number(equal) })
            : t("heldOut.byPromptIs", { share }),
        ],
        [t("words.pairs"), t("heldOut.bothWays", { pairs: numbers.number(pairs) })],
      ]}
    />
  );
}
