import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { LearningCurve as Curve } from "@/lib/reward/evaluation/schema";
import { at, ChartFrame } from "../../_components/chart-frame";

/** Accuracy by how many of the training pairs were learned: whether more labels would help. */
export function LearningCurve({ curve }: { curve: Curve }) {
  const { points, members, maxEpochs, cutTo, skipped } = curve;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (points.length === 0) return <p className="text-muted-foreground">{skipped}</p>;
  const bounds = points.flatMap(({ accuracy }) => [...accuracy.interval]);
  const high = Math.min(1, Math.ceil(10 * Math.max(...bounds)) / 10);
  const low = Math.max(0, Math.min(high - 0.1, Math.floor(10 * Math.min(...bounds)) / 10));
  const scaleX = (share: number) => share;
  const scaleY = (accuracy: number) => (accuracy - low) / (high - low);
  const line = points.map(({ share, accuracy }) => at(scaleX(share), scaleY(accuracy.mean)));
  const last = points.at(-1)!;
  const learned = {
    losses: points.map(({ logLoss }) => numbers.fixed(logLoss, 3)).join(t("words.comma")),
    members,
    epochs: maxEpochs,
    pairs: numbers.number(last.pairs),
    prompts: numbers.number(last.prompts),
  };
  return (
    <figure className="grid gap-1">
      <ChartFrame
        label={t("curve.label", {
          points: points
            .map(({ share, accuracy }) =>
              t("curve.point", {
                accuracy: numbers.percent(accuracy.mean),
                share: numbers.percent(share, undefined, 0),
              }),
            )
            .join(t("words.comma")),
        })}
        x={{
          ticks: points.map(({ share }) => share),
          format: (share) => numbers.number(100 * share),
          label: t("curve.prompts"),
        }}
        y={{
          ticks: [low, (low + high) / 2, high],
          format: (value) => numbers.number(100 * value),
          label: t("words.rightPercent"),
        }}
        scaleX={scaleX}
        scaleY={scaleY}
      >
        {points.map(({ share, accuracy: { interval } }) => {
          const [from, to] = [at(scaleX(share), scaleY(interval[0])), at(scaleX(share), scaleY(interval[1]))];
          return (
            <line
              key={share}
              x1={from.x}
              x2={to.x}
              y1={from.y}
              y2={to.y}
              className="stroke-tone-teal"
              strokeWidth={1}
            />
          );
        })}
        <polyline
          points={line.map(({ x, y }) => `${x},${y}`).join(" ")}
          className="fill-none stroke-tone-teal"
          strokeWidth={2}
        />
        {line.map(({ x, y }) => (
          <circle key={x} cx={x} cy={y} r={2.5} className="fill-tone-teal" />
        ))}
      </ChartFrame>
      <figcaption className="text-[0.8125rem] text-muted-foreground">
        {cutTo === null
          ? t("curve.caption", learned)
          : t("curve.captionCut", { ...learned, cutTo: numbers.number(cutTo) })}{" "}
        {skipped}
      </figcaption>
    </figure>
  );
}
