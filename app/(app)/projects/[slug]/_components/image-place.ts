import type { CSSProperties } from "react";
import type { ImageView } from "@/lib/images/schema";

/** Proportions of the place that is kept for a picture of which nobody has seen the size yet. */
const unknownRatio = 4 / 3;

/**
 * The place of a picture: as high as it will be, before it is there, so that nothing moves when it comes. Small
 * ones are not drawn much larger than they are.
 */
export function placeOf({ width, height }: Pick<ImageView, "width" | "height">, maxHeight: string): CSSProperties {
  const isKnown = width !== null && height !== null;
  return {
    aspectRatio: isKnown ? `${width} / ${height}` : unknownRatio,
    maxHeight: isKnown ? `min(${maxHeight}, ${Math.max(height, 160)}px)` : maxHeight,
    minHeight: "10rem",
  };
}
