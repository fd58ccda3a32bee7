import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { KindMetrics } from "@/lib/reward/schema";
import { at, ChartFrame } from "./chart-frame";

const ticks = [0.5, 0.6, 0.7, 0.8, 0.9, 1];
const percent = (value: number) => `${Math.round(100 * value)}`;
/** Confidences lie above one half. */
const scaleX = (value: number) => (value - 0.5) / 0.5;

/** How often the model is right against how sure it is; on the diagonal it is calibrated. A dot's size is its pairs. */
export function ReliabilityPlot({ calibration }: { calibration: KindMetrics["calibration"] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const bins = calibration.bins.filter(({ count }) => count > 0);
  const lowest = Math.min(0.5, ...bins.map(({ accuracy }) => Math.floor(10 * accuracy) / 10));
  const scaleY = (value: number) => (value - lowest) / (1 - lowest);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const words = bins.map(({ count, confidence, accuracy }) =>
    t("pictures.reliabilityBin", {
      confidence: percent(confidence),
      accuracy: percent(accuracy),
      pairs: numbers.number(count),
    }),
  );
  const low = at(scaleX(0.5), scaleY(0.5));
  const high = at(1, 1);
  return (
    <ChartFrame
      label={t("pictures.reliability", { bins: words.join(t("words.semicolon")) })}
      x={{ ticks, format: percent, label: t("pictures.howSure") }}
      y={{ ticks: [lowest, (lowest + 1) / 2, 1], format: percent, label: t("pictures.howRight") }}
      scaleX={scaleX}
      scaleY={scaleY}
    >
      <line x1={low.x} y1={low.y} x2={high.x} y2={high.y} strokeDasharray="4 3" className="stroke-muted-foreground" />
      {bins.map(({ from, count, confidence, accuracy }, i) => {
        const place = at(scaleX(confidence), scaleY(accuracy));
        return (
          <circle
            key={from}
            cx={place.x}
            cy={place.y}
            r={2.5 + 5.5 * Math.sqrt(count / most)}
            className="fill-tone-teal/70 stroke-tone-teal"
          >
            <title>{words[i]}</title>
          </circle>
        );
      })}
    </ChartFrame>
  );
}
