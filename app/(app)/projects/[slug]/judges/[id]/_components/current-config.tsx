import { formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { JudgeView, LmJudgeView, RmJudgeView } from "@/lib/judges/schema";
import { RawText } from "../../_components/raw-text";
import { wordSettings, type QuestionNames } from "../../_components/setting-words";

type Fact = { name: string; value: string };

/** The settings of a judge's current version. */
export function CurrentConfig({ judge, questions }: { judge: JudgeView; questions: QuestionNames }) {
  const facts = judge.kind === "lm" ? factsOfLm(judge, questions) : factsOfRewardModel(judge);
  return (
    <Section title={`Settings of version ${judge.version}`}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-[0.8125rem] sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="[overflow-wrap:anywhere] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {judge.kind === "lm" ? <RawText summary="Rubric" text={judge.config.rubric} isOpen /> : null}
    </Section>
  );
}

function factsOfLm({ config, keyHint }: LmJudgeView, questions: QuestionNames): Fact[] {
  const key = keyHint === null ? "none" : keyHint === "" ? "stored" : `stored, ends in ${keyHint}`;
  return [...wordSettings(config, questions), { name: "API key", value: key }];
}

function factsOfRewardModel({ config }: RmJudgeView): Fact[] {
  const { rewardModel, tieBelow } = config;
  return [
    { name: "Reward model", value: rewardModel === null ? "none promoted yet" : `version ${rewardModel.version}` },
    { name: "Aspect", value: rewardModel?.aspect ?? "that of the reward model" },
    { name: "Tie", value: `below ${formatPercent(tieBelow, undefined, 0)} probability` },
  ];
}
