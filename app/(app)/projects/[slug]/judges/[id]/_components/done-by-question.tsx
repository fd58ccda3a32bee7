import { Badge } from "@/app/_components/ui/badge";
import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { DoneOfQuestion } from "@/lib/judges/done/schema";
import { typeWords } from "../../../_components/type-words";

const none = <span className="text-muted-foreground">none yet</span>;

type DoneByQuestionProps = { version: number; questions: DoneOfQuestion[]; currency: string };

/** What the current version has answered, question by question. */
export function DoneByQuestion({ version, questions, currency }: DoneByQuestionProps) {
  return (
    <Section
      title={`What version ${version} has answered`}
      description="A label is what all orders and samples of a question come to; an unreadable answer makes none."
    >
      {questions.length === 0 ? (
        <p className="text-muted-foreground">
          This project asks for nothing that it answers. Choose other questions for it, or add one to the task schema.
        </p>
      ) : (
        <Table label="Answers by question" stickyHead={false}>
          <THead>
            <TR>
              <TH>Question</TH>
              <TH numeric>Answers</TH>
              <TH numeric>Labels made</TH>
              <TH numeric>Orders disagree</TH>
              <TH numeric>Mean confidence</TH>
              <TH numeric>Could not be read</TH>
              <TH numeric>Cost</TH>
            </TR>
          </THead>
          <TBody>
            {questions.map((row) => (
              <TR key={row.question}>
                <TD className="min-w-40">
                  <span className="font-medium [overflow-wrap:anywhere]">{row.name}</span>{" "}
                  <Badge variant="outline">{typeWords[row.type]}</Badge>
                </TD>
                <TD numeric>{formatNumber(row.verdicts)}</TD>
                <TD numeric>{formatNumber(row.labels)}</TD>
                <TD numeric>
                  {row.type === "comparison" || row.type === "ranking" ? formatNumber(row.inconsistent) : ""}
                </TD>
                <TD numeric>{row.confidence === null ? none : formatPercent(row.confidence, undefined, 0)}</TD>
                <TD numeric>{formatNumber(row.invalid)}</TD>
                <TD numeric>{formatMoney(row.costMicros, currency)}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}
