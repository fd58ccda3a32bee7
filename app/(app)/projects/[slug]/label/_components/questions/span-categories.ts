import { categoryColours } from "@/lib/projects/scales/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import type { Bindings } from "../bindings";

export type SpanCategory = Omit<QuestionOf<"spans">["categories"][number], "colour"> & {
  /** The key that marks with it, a small letter. */
  key: string;
  /** CSS colour from the palette that colour-blind readers can tell apart (globals.css). */
  colour: string;
  /** Another one before it has the colour; then lines are dashed. */
  isDashed: boolean;
};

const alphabet = "abcdefghijklmnopqrstuvwxyz";

/**
 * The categories of a question with their letters and colours. Those that the task schema leaves open have a letter of
 * their names each, as far as those are free, and the colours in turn. A letter that is a command's key on the whole page
 * is then a category's only when no other is left; one that the schema names marks all the same while a text is selected.
 */
export function withKeys(categories: QuestionOf<"spans">["categories"], bindings: Bindings): SpanCategory[] {
  const pageLetters = Object.values(bindings).filter((key) => key !== null && /^[a-z]$/.test(key)) as string[];
  const taken = new Set(categories.flatMap(({ letter }) => letter ?? []));
  return categories.map((category, index) => {
    const initials = category.name.match(/(?<!\p{L})\p{L}/gu) ?? [];
    const wished = [...initials, ...category.name].map((letter) => letter.toLowerCase());
    const isFree = (letter: string) => alphabet.includes(letter) && !taken.has(letter);
    const isOwn = (letter: string) => isFree(letter) && !pageLetters.includes(letter);
    const key = category.letter ?? wished.find(isOwn) ?? [...alphabet].find(isOwn) ?? pageLetters.findLast(isFree)!;
    taken.add(key);
    const colour = colourOf(category, index);
    const isUsed = categories.slice(0, index).some((one, at) => colourOf(one, at) === colour);
    return { ...category, key, colour: `var(--span-${colour})`, isDashed: isUsed };
  });
}

/** The colour of a category at this place, as a number of the palette: its own, or the next in turn. */
export function colourOf({ colour }: { colour?: number }, index: number): number {
  return colour ?? (index % categoryColours) + 1;
}
