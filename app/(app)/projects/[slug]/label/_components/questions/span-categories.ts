import type { QuestionOf } from "@/lib/projects/schema";

export type SpanCategory = QuestionOf<"spans">["categories"][number] & {
  /** The key that marks with it, a small letter. */
  key: string;
  /** CSS colour from the palette that colour-blind readers can tell apart (globals.css). */
  colour: string;
  /** From the eleventh category on colours come again; then lines are dashed. */
  isDashed: boolean;
};

const paletteSize = 10;
/** Letters that mean something on the whole page; a category has one only when no other is left. */
const pageLetters = "usgrfxmn";
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** The categories of a question with a letter of their names each, as far as those are free, and a colour. */
export function withKeys(categories: QuestionOf<"spans">["categories"]): SpanCategory[] {
  const taken = new Set<string>();
  return categories.map((category, index) => {
    const initials = category.name.match(/(?<!\p{L})\p{L}/gu) ?? [];
    const wished = [...initials, ...category.name].map((letter) => letter.toLowerCase());
    const isFree = (letter: string) => alphabet.includes(letter) && !taken.has(letter);
    const isOwn = (letter: string) => isFree(letter) && !pageLetters.includes(letter);
    const key = wished.find(isOwn) ?? [...alphabet].find(isOwn) ?? [...pageLetters].findLast(isFree)!;
    taken.add(key);
    return {
      ...category,
      key,
      colour: `var(--span-${(index % paletteSize) + 1})`,
      isDashed: index >= paletteSize,
    };
  });
}
