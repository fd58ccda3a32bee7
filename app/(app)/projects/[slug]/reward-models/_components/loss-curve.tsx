import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { EpochView } from "@/lib/reward/schema";
import { at, ChartFrame } from "./chart-frame";

type Point = { epoch: number; loss: number };

/** Loss by epoch: on the pairs that are learned, and on the validation pairs that decide when to stop. */
export function LossCurve({ history }: { history: EpochView[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const train = history.flatMap(({ epoch, trainLoss }) => (trainLoss === null ? [] : [{ epoch, loss: trainLoss }]));
  const validation = history.map(({ epoch, validationLoss }) => ({ epoch, loss: mean(validationLoss) }));
  const losses = [...train, ...validation].map(({ loss }) => loss);
  const low = Math.floor(20 * Math.min(...losses)) / 20;
  const high = Math.max(low + 0.05, Math.ceil(20 * Math.max(...losses)) / 20);
  const last = Math.max(1, history.at(-1)!.epoch);
  const scaleX = (epoch: number) => epoch / last;
  const scaleY = (loss: number) => (loss - low) / (high - low);
  const points = (line: Point[]) =>
    line.map(({ epoch, loss }) => at(scaleX(epoch), scaleY(loss))).map(({ x, y }) => `${x},${y}`);
  const every = Math.ceil(last / 6);
  const epochs = Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
  const best = validation.reduce((lowest, point) => (point.loss < lowest.loss ? point : lowest));
  return (
    <figure className="grid gap-1">
      <ChartFrame
        label={t("pictures.lossLabel", {
          epochs: last,
          loss: numbers.fixed(validation.at(-1)!.loss, 3),
          best: numbers.fixed(best.loss, 3),
          bestEpoch: best.epoch,
        })}
        x={{ ticks: epochs, format: String, label: t("pictures.epoch") }}
        y={{
          ticks: [low, (low + high) / 2, high],
          format: (value) => numbers.fixed(value, 2),
          label: t("pictures.loss"),
        }}
        scaleX={scaleX}
        scaleY={scaleY}
      >
        <polyline
          points={points(train).join(" ")}
          className="fill-none stroke-tone-zinc"
          strokeWidth={1.5}
          strokeDasharray="4 2"
        />
        <polyline points={points(validation).join(" ")} className="fill-none stroke-tone-teal" strokeWidth={2} />
        {points(validation).map((point, i) => (
          <circle key={i} cx={point.split(",")[0]} cy={point.split(",")[1]} r={2} className="fill-tone-teal" />
        ))}
      </ChartFrame>
      <figcaption className="flex flex-wrap gap-x-4 text-[0.8125rem] text-muted-foreground">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-4 bg-tone-teal" /> {t("pictures.validationLabels")}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="w-4 border-t-2 border-dashed border-tone-zinc" /> {t("pictures.trainLabels")}
        </span>
      </figcaption>
    </figure>
  );
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
