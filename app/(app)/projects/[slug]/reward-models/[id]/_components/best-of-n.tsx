import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { BestOfN as Found } from "@/lib/reward/evaluation/schema";
import { at, ChartFrame } from "../../_components/chart-frame";

/** How good the completion is that a version would choose among n, beside chance and the best there is. */
export function BestOfN({ found }: { found: Found | null }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!found) return <p className="text-muted-foreground">{t("bestOfN.none")}</p>;
  const { by, prompts, random, points, gain } = found;
  const word =
    by === "correctness" ? (value: number) => numbers.percent(value) : (value: number) => numbers.fixed(value, 2);
  const last = points.at(-1)!;
  return (
    <figure className="grid gap-1">
      <Curve found={found} word={word} />
      <figcaption className="grid gap-1 text-[0.8125rem] text-muted-foreground">
        <span className="flex flex-wrap gap-x-4">
          <Key line="border-tone-teal">{t("bestOfN.thisVersion")}</Key>
          <Key line="border-dashed border-foreground">{t("bestOfN.bestThereIs")}</Key>
          <Key line="border-dotted border-tone-zinc">{t("words.atRandom")}</Key>
        </span>
        <span>
          {t("bestOfN.caption", {
            n: last.n,
            picked: word(last.picked.mean),
            pickedLow: word(last.picked.interval[0]),
            pickedHigh: word(last.picked.interval[1]),
            random: word(random),
            best: word(last.oracle),
            gain: word(gain.mean),
            gainLow: word(gain.interval[0]),
            gainHigh: word(gain.interval[1]),
            prompts: numbers.number(prompts),
          })}
        </span>
      </figcaption>
    </figure>
  );
}

function Curve({ found: { by, random, points }, word }: { found: Found; word: (value: number) => string }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const values = [random, ...points.flatMap(({ picked, oracle }) => [...picked.interval, oracle])];
  const [low, high] = rangeOf(values, by === "correctness" ? 10 : 2);
  const most = points.length;
  const scaleX = (n: number) => (n - 1) / (most - 1);
  const scaleY = (value: number) => (value - low) / (high - low);
  const line = (valueOf: (point: Found["points"][number]) => number) =>
    points
      .map((point) => at(scaleX(point.n), scaleY(valueOf(point))))
      .map(({ x, y }) => `${x},${y}`)
      .join(" ");
  return (
    <ChartFrame
      label={t("bestOfN.label", {
        points: points
          .map(({ n, picked, oracle }) => t("bestOfN.point", { n, picked: word(picked.mean), best: word(oracle) }))
          .join(t("words.semicolon")),
      })}
      x={{
        ticks: points.map(({ n }) => n).filter((n) => most <= 8 || n % 2 === 0 || n === 1),
        format: String,
        label: t("bestOfN.toChooseFrom"),
      }}
      y={{
        ticks: [low, (low + high) / 2, high],
        format: (value) => (by === "correctness" ? numbers.number(100 * value) : numbers.fixed(value, 1)),
        label: by === "correctness" ? t("words.rightPercent") : t("bestOfN.rating"),
      }}
      scaleX={scaleX}
      scaleY={scaleY}
    >
      <polyline
        points={line(() => random)}
        className="fill-none stroke-tone-zinc"
        strokeWidth={1.5}
        strokeDasharray="2 2"
      />
      <polyline
        points={line(({ oracle }) => oracle)}
        className="fill-none stroke-foreground"
        strokeWidth={1.5}
        strokeDasharray="4 2"
      />
      {points.map(({ n, picked: { interval } }) => {
        const [from, to] = [at(scaleX(n), scaleY(interval[0])), at(scaleX(n), scaleY(interval[1]))];
        return <line key={n} x1={from.x} x2={to.x} y1={from.y} y2={to.y} className="stroke-tone-teal" />;
      })}
      <polyline points={line(({ picked }) => picked.mean)} className="fill-none stroke-tone-teal" strokeWidth={2} />
    </ChartFrame>
  );
}

function Key({ line, children }: { line: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`w-4 border-t-2 ${line}`} /> {children}
    </span>
  );
}

/** The values' range, out to the next part of a whole. */
function rangeOf(values: readonly number[], parts: number): [low: number, high: number] {
  const low = Math.floor(parts * Math.min(...values)) / parts;
  return [low, Math.max(low + 1 / parts, Math.ceil(parts * Math.max(...values)) / parts)];
}
