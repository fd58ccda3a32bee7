import { useTranslations } from "next-intl";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Question } from "@/lib/projects/schema";
import { nameAsked } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";
import { describeAgreement, describeOutcome, describeVotes, type TabledConsensus } from "./consensus-words";

type ConsensusTableProps = {
  rows: TabledConsensus[];
  ids: string[];
  /** The question that a row is about, where it is asked still. */
  questionOf: (row: TabledConsensus) => Question | undefined;
};

/** What rankings, ratings and yes-or-no answers come to, a row each. */
export function ConsensusTable({ rows, ids, questionOf }: ConsensusTableProps) {
  const t = useTranslations("instances.consensus");
  const words = useTranslations("instances.consensus.words");
  const labelWords = useTranslations("projects.labels");
  const numbers = useNumbers();
  const name = nameCompletions(ids, labelWords);
  return (
    <Table label={t("title")} stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("question")}</TH>
          <TH>{t("completion")}</TH>
          <TH>{t("title")}</TH>
          <TH>{t("agreement")}</TH>
          <TH>{t("votes")}</TH>
          <TH numeric>n</TH>
          <TH>{t("computedAt")}</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => {
          const about = { name, question: questionOf(row) };
          return (
            <TR key={JSON.stringify([row.question, row.type, row.aspect, row.target])}>
              <TD className="max-w-56 min-w-28 break-words text-muted-foreground">
                {nameAsked(about.question, row, labelWords)}
              </TD>
              <TD className="max-w-64 min-w-24 break-words">
                {row.type === "ranking" ? t("all") : name(row.payload.completion)}
              </TD>
              <TD className="font-medium">{describeOutcome(row, about, words, numbers)}</TD>
              <TD className="whitespace-nowrap">{describeAgreement(row, words, numbers)}</TD>
              <TD className="text-muted-foreground">{describeVotes(row, about, words, numbers)}</TD>
              <TD numeric>{row.labelCount}</TD>
              <TD>
                <RelativeTime value={row.computedAt} className="text-muted-foreground" />
              </TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}
