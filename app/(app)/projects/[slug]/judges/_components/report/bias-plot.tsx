import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { BiasReport } from "@/lib/judges/report/schema";
import { joinSentences } from "../join-words";
import { wordFigure } from "./report-words";

/** What moves the AI's choice beyond what people prefer, as intervals about 0. */
export function BiasPlot({ bias }: { bias: BiasReport }) {
  const t = useTranslations("judges.bias");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  // People's preference is what the others are held against; it would make them too small to see.
  const others = bias.coefficients.filter(({ feature }) => feature !== "consensus");
  const widest = Math.max(0.1, ...others.flatMap(({ interval }) => (interval ?? [0, 0]).map(Math.abs)));
  const length = bias.coefficients.find(({ feature }) => feature === "length");
  const help = [
    t("help", { count: numbers.number(bias.answers) }),
    ...(length ? [t("twiceLength", { value: numbers.fixed((length.value / length.deviation) * Math.LN2, 2) })] : []),
  ];
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">{joinSentences(help, words)}</p>
      <Table label={t("table")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("feature")}</TH>
            <TH className="w-1/3 min-w-28">{t("direction")}</TH>
            <TH numeric>{t("logOdds")}</TH>
          </TR>
        </THead>
        <TBody>
          {bias.coefficients.map((coefficient) => (
            <TR key={coefficient.feature}>
              <TD>{words(`features.${coefficient.feature}`)}</TD>
              <TD>
                {coefficient.feature === "consensus" ? null : (
                  <IntervalBar {...coefficient} widest={widest} label={words(`features.${coefficient.feature}`)} />
                )}
              </TD>
              <TD numeric>{wordFigure(coefficient, false, numbers, words)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}

type IntervalBarProps = { value: number; interval: [number, number] | null; widest: number; label: string };

/** An interval about 0, in the colour of AI where it leaves 0 out. */
export function IntervalBar({ value, interval, widest, label }: IntervalBarProps) {
  const t = useTranslations("judges.bias");
  const numbers = useNumbers();
  const at = (each: number) => 50 + (48 * Math.max(-widest, Math.min(widest, each))) / widest;
  const [low, high] = interval ?? [value, value];
  const isClear = low > 0 || high < 0;
  const ink = isClear ? "stroke-tone-amber fill-tone-amber" : "stroke-muted-foreground fill-muted-foreground";
  return (
    <svg
      role="img"
      aria-label={t("interval", {
        ...{ feature: label, value: numbers.fixed(value, 2) },
        ...{ low: numbers.fixed(low, 2), high: numbers.fixed(high, 2) },
      })}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="h-4 w-full"
    >
      <line x1={50} x2={50} y1={0} y2={10} className="stroke-border-strong" vectorEffect="non-scaling-stroke" />
      <line
        x1={at(low)}
        x2={at(high)}
        y1={5}
        y2={5}
        strokeWidth={2}
        className={ink}
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={at(value)}
        x2={at(value)}
        y1={1.5}
        y2={8.5}
        strokeWidth={3}
        className={ink}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
