import { quantilesOf } from "@/lib/stats/quantiles";
import type { Column } from "../learn/schema";
import { textFeatures, type InstanceFeatures, type TextFeature } from "./schema";

/** Fewer instances with or without a characteristic tell nothing of it. */
const usualFewest = 20;

/** Numbers without a scale of their own: they are cut where a third of the instances lies on each side. */
const ranked: ReadonlySet<TextFeature> = new Set([
  "length_difference",
  "prompt_length",
  "shorter_length",
  "longer_length",
]);

/**
 * The characteristics by which instances are told apart, after HyPER (Miranda et al. 2025): each number in three bins, tags,
 * tags of one dimension that are too rare to stand alone together, and whether a number is unknown. Cuts are made from
 * these instances and stay: at thirds of their ranks for lengths, else at thirds of the range
 * between their 1st and 99th percentile, so that one outlier moves no cut. What fewer than `fewest` of the instances
 * have, or fewer have not, is no column.
 */
export function buildColumns(features: readonly InstanceFeatures[], fewest = usualFewest): Column[] {
  const candidates = [
    ...textFeatures.flatMap((feature) => numberColumns(features, feature)),
    ...tagColumns(features, fewest),
  ];
  const counts = new Int32Array(candidates.length);
  for (const one of features) for (const place of columnsOf(candidates, one)) counts[place]!++;
  return candidates.filter((_, place) => counts[place]! >= fewest && features.length - counts[place]! >= fewest);
}

/** The places of the columns that an instance has, ascending. */
export function columnsOf(columns: readonly Column[], features: InstanceFeatures): Int32Array {
  const tags = new Set(features.tags);
  return Int32Array.from(columns.flatMap((column, place) => (has(column, features, tags) ? place : [])));
}

function has(column: Column, { numbers }: InstanceFeatures, tags: ReadonlySet<string>): boolean {
  switch (column.kind) {
    case "bin": {
      const value = numbers[column.feature];
      if (value === undefined) return false;
      return (column.from === null || value >= column.from) && (column.to === null || value < column.to);
    }
    case "unknown":
      return numbers[column.feature] === undefined;
    case "tag":
      return tags.has(column.tag);
    case "rare":
      return column.tags.some((tag) => tags.has(tag));
  }
}

function numberColumns(features: readonly InstanceFeatures[], feature: TextFeature): Column[] {
  const values = features.flatMap(({ numbers }) => numbers[feature] ?? []);
  const unknown: Column[] = values.length < features.length ? [{ kind: "unknown", feature }] : [];
  if (values.length === 0) return [];
  const [lower, upper] = cutsOf(values, ranked.has(feature));
  return [
    { kind: "bin", feature, bin: "low", from: null, to: lower },
    { kind: "bin", feature, bin: "middle", from: lower, to: upper },
    { kind: "bin", feature, bin: "high", from: upper, to: null },
    ...unknown,
  ];
}

function cutsOf(values: readonly number[], isRanked: boolean): [number, number] {
  if (isRanked) {
    const [, lower, upper] = quantilesOf(values, 4);
    return [lower!, upper!];
  }
  const percentiles = quantilesOf(values, 101);
  const [least, most] = [percentiles[1]!, percentiles[99]!];
  return [least + (most - least) / 3, least + (2 * (most - least)) / 3];
}

/** Each tag that enough instances have; the others of its dimension in one column. */
function tagColumns(features: readonly InstanceFeatures[], fewest: number): Column[] {
  const counts = new Map<string, number>();
  for (const { tags } of features) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const known = [...counts.keys()].sort();
  const isCommon = (tag: string): boolean => counts.get(tag)! >= fewest;
  const rare = known.filter((tag) => !isCommon(tag));
  const dimensions = [...new Set(rare.map(dimensionOf))];
  return [
    ...known.filter(isCommon).map((tag): Column => ({ kind: "tag", tag })),
    ...dimensions.map((one): Column => ({ kind: "rare", tags: rare.filter((tag) => dimensionOf(tag) === one) })),
  ];
}

const dimensionOf = (tag: string): string => tag.slice(0, tag.indexOf(": "));
