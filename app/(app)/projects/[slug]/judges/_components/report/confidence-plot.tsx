import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ConfidenceReport } from "@/lib/judges/report/schema";
import { joinSentences } from "../join-words";
import { at, ChartFrame } from "../../../reward-models/_components/chart-frame";

const ticks = [0, 0.25, 0.5, 0.75, 1];
const percent = (value: number) => `${Math.round(100 * value)}`;
const same = (value: number) => value;

/** How often it is right against how sure it says it is; on the diagonal it is calibrated. A dot's size is its answers. */
export function ConfidencePlot({ report }: { report: ConfidenceReport }) {
  const t = useTranslations("judges.confidence");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { answers, calibrationError, tempered } = report;
  const bins = report.bins.filter(({ count }) => count > 0);
  const most = Math.max(...bins.map(({ count }) => count));
  const said = bins.map(({ count, confidence, accuracy }) =>
    t("bin", { confidence: percent(confidence), accuracy: percent(accuracy), count: numbers.number(count) }),
  );
  const help = [
    t("error", { error: numbers.fixed(calibrationError, 3), count: numbers.number(answers) }),
    ...(tempered
      ? [
          t("tempered", {
            ...{ temperature: numbers.fixed(tempered.temperature, 2) },
            ...{ before: numbers.fixed(tempered.before, 3), after: numbers.fixed(tempered.after, 3) },
          }),
        ]
      : []),
  ];
  const [low, high] = [at(0, 0), at(1, 1)];
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("title")}</h3>
      <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">{joinSentences(help, words)}</p>
      <ChartFrame
        label={t("chart", { bins: said.join("; ") })}
        x={{ ticks, format: percent, label: t("x") }}
        y={{ ticks, format: percent, label: t("y") }}
        scaleX={same}
        scaleY={same}
      >
        <line x1={low.x} y1={low.y} x2={high.x} y2={high.y} strokeDasharray="4 3" className="stroke-muted-foreground" />
        {bins.map(({ from, count, confidence, accuracy }, i) => {
          const place = at(confidence, accuracy);
          return (
            <circle
              key={from}
              cx={place.x}
              cy={place.y}
              r={2.5 + 5.5 * Math.sqrt(count / most)}
              className="fill-tone-amber/70 stroke-tone-amber"
            >
              <title>{said[i]}</title>
            </circle>
          );
        })}
      </ChartFrame>
    </div>
  );
}
