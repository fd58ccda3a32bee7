import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Agreement, SpendingView } from "@/lib/ledger/schema";
import { typeWords } from "../../_components/type-words";
import { costOfOne, purposeWords, wordTime } from "./words";

const agreedMeaning =
  "A label agrees when it gives the answer that most other people gave to the same question; spans, critiques and what people are divided on are not compared. The cost of an agreed label is that of one label divided by the share that agrees.";

/** What each version of a judge cost, and what it cost a label that is right by people. */
export function JudgeCosts({ spending }: { spending: SpendingView }) {
  const { judges, prices } = spending;
  const { currency } = prices;
  return (
    <Section title="Judges" description={agreedMeaning}>
      {judges.length === 0 ? (
        <p className="text-muted-foreground">No judge was paid in these days.</p>
      ) : (
        <Table label="Judges" stickyHead={false}>
          <THead>
            <TR>
              <TH>Judge</TH>
              <TH numeric>Verdicts</TH>
              <TH numeric>Labels</TH>
              <TH numeric>Tokens in, out</TH>
              <TH numeric>Cost</TH>
              <TH numeric>Cost a label</TH>
              <TH numeric>Agree with people</TH>
              <TH numeric>Cost an agreed label</TH>
            </TR>
          </THead>
          <TBody>
            {judges.map((row) => (
              <TR key={`${row.judgeId} ${row.version}`}>
                <TD className="min-w-40 [overflow-wrap:anywhere]">
                  <JudgeName row={row} />
                </TD>
                <TD numeric>{formatNumber(row.answers)}</TD>
                <TD numeric>{formatNumber(row.labels)}</TD>
                <TD numeric>
                  {formatNumber(row.inputTokens)}, {formatNumber(row.outputTokens)}
                </TD>
                <CostCells row={row} currency={currency} />
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}

function JudgeName({ row }: { row: SpendingView["judges"][number] }) {
  if (row.judgeId === null) return <span className="text-muted-foreground">Tried before it was saved</span>;
  return (
    <>
      <span className="font-medium">{row.name ?? "A judge that was deleted"}</span>{" "}
      <span className="text-muted-foreground">
        {row.version === null ? "settings that were tried out" : `version ${row.version}`}
      </span>
    </>
  );
}

/** What the time of each person cost. */
export function PeopleCosts({ spending }: { spending: SpendingView }) {
  const { people, prices } = spending;
  const { currency, hourPriceMicros } = prices;
  const price =
    hourPriceMicros === 0
      ? "An hour has no price yet: time is counted, and costs nothing."
      : `An hour costs ${formatMoney(hourPriceMicros, currency)} from now on; what is booked keeps its price.`;
  return (
    <Section title="People" description={`Active time of submissions. ${price}`}>
      {people.length === 0 ? (
        <p className="text-muted-foreground">Nobody submitted anything in these days.</p>
      ) : (
        <Table label="People" stickyHead={false}>
          <THead>
            <TR>
              <TH>Person</TH>
              <TH numeric>Labels</TH>
              <TH numeric>Active time</TH>
              <TH numeric>Cost</TH>
              <TH numeric>Cost a label</TH>
              <TH numeric>Agree with others</TH>
              <TH numeric>Cost an agreed label</TH>
            </TR>
          </THead>
          <TBody>
            {people.map((row) => (
              <TR key={row.userId}>
                <TD className="min-w-40 [overflow-wrap:anywhere]">
                  <div className="font-medium">{row.name}</div>
                  <div className="text-[0.8125rem] text-muted-foreground">{row.email}</div>
                </TD>
                <TD numeric>{formatNumber(row.labels)}</TD>
                <TD numeric>{wordTime(row.activeMs)}</TD>
                <CostCells row={row} currency={currency} />
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}

type Paid = Agreement & { costMicros: number };

/** What labels cost: all together, each, and each that agrees. */
function CostCells({ row, currency }: { row: Paid; currency: string }) {
  return (
    <>
      <TD numeric>{formatMoney(row.costMicros, currency)}</TD>
      <TD numeric>{costOfOne(row.costMicros, row.labels, currency)}</TD>
      <TD numeric>{wordAgreement(row)}</TD>
      <TD numeric>{costOfAgreed(row, currency)}</TD>
    </>
  );
}

function wordAgreement({ compared, agreed }: Agreement): string {
  return compared === 0 ? "none to compare" : `${formatPercent(agreed / compared)} of ${formatNumber(compared)}`;
}

function costOfAgreed({ costMicros, labels, compared, agreed }: Paid, currency: string) {
  return compared === 0 ? "not known" : costOfOne(costMicros, (labels * agreed) / compared, currency);
}

/** What the money was for, and by type of question. */
export function Shares({ spending }: { spending: SpendingView }) {
  const { purposes, types, prices } = spending;
  if (purposes.length === 0) return null;
  const rows = [
    { title: "Purpose", rows: purposes.map((row) => ({ name: purposeWords[row.purpose], ...row })) },
    {
      title: "Question",
      rows: types.map((row) => ({
        name: `${wordType(row)}, ${row.kind === "lm" ? "judges" : "people"}`,
        ...row,
      })),
    },
  ];
  return (
    <Section title="By purpose and type of question">
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        {rows.map((table) => (
          <Table key={table.title} label={`By ${table.title.toLowerCase()}`} stickyHead={false} density="compact">
            <THead>
              <TR>
                <TH>{table.title}</TH>
                <TH numeric>Answers</TH>
                <TH numeric>Cost</TH>
              </TR>
            </THead>
            <TBody>
              {table.rows.map(({ name, answers, costMicros }) => (
                <TR key={name}>
                  <TD>{name}</TD>
                  <TD numeric>{formatNumber(answers)}</TD>
                  <TD numeric>{formatMoney(costMicros, prices.currency)}</TD>
                </TR>
              ))}
            </TBody>
          </Table>
        ))}
      </div>
    </Section>
  );
}

function wordType({ type, kind }: SpendingView["types"][number]): string {
  if (type !== null) return typeWords[type];
  return kind === "lm" ? "Tags of instances" : "Several types at once";
}
