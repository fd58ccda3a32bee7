import { expect, test } from "vitest";
import { buildColumns, columnsOf } from "./columns";
import { describeColumn } from "./describe-column";
import type { InstanceFeatures } from "./schema";

const made = (count: number, of: (i: number) => Partial<InstanceFeatures>): InstanceFeatures[] =>
  Array.from({ length: count }, (_, i) => ({ numbers: {}, tags: [], ...of(i) }));

test("lengths are cut where a third of the instances lies on each side, whatever the longest is", () => {
  const features = made(91, (i) => ({ numbers: { prompt_length: i === 90 ? 1e6 : i } }));
  const columns = buildColumns(features);
  expect(columns).toEqual([
    { kind: "bin", feature: "prompt_length", bin: "low", from: null, to: 30 },
    { kind: "bin", feature: "prompt_length", bin: "middle", from: 30, to: 60 },
    { kind: "bin", feature: "prompt_length", bin: "high", from: 60, to: null },
  ]);
  const placesOf = (length: number) => [...columnsOf(columns, { numbers: { prompt_length: length }, tags: [] })];
  expect([0, 29.9, 30, 59, 60, 1e9].map(placesOf)).toEqual([[0], [0], [1], [1], [2], [2]]);
  expect(placesOf(NaN)).toEqual([]);
  expect(columns.map(describeColumn)).toEqual([
    "short prompt (below 30 words)",
    "prompt of middle length (30 to below 60 words)",
    "long prompt (60 and more words)",
  ]);
});

test("other numbers are cut at thirds of their range, and one outlier moves no cut", () => {
  const features = made(201, (i) => ({ numbers: { rouge_l: i === 200 ? 40 : (i % 101) / 100 } }));
  const columns = buildColumns(features);
  expect(columns.map((column) => (column.kind === "bin" ? column.to : column))).toEqual([
    expect.closeTo(0.34, 1),
    expect.closeTo(0.66, 1),
    null,
  ]);
});

const bins = ["low", "middle", "high"] as const;

test("what too few have, or have not, is no column, and a number that never varies is none", () => {
  const features = made(100, (i) => ({
    numbers: {
      cosine: 0.5,
      format_difference: i < 30 ? 1 : 0,
      ...(i < 19 ? {} : { longer_length: i }),
      ...(i < 40 ? { rouge_l: 1 } : {}),
    },
  }));
  expect(buildColumns(features)).toEqual([
    { kind: "bin", feature: "rouge_l", bin: "high", from: 1, to: null },
    { kind: "unknown", feature: "rouge_l" },
    ...bins.map((bin) => expect.objectContaining({ feature: "longer_length", bin }) as object),
    { kind: "bin", feature: "format_difference", bin: "low", from: null, to: expect.closeTo(1 / 3) as number },
    { kind: "bin", feature: "format_difference", bin: "high", from: expect.closeTo(2 / 3) as number, to: null },
  ]);
  expect(buildColumns([])).toEqual([]);
});

test("tags that enough instances have stand alone, the rare ones of a dimension together", () => {
  const subjects = ["Law", "Logic", "History", "Religion", "Music"];
  const features = made(100, (i) => ({
    tags: [
      `expertise_level: ${i < 50 ? "general public" : "expert domain knowledge"}`,
      `subject: ${subjects[i % 5]}`,
    ].concat(i < 3 ? ["languages: Czech", "languages: Czech"] : []),
  }));
  const columns = buildColumns(features, 21);
  expect(columns).toEqual([
    { kind: "tag", tag: "expertise_level: expert domain knowledge" },
    { kind: "tag", tag: "expertise_level: general public" },
  ]);
  const pooled = buildColumns(
    features.map((one, i) => (i < 60 ? one : { ...one, tags: one.tags.slice(0, 1) })),
    21,
  );
  expect(pooled.at(-1)).toEqual({ kind: "rare", tags: [...subjects].sort().map((subject) => `subject: ${subject}`) });
  expect(describeColumn(pooled.at(-1)!)).toBe("subject: History, Law, Logic or 2 more that are rare");
  expect([...columnsOf(pooled, { numbers: {}, tags: ["subject: Law", "subject: Logic"] })]).toEqual([
    pooled.length - 1,
  ]);
  expect([...columnsOf(pooled, { numbers: {}, tags: ["subject: Chess"] })]).toEqual([]);
});

test("columns are told in words", () => {
  expect(describeColumn({ kind: "tag", tag: "expertise_level: general public" })).toBe(
    "expertise level: general public",
  );
  expect(describeColumn({ kind: "unknown", feature: "cosine" })).toBe("unknown cosine similarity");
  expect(describeColumn({ kind: "rare", tags: ["languages: Czech", "languages: Thai"] })).toBe(
    "languages: Czech or Thai",
  );
  expect(describeColumn({ kind: "bin", feature: "token_similarity", bin: "middle", from: 1 / 3, to: 2 / 3 })).toBe(
    "middle similarity of words (0.333 to below 0.667)",
  );
});
