import { useTranslations } from "next-intl";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ConsensusView } from "@/lib/instances/schema";
import { nameAsked } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";
import type { About } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { ComputedFrom } from "./computed-from";
import { describePreference } from "./consensus-words";

const sourcesOfVotes = [
  { source: "human", colours: ["bg-human", "bg-human/45"] },
  { source: "lm", colours: ["bg-lm", "bg-lm/45"] },
] as const;

/** Whether the share that agrees prefers one completion or none, and whether it is of labels or of their weight. */
const shareKeys = {
  one: { labels: "labelsPrefer", weight: "weightPrefers" },
  none: { labels: "ofLabels", weight: "ofWeight" },
} as const;

type ConsensusPairProps = About & { consensus: ConsensusView<"comparison"> };

/** What the comparisons of one pair on one aspect come to. */
export function ConsensusPair({ consensus, ids, question }: ConsensusPairProps) {
  const t = useTranslations("instances.consensus");
  const words = useAnswerWords();
  const { percent } = useNumbers();
  const { method, payload, counts, confidence, labelCount, computedAt } = consensus;
  const aspect = nameAsked(question, consensus, words.t);
  const [first, second] = payload.pair.map(nameCompletions(ids, words.t)) as [string, string];
  const tie = (question?.type === "comparison" ? question.tie : undefined) ?? t("tie");
  const voters = sourcesOfVotes.filter(({ source }) => Object.values(counts[source]).some((votes) => votes > 0));
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{t("of", { what: aspect })}</span>
        <span className="font-medium [overflow-wrap:anywhere]">
          {payload.isDraw
            ? t("drawBetween", { first, second })
            : describePreference(consensus, { ids, question }, { t, words })}
        </span>
        {payload.isDraw ? null : (
          <span className="text-muted-foreground tabular-nums">
            {t(shareKeys[payload.preferred === "tie" ? "none" : "one"][method === "majority" ? "labels" : "weight"], {
              share: percent(confidence, undefined, 0),
            })}
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
            { label: tie, value: counts[source].tie, className: "bg-tie" },
            { label: second, value: counts[source]["1"], className: colours[1] },
          ]}
        />
      ))}
      <ComputedFrom labelCount={labelCount} computedAt={computedAt} />
    </div>
  );
}
