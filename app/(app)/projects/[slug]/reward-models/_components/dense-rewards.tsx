"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { cn } from "@/app/_components/ui/cn";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Question } from "@/lib/projects/schema";
import type { DenseAnswer, DenseMetrics } from "@/lib/reward/dense/schema";
import { headLooks } from "../../_components/category-looks";
import { CategoryMark } from "../../label/_components/marking/category-mark";
import type { SpanCategory } from "../../label/_components/questions/span-categories";

/** A category as it is drawn: from its threshold on a segment counts as marked with it. */
type Category = SpanCategory & { threshold: number };

type Segment = NonNullable<DenseAnswer["segments"]>[number];

function categoriesOf(metrics: DenseMetrics | null, questions: readonly Question[]): Category[] {
  const heads = metrics?.segments?.heads ?? [];
  const looks = headLooks(
    heads.map(({ name }) => name),
    questions,
  );
  return heads.map(({ threshold }, index) => ({ ...looks[index]!, threshold }));
}

type DenseRewardsProps = {
  metrics: DenseMetrics | null;
  /** What the task schema asks now, for the looks of its categories. */
  questions: readonly Question[];
  completions: { letter: string; text: string; dense: Partial<DenseAnswer> }[];
};

/** Completions with the segments that the model expects to be marked, and the values of their steps. */
export function DenseRewards({ metrics, questions, completions }: DenseRewardsProps) {
  const t = useTranslations("rewardModels");
  const categories = categoriesOf(metrics, questions);
  const hasSegments = completions.some(({ dense }) => dense.segments);
  if (!hasSegments && completions.every(({ dense }) => !dense.steps)) return null;
  return (
    <div className="grid gap-4">
      {hasSegments ? <Legend categories={categories} /> : null}
      {completions.map(({ letter, text, dense }) => (
        <section key={letter} aria-label={t("playground.denseOf", { letter })} className="grid gap-2">
          <h3 className="font-semibold">{t("playground.completion", { letter })}</h3>
          {dense.segments ? <Highlighted text={text} segments={dense.segments} categories={categories} /> : null}
          {dense.steps ? <Steps steps={dense.steps} score={dense.stepScore ?? null} /> : null}
        </section>
      ))}
    </div>
  );
}

function Legend({ categories }: { categories: readonly Category[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <ul aria-label={t("playground.categories")} className="flex flex-wrap gap-x-4 gap-y-1">
      {categories.map((category) => (
        <li key={category.name} className="inline-flex items-center gap-1.5">
          <CategoryMark category={category} />
          <span className="[overflow-wrap:anywhere]">{category.name}</span>
          <span className="text-[0.8125rem] text-muted-foreground tabular-nums">
            {t("playground.from", { share: numbers.percent(category.threshold, undefined, 0) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

type HighlightedProps = { text: string; segments: readonly Segment[]; categories: readonly Category[] };

function Highlighted({ text, segments, categories }: HighlightedProps) {
  const t = useTranslations("rewardModels");
  const describe = useDescription(categories);
  const [shown, setShown] = useState<number | null>(null);
  // Offsets count code points, of which a string's own units are more where it holds emoji.
  const points = Array.from(text);
  const between = (from: number, to: number) => points.slice(from, to).join("");
  return (
    <div className="grid gap-1.5">
      <p dir="auto" className="max-w-[75ch] leading-7 [overflow-wrap:anywhere] whitespace-pre-wrap">
        {segments.map((segment, i) => (
          <span key={segment.start}>
            {between(segments[i - 1]?.end ?? 0, segment.start)}
            <MarkedSegment
              segment={segment}
              text={between(segment.start, segment.end)}
              categories={categories}
              isShown={shown === i}
              onShow={() => setShown(i)}
            />
          </span>
        ))}
        {between(segments.at(-1)?.end ?? 0, points.length)}
      </p>
      <p aria-live="polite" className="min-h-5 text-[0.8125rem] text-muted-foreground tabular-nums">
        {shown === null || !segments[shown] ? t("playground.pointAt") : describe(segments[shown])}
      </p>
    </div>
  );
}

type MarkedSegmentProps = {
  segment: Segment;
  text: string;
  categories: readonly Category[];
  isShown: boolean;
  onShow: () => void;
};

function MarkedSegment({ segment, text, categories, isShown, onShow }: MarkedSegmentProps) {
  const numbers = useNumbers();
  const describe = useDescription(categories);
  const marks = categories.filter(({ name, threshold }) => segment.categories[name]! >= threshold);
  const strongest = marks.toSorted((a, b) => excess(segment, b) - excess(segment, a))[0];
  return (
    <span
      role="group"
      tabIndex={0}
      aria-label={describe(segment)}
      onFocus={onShow}
      onPointerEnter={onShow}
      style={
        strongest && {
          background: `color-mix(in oklab, ${strongest.colour} 18%, transparent)`,
          borderBottom: `2px solid ${strongest.colour}`,
        }
      }
      className={cn("rounded-[3px] focus-visible:outline-2", isShown && "outline-1 outline-foreground")}
    >
      {text}
      {marks.map((category) => (
        <span key={category.name} aria-hidden className="ms-1 inline-flex items-center gap-0.5 align-middle text-xs">
          <CategoryMark category={category} />
          <span className="tabular-nums">{numbers.percent(segment.categories[category.name]!, undefined, 0)}</span>
        </span>
      ))}
    </span>
  );
}

/** How far above its threshold a category is, as a ratio of odds. */
function excess({ categories }: Segment, { name, threshold }: Category): number {
  const odds = (p: number) => p / Math.max(1 - p, 1e-9);
  return odds(categories[name]!) / Math.max(odds(threshold), 1e-9);
}

/** Says of a segment how probable each category is, the most probable first. */
function useDescription(categories: readonly Category[]): (segment: Segment) => string {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return ({ categories: found }) =>
    categories
      .toSorted((a, b) => found[b.name]! - found[a.name]!)
      .map(({ name }) => `${name} ${numbers.percent(found[name]!)}`)
      .join(t("words.comma"));
}

type StepsProps = { steps: NonNullable<DenseAnswer["steps"]>; score: number | null };

function Steps({ steps, score }: StepsProps) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <div className="grid gap-1.5">
      <p className="text-muted-foreground">
        {score === null ? t("playground.noStep") : t("playground.stepScore", { share: numbers.percent(score) })}
      </p>
      <ol className="grid gap-1">
        {steps.map(({ index, text, good }) => (
          <li key={index} className="grid grid-cols-[5.5rem_1fr] items-baseline gap-2">
            <span
              className={cn(
                "text-end text-[0.8125rem] whitespace-nowrap tabular-nums",
                good < 0.5 ? "font-semibold text-tone-rose-ink" : "text-muted-foreground",
              )}
            >
              {good < 0.5
                ? t("playground.bad", { share: numbers.percent(1 - good, undefined, 0) })
                : t("playground.good", { share: numbers.percent(good, undefined, 0) })}
            </span>
            <span dir="auto" className="max-w-[75ch] [overflow-wrap:anywhere] whitespace-pre-wrap">
              {text.trim()}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
