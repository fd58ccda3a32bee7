/** What test pairs are told apart by. */
export const sliceKinds = [
  "labelled-by",
  "corpus",
  "domain",
  "tag",
  "route",
  "agreement",
  "strength",
  "length",
] as const;
export type SliceKind = (typeof sliceKinds)[number];

/** What a kind of pairs has in common, as a heading. */
const sliceKindWords: Record<SliceKind, string> = {
  "labelled-by": "Labelled by",
  corpus: "Source of the instances",
  domain: "Domain",
  tag: "Tag",
  route: "Route",
  agreement: "Agreement of the votes",
  strength: "Strength of the preference",
  length: "The preferred completion is",
};

const valueWords: Partial<Record<SliceKind, Record<string, string>>> = {
  "labelled-by": { human: "people", lm: "AI alone" },
  route: { human: "people", lm: "AI", dual: "both" },
  agreement: { unanimous: "unanimous", majority: "most agree", split: "split", single: "one vote only" },
  strength: { slight: "slight", clear: "clear", strong: "strong" },
  length: {
    alike: "as long as the other, within a tenth",
    longer: "longer, up to twice",
    shorter: "shorter, down to half",
    "over-twice": "more than twice as long",
    "under-half": "less than half as long",
  },
};

/** The value of a slice in words; names that imports gave stay as they are. */
function wordSliceValue({ by, value }: { by: SliceKind; value: string }): string {
  return valueWords[by]?.[value] ?? value;
}

/** "pairs with domain: law" */
export function wordSlice(slice: { by: SliceKind; value: string }): string {
  const kind = sliceKindWords[slice.by];
  return `pairs with ${kind.charAt(0).toLowerCase()}${kind.slice(1)}: ${wordSliceValue(slice)}`;
}
