import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Translate } from "@/app/i18n/translate";
import type { PositionReport, QuestionReport } from "@/lib/judges/report/schema";
import { joinListEnd, joinSentences } from "../join-words";
import { BiasPlot } from "./bias-plot";
import { ConfidencePlot } from "./confidence-plot";
import { ModelsTable } from "./models-table";
import { ReportSlices } from "./report-slices";
import { figureRows, wordFigure, wordSide } from "./report-words";

/** Everything about an AI's answers to one question. */
export function QuestionFigures({ question }: { question: QuestionReport }) {
  const t = useTranslations("judges.report");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { figures, confusion, position, selfAgreement, bias, models, confidence, slices } = question;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-6">
      <p className="text-muted-foreground tabular-nums">
        {joinSentences(wordBasis(question, { numbers, words, t }), words)}
      </p>
      <div className="grid min-w-0 grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <FiguresTable figures={figures} />
        {confusion && confusion.categories.length <= 8 ? (
          <Confusion confusion={confusion} type={question.type} />
        ) : null}
      </div>
      {position ? <Position position={position} /> : null}
      {selfAgreement ? <p>{t("selfAgreement", { share: wordFigure(selfAgreement, true, numbers, words) })}</p> : null}
      {bias ? <BiasPlot bias={bias} /> : null}
      {confidence ? <ConfidencePlot report={confidence} /> : null}
      <ReportSlices slices={slices} />
      <ModelsTable models={models} />
    </div>
  );
}

type BasisWords = { numbers: Numbers; words: Translate<"judges.words">; t: Translate<"judges.report"> };

function wordBasis({ references, ...question }: QuestionReport, { numbers, words, t }: BasisWords): string[] {
  const { people, gold, drawn } = references;
  const [units, prompts] = [numbers.number(question.units), numbers.number(question.prompts)];
  const known = [
    ...(people > 0 ? [t("byPeople", { count: numbers.number(people) })] : []),
    ...(gold > 0 ? [t("byGold", { count: numbers.number(gold) })] : []),
  ];
  if (known.length === 0) return [t("nothingKnown", { units })];
  return [
    t("basis", { units, known: joinListEnd(known, words), prompts }),
    ...(drawn > 0 ? [t("undecided", { count: numbers.number(drawn) })] : []),
  ];
}

function FiguresTable({ figures }: Pick<QuestionReport, "figures">) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const rows = figureRows.filter(({ ai, people }) => figures[ai] ?? (people && figures[people]));
  if (rows.length === 0) return null;
  return (
    <Table label={t("report.agreementTable")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("report.agreement")}</TH>
          <TH numeric>{t("report.ai")}</TH>
          <TH numeric>{t("common.people")}</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ ai, people, isShare }) => (
          <TR key={ai}>
            <TD>
              <div className={ai === "accuracy" ? "font-semibold" : undefined}>{t(`figures.${ai}.label`)}</div>
              <div className="text-[0.8125rem] text-muted-foreground">{t(`figures.${ai}.hint`)}</div>
            </TD>
            <TD numeric>{wordFigure(figures[ai], isShare, numbers, words)}</TD>
            <TD numeric>{people ? wordFigure(figures[people], isShare, numbers, words) : null}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

type ConfusionProps = { confusion: NonNullable<QuestionReport["confusion"]>; type: QuestionReport["type"] };

function Confusion({ confusion: { categories, counts }, type }: ConfusionProps) {
  const t = useTranslations("judges.report");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const isPair = type === "comparison" || type === "ranking";
  const word = (category: string) => (isPair ? wordSide(category, words) : category);
  return (
    <Table label={t("confusionTable")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("confusion")}</TH>
          {categories.map((category) => (
            <TH key={category} numeric>
              {word(category)}
            </TH>
          ))}
        </TR>
      </THead>
      <TBody>
        {categories.map((category, i) => (
          <TR key={category}>
            <TD>{word(category)}</TD>
            {counts[i]!.map((count, j) => (
              <TD key={j} numeric className={i === j ? "font-semibold" : undefined}>
                {numbers.number(count)}
              </TD>
            ))}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Position({ position }: { position: PositionReport }) {
  const t = useTranslations("judges.position");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { pairs, flips, contradictions, firstAmongContradictions, first, bias } = position;
  const rows = [
    {
      label: t("flips"),
      value: flips && wordFigure(flips, true, numbers, words),
      of: t("flipsOf", { count: numbers.number(pairs) }),
    },
    {
      label: t("contradictions"),
      value: firstAmongContradictions && wordFigure(firstAmongContradictions, true, numbers, words),
      of: t("contradictionsOf", { count: numbers.number(contradictions) }),
    },
    {
      label: t("first"),
      value: first && wordFigure(first, true, numbers, words),
      of: t("firstOf"),
    },
    {
      label: t("bias"),
      value: bias && wordFigure(bias, false, numbers, words),
      of: bias ? t("biasOfTie", { share: numbers.percent(1 / (1 + Math.exp(-bias.value))) }) : t("biasOf"),
    },
  ].filter(({ value }) => value);
  if (rows.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      <Table label={t("title")} stickyHead={false} density="compact">
        <TBody>
          {rows.map(({ label, value, of }) => (
            <TR key={label}>
              <TD>
                <div>{label}</div>
                <div className="text-[0.8125rem] text-muted-foreground">{of}</div>
              </TD>
              <TD numeric>{value}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
