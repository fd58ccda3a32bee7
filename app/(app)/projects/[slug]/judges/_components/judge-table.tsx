import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Translate } from "@/app/i18n/translate";
import type { JudgeHeadline } from "@/lib/judges/report/schema";
import type { JudgeView } from "@/lib/judges/schema";
import type { Question } from "@/lib/projects/schema";
import { JudgeSwitch } from "./judge-switch";
import { namesOf } from "./question-names";
import { wordFigure, wordUnits } from "./report/report-words";
import type { QuestionNames } from "./setting-words";
import { lacksModel, modelOf } from "./words";

type JudgeTableProps = {
  slug: string;
  judges: JudgeView[];
  canManage: boolean;
  headlines: JudgeHeadline[];
  questions: Question[];
  currency: string;
};

/** Judges with what each answers, has done and is worth beside people. */
export function JudgeTable({ slug, judges, canManage, headlines, questions, currency }: JudgeTableProps) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const names = namesOf(questions);
  const headlineOf = (id: string) => headlines.find(({ judgeId }) => judgeId === id)?.headline ?? null;
  return (
    <Table label={t("common.judges")} stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("common.judge")}</TH>
          <TH>{t("common.model")}</TH>
          <TH>{t("common.labelsRouted")}</TH>
          <TH>{t("list.answers")}</TH>
          <TH numeric>{t("list.accuracy")}</TH>
          <TH numeric>{t("common.labels")}</TH>
          <TH numeric>{t("common.verdicts")}</TH>
          <TH numeric>{t("common.cost")}</TH>
        </TR>
      </THead>
      <TBody>
        {judges.map((judge) => (
          <TR key={judge.id}>
            <TD className="min-w-36">
              <Link
                href={`/projects/${slug}/judges/${judge.id}`}
                className="font-medium [overflow-wrap:anywhere] hover:underline"
              >
                {judge.name}
              </Link>{" "}
              <Badge variant="outline">{t("common.version", { version: judge.version })}</Badge>
            </TD>
            <TD className="min-w-44">
              <div className="[overflow-wrap:anywhere]">{modelOf(judge.config, words)}</div>
              <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">
                {sourceOf(judge, t)}
              </div>
            </TD>
            <TD>
              {canManage ? (
                <JudgeSwitch slug={slug} judge={judge} />
              ) : (
                <Badge variant={judge.isEnabled ? "amber" : "neutral"}>
                  {t(judge.isEnabled ? "list.on" : "list.off")}
                </Badge>
              )}
            </TD>
            <TD className="min-w-28 [overflow-wrap:anywhere] text-muted-foreground">
              {wordQuestions(judge, names, t)}
            </TD>
            <TD numeric>
              <Accuracy headline={headlineOf(judge.id)} />
            </TD>
            <TD numeric>{numbers.number(judge.labels)}</TD>
            <TD numeric>{numbers.number(judge.verdicts)}</TD>
            <TD numeric>{numbers.money(judge.costMicros, currency)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function sourceOf(judge: JudgeView, t: Translate<"judges">): string {
  if (judge.kind === "lm") return judge.config.baseUrl;
  return t(lacksModel(judge) ? "list.noModel" : "list.ofProject");
}

function Accuracy({ headline }: { headline: JudgeHeadline["headline"] }) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const types = useTranslations("projects.types");
  const numbers = useNumbers();
  if (headline === null) return <span className="text-muted-foreground">{t("common.notMeasured")}</span>;
  return (
    <span title={wordUnits(headline, numbers, { types, words })}>
      {wordFigure(headline.figures.accuracy, true, numbers, words)}
    </span>
  );
}

function wordQuestions(judge: JudgeView, names: QuestionNames, t: Translate<"judges">): string {
  if (judge.kind === "rm") return judge.config.rewardModel?.aspect ?? t("list.learnedComparison");
  const { questions } = judge.config;
  if (questions === null) return t("common.allQuestions");
  return questions.map((id) => names[id] ?? t("common.gone", { id })).join(", ");
}
