import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { WhatChanged as Changes } from "@/lib/reward/evaluation/schema";
import type { ModelComparison, ModelMetrics } from "@/lib/reward/schema";

type WhatChangedProps = { changes: Changes; metrics: ModelMetrics; comparison: ModelComparison | null };

/** What is different about a version beside the one that serves, or that served before it. */
export function WhatChanged({ changes, metrics, comparison }: WhatChangedProps) {
  const { version, labels, config, before } = changes;
  const { withSides } = metrics;
  const paired = comparison?.version === version ? comparison : null;
  const rows: [name: string, before: string, now: string, difference?: string][] = [
    [
      "Right on test pairs",
      percent(before.accuracy),
      percent(withSides.accuracy?.mean ?? null),
      paired?.accuracy ? points(paired.accuracy) : undefined,
    ],
    ["Log loss", figure(before.logLoss), figure(withSides.logLoss), paired ? losses(paired.logLoss) : undefined],
    ["Calibration error (ECE)", figure(before.calibrationError), figure(withSides.calibration.error)],
    ...config.map(({ name, before: was, now }): [string, string, string] => [name, was, now]),
  ];
  return (
    <Section
      title={`Beside version ${version}`}
      description={`${count(labels.added, "label")} came and ${formatNumber(labels.gone)} went. Each version’s figures are on its own test pairs, the difference on the same ones.`}
    >
      <Table label={`Beside version ${version}`} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>What</TH>
            <TH numeric>Version {version}</TH>
            <TH numeric>This one</TH>
            <TH numeric>Difference</TH>
          </TR>
        </THead>
        <TBody>
          {rows.map(([name, was, now, difference]) => (
            <TR key={name}>
              <TD className="min-w-36 [overflow-wrap:anywhere]">{name}</TD>
              <TD numeric className="[overflow-wrap:anywhere]">
                {was}
              </TD>
              <TD numeric className="[overflow-wrap:anywhere]">
                {now}
              </TD>
              <TD numeric>{difference}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

type Estimate = { mean: number; interval: readonly [number, number] };

const percent = (share: number | null): string => (share === null ? "n/a" : formatPercent(share));

const figure = (value: number | null): string => value?.toFixed(3) ?? "n/a";

const points = ({ mean, interval }: Estimate): string => formatPercent(mean, interval);

const losses = ({ mean, interval }: Estimate): string =>
  `${mean.toFixed(3)} (${interval.map((value) => value.toFixed(3)).join(" to ")})`;

const count = (n: number, noun: string): string => `${formatNumber(n)} ${noun}${n === 1 ? "" : "s"}`;
