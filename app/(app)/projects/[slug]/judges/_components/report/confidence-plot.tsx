import { formatNumber } from "@/app/_components/ui/numbers";
import type { ConfidenceReport } from "@/lib/judges/report/schema";
import { at, ChartFrame } from "../../../reward-models/_components/chart-frame";

const ticks = [0, 0.25, 0.5, 0.75, 1];
const percent = (value: number) => `${Math.round(100 * value)}`;
const same = (value: number) => value;

/** How often it is right against how sure it says it is; on the diagonal it is calibrated. A dot's size is its answers. */
export function ConfidencePlot({ report }: { report: ConfidenceReport }) {
  const { answers, calibrationError, tempered } = report;
  const bins = report.bins.filter(({ count }) => count > 0);
  const most = Math.max(...bins.map(({ count }) => count));
  const words = bins.map(
    ({ count, confidence, accuracy }) =>
      `${percent(confidence)} % sure, ${percent(accuracy)} % right on ${formatNumber(count)} answers`,
  );
  const [low, high] = [at(0, 0), at(1, 1)];
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">How sure it is</h3>
      <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">
        Expected calibration error {calibrationError.toFixed(3)} on {formatNumber(answers)} answers.
        {tempered
          ? ` A temperature of ${tempered.temperature.toFixed(2)}, fitted on half of the prompts, takes it from ${tempered.before.toFixed(3)} to ${tempered.after.toFixed(3)} on the other half.`
          : ""}
      </p>
      <ChartFrame
        label={`Reliability: ${words.join("; ")}`}
        x={{ ticks, format: percent, label: "How sure (%)" }}
        y={{ ticks, format: percent, label: "How often right (%)" }}
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
              <title>{words[i]}</title>
            </circle>
          );
        })}
      </ChartFrame>
    </div>
  );
}
