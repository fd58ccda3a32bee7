import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { EvaluationMetrics } from "@/lib/reward/evaluation/schema";
import type { KindMetrics } from "@/lib/reward/schema";
import { Facts } from "../../_components/model-facts";
import { wordEstimate } from "../../_components/words";
import { BestOfN } from "./best-of-n";
import { Part, Parts } from "./parts";

type Props = {
  evaluation: EvaluationMetrics;
  similarLength: Record<"withSides" | "withoutSides", KindMetrics["accuracyAtSimilarLength"]>;
};

/** What the held-out part tells beyond accuracy: shifts, one right answer among many, bias, and consistency. */
export function HeldOut({ evaluation, similarLength }: Props) {
  return (
    <Section title="Beyond accuracy" description="All on the held-out part, which taught and chose nothing.">
      <Parts>
        <Part title="Domains it never saw">
          <Domains shift={evaluation.outOfDistribution} />
        </Part>
        {evaluation.oneToMany ? (
          <Part title="One right answer among wrong ones">
            <OneToMany found={evaluation.oneToMany} />
          </Part>
        ) : null}
        <Part title="Best of n">
          <BestOfN found={evaluation.bestOfN} />
        </Part>
        <Part title="Length and format">
          <Bias bias={evaluation.bias} similarLength={similarLength} />
        </Part>
        {evaluation.consistency ? (
          <Part title="Prompts that resemble each other">
            <Consistency found={evaluation.consistency} />
          </Part>
        ) : null}
      </Parts>
    </Section>
  );
}

function Domains({ shift: { field, domains, skipped } }: { shift: EvaluationMetrics["outOfDistribution"] }) {
  if (domains.length === 0) return <p className="text-muted-foreground">{skipped}</p>;
  return (
    <>
      <Table label="Accuracy on domains left out" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Domain</TH>
            <TH numeric>Never seen</TH>
            <TH numeric>Seen</TH>
            <TH numeric>Difference</TH>
            <TH numeric>Pairs</TH>
          </TR>
        </THead>
        <TBody>
          {domains.map(({ domain, trainedWithout, trainedWith, difference }) => (
            <TR key={domain}>
              <TD className="min-w-28 [overflow-wrap:anywhere]">{domain}</TD>
              <TD numeric>{formatPercent(trainedWithout.mean)}</TD>
              <TD numeric>{formatPercent(trainedWith.mean)}</TD>
              <TD numeric>{formatPercent(difference.mean, difference.interval)}</TD>
              <TD numeric>{formatNumber(trainedWith.values)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground">
        Models of the size of the learning curve, with and without the domain’s own training pairs. Domains are told by
        the imports’ field <code>{field}</code>.
      </p>
    </>
  );
}

function OneToMany({
  found: { prompts, accuracy, reciprocalRank, chance },
}: {
  found: NonNullable<EvaluationMetrics["oneToMany"]>;
}) {
  if (!accuracy || !reciprocalRank) {
    return <p className="text-muted-foreground">No held-out prompt has right and wrong completions.</p>;
  }
  return (
    <Facts
      facts={[
        ["Right one on top", `${wordEstimate(accuracy)}; by chance ${formatPercent(chance ?? NaN)}`],
        [
          "Reciprocal rank",
          `${reciprocalRank.mean.toFixed(3)} (${reciprocalRank.interval.map((value) => value.toFixed(3)).join(" to ")})`,
        ],
        ["Right completions", `${formatNumber(accuracy.values)} of ${formatNumber(prompts)} prompts`],
      ]}
    />
  );
}

function Bias({ bias, similarLength }: { bias: EvaluationMetrics["bias"] } & Pick<Props, "similarLength">) {
  return (
    <>
      <Table label="Correlation of rewards with length and format" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Within pairs</TH>
            <TH numeric>With length and format</TH>
            <TH numeric>Text alone</TH>
          </TR>
        </THead>
        <TBody>
          {bias.features.map(({ name, withSides, withoutSides }) => (
            <TR key={name}>
              <TD className="min-w-36">{`Correlation with ${name}`}</TD>
              <TD numeric>{withSides?.toFixed(2) ?? "n/a"}</TD>
              <TD numeric>{withoutSides?.toFixed(2) ?? "n/a"}</TD>
            </TR>
          ))}
          <TR>
            <TD>Right where lengths are within a tenth</TD>
            <TD numeric>{similarLength.withSides ? formatPercent(similarLength.withSides.mean) : "n/a"}</TD>
            <TD numeric>{similarLength.withoutSides ? formatPercent(similarLength.withoutSides.mean) : "n/a"}</TD>
          </TR>
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground">
        A standard deviation of length is worth {bias.lengthCoefficient.toFixed(2)} logits with length counted in.
        Scores are served both ways: <code>reward</code> leaves out what length and format explain.
      </p>
    </>
  );
}

function Consistency({
  found: { pairs, response, instruction, equal },
}: {
  found: NonNullable<EvaluationMetrics["consistency"]>;
}) {
  if (response === null || instruction === null) {
    return (
      <p className="text-muted-foreground">
        No such pairs: no two held-out prompts are alike, with a cosine of 0.75 to 0.9, and have other good answers.
      </p>
    );
  }
  return (
    <Facts
      facts={[
        ["By answer", `${formatPercent(response)}: its own answer has the higher reward`],
        [
          "By prompt",
          `${formatPercent(instruction)}: an answer has the higher reward on its own prompt${equal > 0 ? `, ${formatNumber(equal)} equal` : ""}`,
        ],
        ["Pairs", `${formatNumber(pairs)}, both ways round; chance is 50 %`],
      ]}
    />
  );
}
