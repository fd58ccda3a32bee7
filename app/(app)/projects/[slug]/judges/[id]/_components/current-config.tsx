import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import type { JudgeView, LmJudgeView, RmJudgeView } from "@/lib/judges/schema";
import { RawText } from "../../_components/raw-text";
import { wordSettings, type QuestionNames, type SettingWords } from "../../_components/setting-words";

type Fact = { name: string; value: string };

/** The settings of a judge's current version. */
export function CurrentConfig({ judge, questions }: { judge: JudgeView; questions: QuestionNames }) {
  const words = { questions, numbers: useNumbers(), t: useTranslations("judges") };
  const { t } = words;
  const facts = judge.kind === "lm" ? factsOfLm(judge, words) : factsOfRewardModel(judge, words);
  return (
    <Section title={t("config.title", { version: judge.version })}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-[0.8125rem] sm:grid-cols-3 lg:grid-cols-5">
        {facts.map(({ name, value }) => (
          <div key={name} className="min-w-0">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="[overflow-wrap:anywhere] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {judge.kind === "lm" ? <RawText summary={t("common.rubric")} text={judge.config.rubric} isOpen /> : null}
    </Section>
  );
}

function factsOfLm({ config, keyHint }: LmJudgeView, words: SettingWords): Fact[] {
  const { t } = words;
  const stored = keyHint ? t("config.storedEnding", { ending: keyHint }) : t("config.stored");
  return [
    ...wordSettings(config, words),
    { name: t("provider.key"), value: keyHint === null ? t("values.none") : stored },
  ];
}

function factsOfRewardModel({ config }: RmJudgeView, { numbers, t }: SettingWords): Fact[] {
  const { rewardModel, tieBelow } = config;
  return [
    {
      name: t("words.rewardModel"),
      value: rewardModel === null ? t("config.nonePromoted") : t("config.version", { version: rewardModel.version }),
    },
    { name: t("common.aspect"), value: rewardModel?.aspect ?? t("config.aspectOfModel") },
    { name: t("config.tie"), value: t("config.tieBelow", { share: numbers.percent(tieBelow, undefined, 0) }) },
  ];
}
