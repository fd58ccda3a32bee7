import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { JudgeHeadline } from "@/lib/judges/report/schema";
import type { JudgeView } from "@/lib/judges/schema";
import type { Question } from "@/lib/projects/schema";
import { JudgeSwitch } from "./judge-switch";
import { namesOf } from "./question-name";
import { wordFigure, wordQuestion } from "./report/report-words";
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
  const names = namesOf(questions);
  const headlineOf = (id: string) => headlines.find(({ judgeId }) => judgeId === id)?.headline ?? null;
  return (
    <Table label="Judges" stickyHead={false}>
      <THead>
        <TR>
          <TH>Judge</TH>
          <TH>Model</TH>
          <TH>Labels what is routed to AI</TH>
          <TH>Answers</TH>
          <TH numeric>Accuracy beside people</TH>
          <TH numeric>Labels</TH>
          <TH numeric>Verdicts</TH>
          <TH numeric>Cost</TH>
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
              <Badge variant="outline">Version {judge.version}</Badge>
            </TD>
            <TD className="min-w-44">
              <div className="[overflow-wrap:anywhere]">{modelOf(judge.config)}</div>
              <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{sourceOf(judge)}</div>
            </TD>
            <TD>
              {canManage ? (
                <JudgeSwitch slug={slug} judge={judge} />
              ) : (
                <Badge variant={judge.isEnabled ? "amber" : "neutral"}>{judge.isEnabled ? "On" : "Off"}</Badge>
              )}
            </TD>
            <TD className="min-w-28 [overflow-wrap:anywhere] text-muted-foreground">{wordQuestions(judge, names)}</TD>
            <TD numeric>
              <Accuracy headline={headlineOf(judge.id)} />
            </TD>
            <TD numeric>{formatNumber(judge.labels)}</TD>
            <TD numeric>{formatNumber(judge.verdicts)}</TD>
            <TD numeric>{formatMoney(judge.costMicros, currency)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function sourceOf(judge: JudgeView): string {
  if (judge.kind === "lm") return judge.config.baseUrl;
  return lacksModel(judge) ? "No version is promoted yet" : "Of this project";
}

function Accuracy({ headline }: { headline: JudgeHeadline["headline"] }) {
  if (headline === null) return <span className="text-muted-foreground">not measured</span>;
  return (
    <span title={`${wordQuestion({ ...headline, part: "answer" })}, ${formatNumber(headline.units)} units`}>
      {wordFigure(headline.figures.accuracy, true)}
    </span>
  );
}

function wordQuestions(judge: JudgeView, names: QuestionNames): string {
  if (judge.kind === "rm") return judge.config.rewardModel?.aspect ?? "The comparison it learns";
  const { questions } = judge.config;
  return questions === null ? "All questions" : questions.map((id) => names[id] ?? `${id} (gone)`).join(", ");
}
