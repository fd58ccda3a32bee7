import { Badge } from "@/app/_components/ui/badge";
import { formatPercent } from "@/app/_components/ui/numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import { describeQuestion } from "./consensus-words";
import { describeText } from "./span-words";

type ConsensusSpansProps = { consensus: ConsensusView<"spans">; instance: InstanceResponse };

/** The passages of one text that most of those who looked at it marked. */
export function ConsensusSpans({ consensus, instance }: ConsensusSpansProps) {
  const { payload, confidence, labelCount, computedAt } = consensus;
  const { spans, ...on } = payload;
  // Offsets count code points, of which a string's own units are more where it holds emoji.
  const { name, text } = describeText(on, instance);
  const points = Array.from(text ?? "");
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{describeQuestion(consensus)}:</span>
        <span className="font-mono text-xs font-medium">{name}</span>
        <span className="text-muted-foreground tabular-nums">
          {formatPercent(confidence, undefined, 0)} agreement on what anybody marked
        </span>
      </p>
      {spans.length === 0 ? (
        <p className="text-muted-foreground">Nothing that more than half of the votes marked.</p>
      ) : (
        <ul className="grid gap-1.5 border-l-2 pl-3">
          {spans.map(({ start, end, category, severity, share }) => (
            <li key={`${start} ${end} ${category}`} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <Badge variant="neutral">{severity === null ? category : `${category}, ${severity}`}</Badge>
              <span className="text-muted-foreground tabular-nums">{formatPercent(share, undefined, 0)}</span>
              <q dir="auto" className="max-w-[75ch] [overflow-wrap:anywhere]">
                {points.slice(start, end).join("")}
              </q>
              <span className="text-xs text-muted-foreground tabular-nums">
                {start} to {end}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-[0.8125rem] text-muted-foreground">
        Computed from {labelCount} {labelCount === 1 ? "vote" : "votes"}, <RelativeTime value={computedAt} />
      </p>
    </div>
  );
}
