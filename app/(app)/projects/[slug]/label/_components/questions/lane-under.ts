type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

/** How far above or below its lane a finger may let go of a card, in CSS pixels. */
const reach = 32;

/** The lane of a row of lanes that is under a point, or just above or below it; null for none. */
export function laneUnder(lanes: readonly Box[], { x, y }: { x: number; y: number }): number | null {
  const found = lanes.findIndex(
    ({ left, right, top, bottom }) => x >= left && x < right && y >= top - reach && y < bottom + reach,
  );
  return found === -1 ? null : found;
}
