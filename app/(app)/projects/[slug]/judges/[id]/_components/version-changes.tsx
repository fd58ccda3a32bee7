import { Section } from "@/app/_components/ui/page";
import type { JudgeVersionReport, LmConfig } from "@/lib/judges/schema";
import { WordDiff } from "../../../_components/word-diff";
import { wordDifferences, type QuestionNames } from "../../_components/setting-words";

type VersionChangesProps = {
  /** Newest first. */
  versions: JudgeVersionReport[];
  questions: QuestionNames;
};

/** What each version changed of the one before. */
export function VersionChanges({ versions, questions }: VersionChangesProps) {
  const changes = versions.slice(0, -1).map((version, i) => ({ version, before: versions[i + 1]! }));
  if (changes.length === 0) return null;
  return (
    <Section title="What changed between versions">
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
  if (!isLm(before) || !isLm(after))
    return (
      <p>
        Version {version} {wordRewardModel(before, after)}
      </p>
    );
  const settings = wordDifferences(before, after, questions);
  const hasRubric = before.rubric !== after.rubric;
  const names = [...(hasRubric ? ["Rubric"] : []), ...settings.map(({ name }) => name)];
  return (
    <details>
      <summary className="w-fit cursor-pointer [overflow-wrap:anywhere]">
        <span className="font-medium">Version {version}</span>{" "}
        <span className="text-muted-foreground">{names.length === 0 ? "nothing that is shown" : names.join(", ")}</span>
      </summary>
      <dl className="mt-2 grid grid-cols-1 gap-2 pl-4">
        {settings.map(({ name, before: was, after: is }) => (
          <div key={name} className="[overflow-wrap:anywhere]">
            <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
            <dd>
              <del className="text-muted-foreground">{was}</del> <span aria-hidden>→</span>{" "}
              <ins className="no-underline">{is}</ins>
            </dd>
          </div>
        ))}
        {hasRubric ? (
          <div>
            <dt className="text-[0.8125rem] text-muted-foreground">Rubric</dt>
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

function wordRewardModel(before: Config, after: Config): string {
  if (isLm(before) || isLm(after)) return "";
  const model = after.rewardModel?.version;
  return [
    ...(model === before.rewardModel?.version ? [] : [`answers with reward model ${model ?? "none"}.`]),
    ...(after.tieBelow === before.tieBelow ? [] : [`calls it a tie below ${after.tieBelow}, not ${before.tieBelow}.`]),
  ].join(" It ");
}
