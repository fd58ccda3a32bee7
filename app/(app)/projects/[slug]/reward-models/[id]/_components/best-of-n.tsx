import { formatPercent } from "@/app/_components/ui/numbers";
import type { BestOfN as Found } from "@/lib/reward/evaluation/schema";
import { at, ChartFrame } from "../../_components/chart-frame";

/** How good the completion is that a version would choose among n, beside chance and the best there is. */
export function BestOfN({ found }: { found: Found | null }) {
  if (!found) {
    return (
      <p className="text-muted-foreground">
        No held-out prompt has completions of which it is known that some are right and others wrong, or that are rated.
      </p>
    );
  }
  const { by, prompts, random, points, gain } = found;
  const word = by === "correctness" ? (value: number) => formatPercent(value) : (value: number) => value.toFixed(2);
  const last = points.at(-1)!;
  return (
    <figure className="grid gap-1">
      <Curve found={found} word={word} />
      <figcaption className="grid gap-1 text-[0.8125rem] text-muted-foreground">
        <span className="flex flex-wrap gap-x-4">
          <Key line="border-tone-teal">This version</Key>
          <Key line="border-dashed border-foreground">The best there is</Key>
          <Key line="border-dotted border-tone-zinc">At random</Key>
        </span>
        <span>
          Best of {last.n}: {word(last.picked.mean)} ({last.picked.interval.map(word).join(" to ")}), at random{" "}
          {word(random)}, at best {word(last.oracle)}; the gain over chance is {word(gain.mean)} (
          {gain.interval.map(word).join(" to ")}). On {prompts} prompts with at least {last.n} completions that differ.
        </span>
      </figcaption>
    </figure>
  );
}

function Curve({ found: { by, random, points }, word }: { found: Found; word: (value: number) => string }) {
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
      label={`Best of n: ${points.map(({ n, picked, oracle }) => `of ${n} ${word(picked.mean)}, at best ${word(oracle)}`).join("; ")}`}
      x={{
        ticks: points.map(({ n }) => n).filter((n) => most <= 8 || n % 2 === 0 || n === 1),
        format: String,
        label: "Completions to choose from",
      }}
      y={{
        ticks: [low, (low + high) / 2, high],
        format: (value) => (by === "correctness" ? (100 * value).toFixed(0) : value.toFixed(1)),
        label: by === "correctness" ? "Right (%)" : "Rating",
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
