/** A source of numbers in [0, 1). */
export type Random = () => number;

/**
 * Mulberry32 by Tommy Ettinger (public domain): a small generator whose whole state is one 32-bit number, so that the
 * same seed gives the same numbers on every machine. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
