import type { Column } from "../learn/schema";
import type { TextFeature } from "./schema";

type Bin = Extract<Column, { kind: "bin" }>;

/** What a number measures, the words of its bins, and the unit of its cuts. */
type Words = { name: string; bins?: Record<Bin["bin"], string>; unit?: string };

const words: Record<TextFeature, Words> = {
  entity_overlap: { name: "overlap of names and numbers" },
  token_overlap: { name: "overlap of words" },
  token_similarity: { name: "similarity of words" },
  cosine: { name: "cosine similarity" },
  rouge_l: { name: "ROUGE-L" },
  length_difference: { name: "difference in length", unit: "words" },
  prompt_length: {
    name: "length of the prompt",
    bins: { low: "short prompt", middle: "prompt of middle length", high: "long prompt" },
    unit: "words",
  },
  shorter_length: {
    name: "length of the shorter completion",
    bins: {
      low: "short shorter completion",
      middle: "shorter completion of middle length",
      high: "long shorter completion",
    },
    unit: "words",
  },
  longer_length: {
    name: "length of the longer completion",
    bins: {
      low: "short longer completion",
      middle: "longer completion of middle length",
      high: "long longer completion",
    },
    unit: "words",
  },
  format_difference: { name: "difference in format" },
};

/** What numbers measure and what their bins are called, as describeColumn words them. */
export const measureWords: ReadonlySet<string> = new Set(
  Object.values(words).flatMap(({ name, bins }) => [name, ...Object.values(bins ?? {})]),
);

/** A column in words, such as "short prompt (below 12 words)" or "expertise level: general public". */
export function describeColumn(column: Column): string {
  switch (column.kind) {
    case "bin": {
      const { name, bins } = words[column.feature];
      return `${bins?.[column.bin] ?? `${column.bin} ${name}`} (${describeCuts(column)})`;
    }
    case "unknown":
      return `unknown ${words[column.feature].name}`;
    case "tag":
      return describeTag(column.tag);
    case "rare":
      return describeRare(column.tags);
  }
}

function describeCuts({ feature, from, to }: Bin): string {
  const cut = (value: number): string => Number(value.toPrecision(3)).toString();
  const unit = words[feature].unit;
  const range =
    from === null ? `below ${cut(to!)}` : to === null ? `${cut(from)} and more` : `${cut(from)} to below ${cut(to)}`;
  return unit === undefined ? range : `${range} ${unit}`;
}

function describeTag(tag: string): string {
  return tag.replace(/^\w+/, (dimension) => dimension.replaceAll("_", " "));
}

function describeRare(tags: readonly string[]): string {
  const [first = ""] = tags;
  const dimension = describeTag(first.slice(0, first.indexOf(": ")));
  const values = tags.map((tag) => tag.slice(tag.indexOf(": ") + 2));
  const shown = values.slice(0, 3).join(", ");
  return `${dimension}: ${values.length > 3 ? `${shown} or ${values.length - 3} more that are rare` : values.join(" or ")}`;
}
