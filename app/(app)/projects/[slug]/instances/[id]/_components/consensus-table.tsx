import { useTranslations } from "next-intl";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import {
  describeAgreement,
  describeOutcome,
  describeQuestion,
  describeVotes,
  type TabledConsensus,
} from "./consensus-words";

/** What rankings, ratings and yes-or-no answers come to, a row each. */
export function ConsensusTable({ rows, names }: { rows: TabledConsensus[]; names: string[] }) {
  const t = useTranslations("instances.consensus");
  const words = useTranslations("instances.consensus.words");
  const completionWords = useTranslations("instances");
  const numbers = useNumbers();
  const name = (index: number) => names[index] ?? completionWords("completion", { index });
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
        {rows.map((row) => (
          <TR key={JSON.stringify([row.question, row.type, row.aspect, row.target])}>
            <TD className="text-muted-foreground">{describeQuestion(row, words)}</TD>
            <TD className="font-mono text-xs">{row.type === "ranking" ? t("all") : name(row.payload.completion)}</TD>
            <TD className="font-medium">{describeOutcome(row, name, words, numbers)}</TD>
            <TD className="whitespace-nowrap">{describeAgreement(row, words, numbers)}</TD>
            <TD className="text-muted-foreground">{describeVotes(row, name, words, numbers)}</TD>
            <TD numeric>{row.labelCount}</TD>
            <TD>
              <RelativeTime value={row.computedAt} className="text-muted-foreground" />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
