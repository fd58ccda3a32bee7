import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import { describeQuestion } from "./consensus-words";

type ConsensusStepsProps = { consensus: ConsensusView<"steps">; completions: InstanceResponse["completions"] };

const badges = { good: "emerald", neutral: "neutral", bad: "rose" } as const satisfies Record<string, BadgeVariant>;

/** The steps of one completion, a row each, and where the first error is. */
export function ConsensusSteps({ consensus, completions }: ConsensusStepsProps) {
  const { method, payload, confidence, labelCount, computedAt } = consensus;
  const completion = completions[payload.completion];
  const steps = completion?.judgedSteps ?? completion?.steps;
  const name = completion?.outsideId ?? String(payload.completion);
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{describeQuestion(consensus)}:</span>
        <span className="font-mono text-xs font-medium">{name}</span>
        <span className="font-medium">{wordFirstError(payload)}</span>
        {payload.isDraw ? null : (
          <span className="text-muted-foreground tabular-nums">
            {formatPercent(confidence, undefined, 0)} of the {method === "majority" ? "votes" : "weight"}
          </span>
        )}
      </p>
      {payload.steps.length > 0 ? (
        <Table label={`Consensus on the steps of ${name}, ${describeQuestion(consensus)}`} stickyHead={false}>
          <THead>
            <TR>
              <TH numeric>Step</TH>
              <TH>Text</TH>
              <TH>Label</TH>
              <TH numeric>Agreement</TH>
              <TH>Flags</TH>
            </TR>
          </THead>
          <TBody>
            {payload.steps.map(({ index, label, share, flags }) => (
              <TR key={index}>
                <TD numeric>{index + 1}</TD>
                <TD dir="auto" className="max-w-[75ch] whitespace-pre-line">
                  {steps?.[index]}
                </TD>
                <TD>{label === null ? "draw" : <Badge variant={badges[label]}>{label}</Badge>}</TD>
                <TD numeric>{label === null ? "" : formatPercent(share, undefined, 0)}</TD>
                <TD className="text-muted-foreground">{flags.join(", ")}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      ) : null}
      <p className="text-[0.8125rem] text-muted-foreground">
        Computed from {labelCount} {labelCount === 1 ? "vote" : "votes"}, <RelativeTime value={computedAt} />
      </p>
    </div>
  );
}

function wordFirstError({ firstError, isDraw }: ConsensusView<"steps">["payload"]): string {
  if (isDraw) return "draw on the first error";
  return firstError === null ? "no error" : `first error in step ${firstError + 1}`;
}
