import { formatNumber, formatPercent } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import type { JudgeView, LmJudgeView, RmJudgeView } from "@/lib/judges/schema";
import { RawText } from "../../_components/raw-text";

type Fact = [name: string, value: string];

/** The settings of a judge's current version. */
export function CurrentConfig({ judge }: { judge: JudgeView }) {
  const facts = judge.kind === "lm" ? factsOfLm(judge) : factsOfRewardModel(judge);
  return (
    <Section title={`Settings of version ${judge.version}`}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-[0.8125rem] sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(([name, value]) => (
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

function factsOfLm({ config, keyHint }: LmJudgeView): Fact[] {
  const price = (micros: number) => `${formatNumber(micros / 1e6, 6)} a million`;
  return [
    ["Model", config.model],
    ["Address", config.baseUrl],
    ["API key", keyHint === null ? "none" : keyHint === "" ? "stored" : `stored, ends in ${keyHint}`],
    ["Prompt", Object.values(config.prompt).join(", ")],
    ["Temperature", config.temperature === null ? "left to the provider" : String(config.temperature)],
    ["Longest answer", `${formatNumber(config.maxOutputTokens)} tokens`],
    ["Input tokens", price(config.inputPriceMicros)],
    ["Output tokens", price(config.outputPriceMicros)],
    ["Time limit", `${config.timeoutSeconds} s a request`],
    ["Requests at once", String(config.concurrency)],
  ];
}

function factsOfRewardModel({ config }: RmJudgeView): Fact[] {
  return [
    ["Reward model", config.rewardModel === null ? "none promoted yet" : `version ${config.rewardModel.version}`],
    ["Aspect", config.rewardModel?.aspect ?? "that of the reward model"],
    ["Tie", `below ${formatPercent(config.tieBelow, undefined, 0)} probability`],
  ];
}
