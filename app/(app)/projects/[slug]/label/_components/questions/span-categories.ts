import type { QuestionOf } from "@/lib/projects/schema";
import type { Bindings } from "../bindings";

export type SpanCategory = QuestionOf<"spans">["categories"][number] & {
  /** The key that marks with it, a small letter. */
  key: string;
  /** CSS colour from the palette that colour-blind readers can tell apart (globals.css). */
  colour: string;
  /** From the eleventh category on colours come again; then lines are dashed. */
  isDashed: boolean;
};

const paletteSize = 10;
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/**
 * The categories of a question with a letter of their names each, as far as those are free, and a colour. A letter that
 * is a command's key on the whole page is a category's only when no other is left.
 */
export function withKeys(categories: QuestionOf<"spans">["categories"], bindings: Bindings): SpanCategory[] {
  const pageLetters = Object.values(bindings).filter((key) => key !== null && /^[a-z]$/.test(key)) as string[];
  const taken = new Set<string>();
  return categories.map((category, index) => {
    const initials = category.name.match(/(?<!\p{L})\p{L}/gu) ?? [];
    const wished = [...initials, ...category.name].map((letter) => letter.toLowerCase());
    const isFree = (letter: string) => alphabet.includes(letter) && !taken.has(letter);
    const isOwn = (letter: string) => isFree(letter) && !pageLetters.includes(letter);
    const key = wished.find(isOwn) ?? [...alphabet].find(isOwn) ?? pageLetters.findLast(isFree)!;
    taken.add(key);
    return {
      ...category,
      key,
      colour: `var(--span-${(index % paletteSize) + 1})`,
      isDashed: index >= paletteSize,
    };
  });
}
