import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { PositionReport, QuestionReport } from "@/lib/judges/report/schema";
import { BiasPlot } from "./bias-plot";
import { ConfidencePlot } from "./confidence-plot";
import { ModelsTable } from "./models-table";
import { ReportSlices } from "./report-slices";
import { answerWords, figureRows, wordFigure } from "./report-words";

/** Everything about an AI's answers to one question. */
export function QuestionFigures({ question }: { question: QuestionReport }) {
  const { figures, confusion, position, selfAgreement, bias, models, confidence, slices } = question;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-6">
      <p className="text-muted-foreground tabular-nums">{wordBasis(question)}</p>
      <div className="grid min-w-0 grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <FiguresTable figures={figures} />
        {confusion && confusion.categories.length <= 8 ? (
          <Confusion confusion={confusion} type={question.type} />
        ) : null}
      </div>
      {position ? <Position position={position} /> : null}
      {selfAgreement ? (
        <p>Asked the same again in the same order, it answers the same in {wordFigure(selfAgreement, true)}.</p>
      ) : null}
      {bias ? <BiasPlot bias={bias} /> : null}
      {confidence ? <ConfidencePlot report={confidence} /> : null}
      <ReportSlices slices={slices} />
      <ModelsTable models={models} />
    </div>
  );
}

function wordBasis({ units, references, prompts }: QuestionReport): string {
  const { people, gold, drawn } = references;
  const known = [
    people > 0 ? `${formatNumber(people)} by what people say` : [],
    gold > 0 ? `${formatNumber(gold)} by the gold of the import` : [],
  ].flat();
  if (known.length === 0) return `It answered ${formatNumber(units)}, none of which people have answered.`;
  const undecided = drawn > 0 ? ` On ${formatNumber(drawn)} more people are undecided.` : "";
  return `It answered ${formatNumber(units)} and is measured on ${known.join(" and ")}, of ${formatNumber(prompts)} prompts.${undecided}`;
}

function FiguresTable({ figures }: Pick<QuestionReport, "figures">) {
  const rows = figureRows.filter(({ ai, people }) => figures[ai] ?? (people && figures[people]));
  if (rows.length === 0) return null;
  return (
    <Table label="Agreement with people" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Agreement</TH>
          <TH numeric>AI</TH>
          <TH numeric>People</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ label, hint, ai, people, isShare }) => (
          <TR key={label}>
            <TD>
              <div className={ai === "accuracy" ? "font-semibold" : undefined}>{label}</div>
              <div className="text-[0.8125rem] text-muted-foreground">{hint}</div>
            </TD>
            <TD numeric>{wordFigure(figures[ai], isShare)}</TD>
            <TD numeric>{people ? wordFigure(figures[people], isShare) : null}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

type ConfusionProps = { confusion: NonNullable<QuestionReport["confusion"]>; type: QuestionReport["type"] };

function Confusion({ confusion: { categories, counts }, type }: ConfusionProps) {
  const isPair = type === "comparison" || type === "ranking";
  const word = (category: string) => (isPair ? (answerWords[category] ?? category) : category);
  return (
    <Table label="Answers by consensus" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Consensus, by what the AI says</TH>
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
                {formatNumber(count)}
              </TD>
            ))}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Position({ position }: { position: PositionReport }) {
  const { pairs, flips, contradictions, firstAmongContradictions, first, bias } = position;
  const rows = [
    {
      label: "Answers that change with the order",
      value: flips && wordFigure(flips, true),
      of: `${formatNumber(pairs)} pairs asked in both`,
    },
    {
      label: "First shown, where the orders contradict",
      value: firstAmongContradictions && wordFigure(firstAmongContradictions, true),
      of: `${formatNumber(contradictions)} contradictions; one half is fair`,
    },
    {
      label: "First shown, of all decided answers",
      value: first && wordFigure(first, true),
      of: "One half is fair where both orders are asked",
    },
    {
      label: "Position bias b",
      value: bias && wordFigure(bias, false),
      of: `Log-odds for being shown first, the consensus held${bias ? `: ${formatPercent(1 / (1 + Math.exp(-bias.value)))} where people see a tie` : ""}`,
    },
  ].filter(({ value }) => value);
  if (rows.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">Order of presentation</h3>
      <Table label="Order of presentation" stickyHead={false} density="compact">
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
