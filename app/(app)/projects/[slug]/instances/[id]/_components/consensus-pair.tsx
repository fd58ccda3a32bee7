import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatPercent } from "@/app/_components/ui/numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ConsensusView } from "@/lib/instances/schema";

const sourcesOfVotes = [
  { source: "human", name: "People", colours: ["bg-human", "bg-human/45"] },
  { source: "lm", name: "LM judges", colours: ["bg-lm", "bg-lm/45"] },
] as const;

/** What the comparisons of one pair on one aspect come to. */
export function ConsensusPair({ consensus, names }: { consensus: ConsensusView<"comparison">; names: string[] }) {
  const { aspect, method, payload, counts, confidence, labelCount, computedAt } = consensus;
  const [first, second] = payload.pair.map((index) => names[index] ?? String(index)) as [string, string];
  const voters = sourcesOfVotes.filter(({ source }) => Object.values(counts[source]).some((votes) => votes > 0));
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{aspect}:</span>
        <span className="font-medium">{wordOutcome(consensus, first, second)}</span>
        {payload.isDraw ? null : (
          <span className="text-muted-foreground tabular-nums">
            {formatPercent(confidence, undefined, 0)} of the {method === "majority" ? "labels" : "weight"}
          </span>
        )}
      </p>
      {voters.map(({ source, name, colours }) => (
        <StackedBar
          key={source}
          label={`${name} on ${aspect}`}
          parts={[
            { label: `${name}: ${first}`, value: counts[source]["0"], className: colours[0] },
            { label: "tie", value: counts[source].tie, className: "bg-tie" },
            { label: second, value: counts[source]["1"], className: colours[1] },
          ]}
        />
      ))}
      <p className="text-[0.8125rem] text-muted-foreground">
        Computed from {labelCount} {labelCount === 1 ? "vote" : "votes"}, <RelativeTime value={computedAt} />
      </p>
    </div>
  );
}

function wordOutcome({ payload }: ConsensusView<"comparison">, first: string, second: string): string {
  if (payload.isDraw) return `draw between ${first} and ${second}`;
  if (payload.bothBad) return `${first} and ${second} are both bad`;
  if (payload.preferred === "tie") return `${first} and ${second} tie`;
  return payload.preferred === 0 ? `${first} over ${second}` : `${second} over ${first}`;
}
