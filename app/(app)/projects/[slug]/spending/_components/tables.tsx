import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { wordDuration } from "@/app/_components/ui/word-duration";
import type { Translate } from "@/app/i18n/translate";
import type { Agreement, SpendingView } from "@/lib/ledger/schema";
import { costOfOne } from "./words";

/** What each version of a judge cost, and what it cost a label that is right by people. */
export function JudgeCosts({ spending }: { spending: SpendingView }) {
  const t = useTranslations("spending.tables");
  const { number } = useNumbers();
  const { judges, prices } = spending;
  const { currency } = prices;
  return (
    <Section title={t("judges")} description={t("agreedMeaning")}>
      {judges.length === 0 ? (
        <p className="text-muted-foreground">{t("noJudge")}</p>
      ) : (
        <Table label={t("judges")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("judge")}</TH>
              <TH numeric>{t("verdicts")}</TH>
              <TH numeric>{t("labels")}</TH>
              <TH numeric>{t("tokens")}</TH>
              <TH numeric>{t("cost")}</TH>
              <TH numeric>{t("costALabel")}</TH>
              <TH numeric>{t("agreeWithPeople")}</TH>
              <TH numeric>{t("costAgreed")}</TH>
            </TR>
          </THead>
          <TBody>
            {judges.map((row) => (
              <TR key={`${row.judgeId} ${row.version}`}>
                <TD className="min-w-40 [overflow-wrap:anywhere]">
                  <JudgeName row={row} />
                </TD>
                <TD numeric>{number(row.answers)}</TD>
                <TD numeric>{number(row.labels)}</TD>
                <TD numeric>
                  {number(row.inputTokens)}, {number(row.outputTokens)}
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
  const t = useTranslations("spending.tables");
  if (row.judgeId === null) return <span className="text-muted-foreground">{t("tried")}</span>;
  return (
    <>
      <span className="font-medium">{row.name ?? t("deleted")}</span>{" "}
      <span className="text-muted-foreground">
        {row.version === null ? t("triedSettings") : t("version", { version: row.version })}
      </span>
    </>
  );
}

/** What the time of each person cost. */
export function PeopleCosts({ spending }: { spending: SpendingView }) {
  const t = useTranslations("spending.tables");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const { people, prices } = spending;
  const { currency, hourPriceMicros } = prices;
  const description =
    hourPriceMicros === 0 ? t("unpriced") : t("priced", { money: numbers.money(hourPriceMicros, currency) });
  return (
    <Section title={t("people")} description={description}>
      {people.length === 0 ? (
        <p className="text-muted-foreground">{t("nobody")}</p>
      ) : (
        <Table label={t("people")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("person")}</TH>
              <TH numeric>{t("labels")}</TH>
              <TH numeric>{t("activeTime")}</TH>
              <TH numeric>{t("cost")}</TH>
              <TH numeric>{t("costALabel")}</TH>
              <TH numeric>{t("agreeWithOthers")}</TH>
              <TH numeric>{t("costAgreed")}</TH>
            </TR>
          </THead>
          <TBody>
            {people.map((row) => (
              <TR key={row.userId}>
                <TD className="min-w-40 [overflow-wrap:anywhere]">
                  <div className="font-medium">{row.name}</div>
                  <div className="text-[0.8125rem] text-muted-foreground">{row.email}</div>
                </TD>
                <TD numeric>{numbers.number(row.labels)}</TD>
                <TD numeric>{wordDuration(row.activeMs, numbers, durations)}</TD>
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
  const t = useTranslations("spending.costs");
  const numbers = useNumbers();
  const one = (micros: number, count: number) => costOfOne({ micros, count, currency }, numbers, t);
  const { costMicros, labels, compared, agreed } = row;
  return (
    <>
      <TD numeric>{numbers.money(costMicros, currency)}</TD>
      <TD numeric>{one(costMicros, labels)}</TD>
      <TD numeric>
        {compared === 0 ? t("notCompared") : t("agreed", { share: numbers.percent(agreed / compared), compared })}
      </TD>
      <TD numeric>{compared === 0 ? t("notKnown") : one(costMicros, (labels * agreed) / compared)}</TD>
    </>
  );
}

/** What the money was for, and by type of question. */
export function Shares({ spending }: { spending: SpendingView }) {
  const t = useTranslations("spending.shares");
  const tPurposes = useTranslations("spending.purposes");
  const tTypes = useTranslations("projects.types");
  const { money, number } = useNumbers();
  const { purposes, types, prices } = spending;
  if (purposes.length === 0) return null;
  const rows = [
    {
      title: t("purpose"),
      label: t("byPurpose"),
      rows: purposes.map((row) => ({ name: tPurposes(row.purpose), ...row })),
    },
    {
      title: t("question"),
      label: t("byQuestion"),
      rows: types.map((row) => ({
        name: t("typeBy", { type: row.type === null ? wordNoType(row, t) : tTypes(row.type), kind: row.kind }),
        ...row,
      })),
    },
  ];
  return (
    <Section title={t("title")}>
      <div className="grid grid-cols-1 items-start gap-4 md:grid-cols-2">
        {rows.map((table) => (
          <Table key={table.title} label={table.label} stickyHead={false} density="compact">
            <THead>
              <TR>
                <TH>{table.title}</TH>
                <TH numeric>{t("answers")}</TH>
                <TH numeric>{t("cost")}</TH>
              </TR>
            </THead>
            <TBody>
              {table.rows.map(({ name, answers, costMicros }) => (
                <TR key={name}>
                  <TD>{name}</TD>
                  <TD numeric>{number(answers)}</TD>
                  <TD numeric>{money(costMicros, prices.currency)}</TD>
                </TR>
              ))}
            </TBody>
          </Table>
        ))}
      </div>
    </Section>
  );
}

/** What was paid of no single type of question. */
function wordNoType({ kind }: SpendingView["types"][number], t: Translate<"spending.shares">): string {
  return t(kind === "lm" ? "tags" : "several");
}
