import { elementCount, type HostTensor } from "./tensor";

/**
 * Which elements `dropout` keeps: each with probability 1 - rate. `random` gives numbers in [0, 1); a generator of the
 * same seed gives the same masks, on every device.
 */
export function dropoutMask(random: () => number, shape: readonly number[], rate: number): HostTensor {
  const data = Uint8Array.from({ length: elementCount(shape) }, () => (random() < rate ? 0 : 1));
  return { dtype: "bool", shape, data };
}
