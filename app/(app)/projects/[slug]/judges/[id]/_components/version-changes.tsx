import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { JudgeVersionReport, LmConfig } from "@/lib/judges/schema";
import { WordDiff } from "../../../_components/word-diff";
import { joinList } from "../../_components/join-words";
import { wordDifferences, type QuestionNames } from "../../_components/setting-words";

type VersionChangesProps = {
  /** Newest first. */
  versions: JudgeVersionReport[];
  questions: QuestionNames;
};

/** What each version changed of the one before. */
export function VersionChanges({ versions, questions }: VersionChangesProps) {
  const t = useTranslations("judges.versions");
  const changes = versions.slice(0, -1).map((version, i) => ({ version, before: versions[i + 1]! }));
  if (changes.length === 0) return null;
  return (
    <Section title={t("changes")}>
      <ol className="grid divide-y border-y">
        {changes.map(({ version, before }) => (
          <li key={version.version} className="py-2.5">
            <Change version={version.version} before={before.config} after={version.config} questions={questions} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

type Config = JudgeVersionReport["config"];
type ChangeProps = { version: number; before: Config; after: Config; questions: QuestionNames };

function Change({ version, before, after, questions }: ChangeProps) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  if (!isLm(before) || !isLm(after)) return <p>{wordRewardModel(version, before, after, t)}</p>;
  const settings = wordDifferences(before, after, { questions, numbers, t });
  const hasRubric = before.rubric !== after.rubric;
  const names = [...(hasRubric ? [t("common.rubric")] : []), ...settings.map(({ name }) => name)];
  return (
    <details>
      <summary className="w-fit cursor-pointer [overflow-wrap:anywhere]">
        <span className="font-medium">{t("common.version", { version })}</span>{" "}
        <span className="text-muted-foreground">
          {names.length === 0 ? t("versions.nothingShown") : joinList(names, words)}
        </span>
      </summary>
      <dl className="mt-2 grid grid-cols-1 gap-2 ps-4">
        {settings.map(({ name, before: was, after: is }) => (
          <div key={name} className="[overflow-wrap:anywhere]">
            <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
            <dd>
              <del className="text-muted-foreground">{was}</del>{" "}
              <span aria-hidden className="inline-block rtl:-scale-x-100">
                →
              </span>{" "}
              <ins className="no-underline">{is}</ins>
            </dd>
          </div>
        ))}
        {hasRubric ? (
          <div>
            <dt className="text-[0.8125rem] text-muted-foreground">{t("common.rubric")}</dt>
            <dd>
              <WordDiff before={before.rubric} after={after.rubric} />
            </dd>
          </div>
        ) : null}
      </dl>
    </details>
  );
}

function isLm(config: Config): config is LmConfig {
  return "model" in config;
}

function wordRewardModel(version: number, before: Config, after: Config, t: Translate<"judges">): string {
  if (isLm(before) || isLm(after)) return t("common.version", { version });
  const model = after.rewardModel?.version ?? t("values.none");
  const isOther = after.rewardModel?.version !== before.rewardModel?.version;
  const ties = { before: before.tieBelow, after: after.tieBelow };
  if (ties.before === ties.after)
    return isOther ? t("versions.newModel", { version, model }) : t("common.version", { version });
  return isOther
    ? t("versions.newModelAndTie", { version, model, ...ties })
    : t("versions.newTie", { version, ...ties });
}
