import type { RatingScaleOf } from "../schema";

/** Colours that colour-blind readers can tell apart, numbered from 1 (--span-1 and so on in globals.css). */
export const categoryColours = 10;

/** What each point of a scale means, the lowest first; empty for nothing. */
export function pointNames({ points, low = "", high = "", names }: RatingScaleOf<"points">): string[] {
  return names ?? Array.from({ length: points }, (_, index) => (index === 0 ? low : index + 1 === points ? high : ""));
}
