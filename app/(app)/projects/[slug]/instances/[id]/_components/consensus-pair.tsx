import { useTranslations } from "next-intl";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ConsensusView } from "@/lib/instances/schema";
import { ComputedFrom } from "./computed-from";

const sourcesOfVotes = [
  { source: "human", colours: ["bg-human", "bg-human/45"] },
  { source: "lm", colours: ["bg-lm", "bg-lm/45"] },
] as const;

/** What the comparisons of one pair on one aspect come to. */
export function ConsensusPair({ consensus, names }: { consensus: ConsensusView<"comparison">; names: string[] }) {
  const t = useTranslations("instances.consensus");
  const { percent } = useNumbers();
  const { aspect, method, payload, counts, confidence, labelCount, computedAt } = consensus;
  const [first, second] = payload.pair.map((index) => names[index] ?? String(index)) as [string, string];
  const voters = sourcesOfVotes.filter(({ source }) => Object.values(counts[source]).some((votes) => votes > 0));
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{t("of", { what: aspect })}</span>
        <span className="font-medium">{wordOutcome(consensus, [first, second], t)}</span>
        {payload.isDraw ? null : (
          <span className="text-muted-foreground tabular-nums">
            {t(method === "majority" ? "ofLabels" : "ofWeight", { share: percent(confidence, undefined, 0) })}
          </span>
        )}
      </p>
      {voters.map(({ source, colours }) => (
        <StackedBar
          key={source}
          label={t("votesOn", { voters: t(`voters.${source}`), aspect })}
          parts={[
            {
              label: t("votersFor", { voters: t(`voters.${source}`), name: first }),
              value: counts[source]["0"],
              className: colours[0],
            },
            { label: t("tie"), value: counts[source].tie, className: "bg-tie" },
            { label: second, value: counts[source]["1"], className: colours[1] },
          ]}
        />
      ))}
      <ComputedFrom labelCount={labelCount} computedAt={computedAt} />
    </div>
  );
}

function wordOutcome(
  { payload }: ConsensusView<"comparison">,
  [first, second]: [string, string],
  t: Translate<"instances.consensus">,
): string {
  if (payload.isDraw) return t("outcomes.draw", { first, second });
  if (payload.bothBad) return t("outcomes.bothBad", { first, second });
  if (payload.preferred === "tie") return t("outcomes.tie", { first, second });
  const [preferred, other] = payload.preferred === 0 ? [first, second] : [second, first];
  return t("outcomes.over", { preferred, other });
}
