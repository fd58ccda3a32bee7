import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { fewestSlicePairs, type EvaluationMetrics, type Slice } from "@/lib/reward/evaluation/schema";
import { sliceKinds } from "@/lib/text/slice-words";
import { wordEstimate } from "../../_components/words";
import { wordSliceValue, wordWorst } from "./slice-words";

type SlicesTableProps = {
  evaluation: EvaluationMetrics;
  /** Accuracy on all test pairs. */
  overall: number | null;
};

/** How good a version is on each kind of test pairs, beside how good it is on all of them. */
export function SlicesTable({ evaluation, overall }: SlicesTableProps) {
  const { slices, worst, unlisted } = evaluation;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (slices.length === 0) return null;
  return (
    <Section title={t("slices.title")} description={t("slices.hint")}>
      {worst && worst.accuracy.mean < (overall ?? 1) ? (
        <Alert tone="info" title={wordWorst(worst, t)}>
          {t("slices.worstHint", {
            estimate: wordEstimate(worst.accuracy, numbers, t),
            pairs: numbers.number(worst.accuracy.values),
            prompts: numbers.number(worst.accuracy.groups),
          })}
        </Alert>
      ) : null}
      <Table label={t("slices.label")} density="compact">
        <THead>
          <TR>
            <TH>{t("slices.kind")}</TH>
            <TH numeric>{t("slices.right")}</TH>
            <TH className="max-lg:hidden">{t("slices.scale")}</TH>
            <TH numeric>{t("words.pairs")}</TH>
            <TH numeric>{t("words.prompts")}</TH>
            <TH numeric>AUC</TH>
            <TH numeric>{t("words.logLoss")}</TH>
            <TH numeric>ECE</TH>
          </TR>
        </THead>
        {sliceKinds.map((by) => {
          const own = inOrder(slices.filter((slice) => slice.by === by));
          return own.length === 0 ? null : (
            <TBody key={by}>
              <TR>
                <TH scope="rowgroup" colSpan={8} className="border-t bg-card text-foreground">
                  {t(`slices.kinds.${by}`)}
                </TH>
              </TR>
              {own.map((slice) => (
                <SliceRow key={slice.value} slice={slice} overall={overall} />
              ))}
            </TBody>
          );
        })}
      </Table>
      {unlisted > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("slices.unlisted", { count: numbers.number(unlisted) })}
        </p>
      ) : null}
    </Section>
  );
}

/** Those with pairs enough to say something come first, the worst of them at the top. */
function inOrder(slices: readonly Slice[]): Slice[] {
  const isLarge = ({ accuracy }: Slice) => accuracy.values >= fewestSlicePairs;
  return [
    ...slices.filter(isLarge).sort((a, b) => a.accuracy.mean - b.accuracy.mean),
    ...slices.filter((slice) => !isLarge(slice)),
  ];
}

function SliceRow({ slice, overall }: { slice: Slice; overall: number | null }) {
  const { accuracy, auc, logLoss, calibrationError } = slice;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const figure = (value: number | null): string => (value === null ? "" : numbers.fixed(value, 3));
  return (
    <TR>
      <TD className="max-w-72 min-w-40 [overflow-wrap:anywhere]">{wordSliceValue(slice, t)}</TD>
      <TD numeric>
        {/* One prompt says nothing of how others would do. */}
        {numbers.percent(accuracy.mean, accuracy.groups > 1 ? accuracy.interval : undefined)}
      </TD>
      <TD className="max-lg:hidden">
        <Dot accuracy={accuracy} overall={overall} />
      </TD>
      <TD numeric>{numbers.number(accuracy.values)}</TD>
      <TD numeric>{numbers.number(accuracy.groups)}</TD>
      <TD numeric>{figure(auc)}</TD>
      <TD numeric>{figure(logLoss)}</TD>
      <TD numeric>{figure(calibrationError)}</TD>
    </TR>
  );
}

const dots = { width: 160, height: 14 } as const;

/** The accuracy with its interval on a line, beside that on all pairs. The figures stand in the row. */
function Dot({ accuracy: { mean, interval, groups }, overall }: Pick<Slice, "accuracy"> & { overall: number | null }) {
  const x = (share: number) => 4 + share * (dots.width - 8);
  const y = dots.height / 2;
  return (
    <svg aria-hidden viewBox={`0 0 ${dots.width} ${dots.height}`} className="h-3.5 w-40">
      <line x1={x(0)} x2={x(1)} y1={y} y2={y} className="stroke-border" />
      {overall === null ? null : (
        <line
          x1={x(overall)}
          x2={x(overall)}
          y1={0}
          y2={dots.height}
          strokeDasharray="2 2"
          className="stroke-muted-foreground"
        />
      )}
      {groups > 1 ? (
        <line x1={x(interval[0])} x2={x(interval[1])} y1={y} y2={y} strokeWidth={1.5} className="stroke-tone-teal" />
      ) : null}
      <circle cx={x(mean)} cy={y} r={3.5} className="fill-tone-teal" />
    </svg>
  );
}
