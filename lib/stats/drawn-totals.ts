import { middle95 } from "./bootstrap";
import type { Random } from "./random";

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/** What one group adds to which totals. Places that it adds nothing to are left out. */
export type Addends = readonly (readonly [place: number, amount: number])[];

export type Figure = {
  value: number;
  /** 95 %; null with a single group, whose spread is unknown. */
  interval: [low: number, high: number] | null;
};

/**
 * Figures that are functions of totals over groups (pairs of one prompt), each with an interval from drawing whole groups
 * with replacement (Davison & Hinkley, "Bootstrap methods", 3.8): kappa of a table of counts, accuracy of hits and units.
 * All figures share the draws. Groups that add the same are counted together, so a round costs a draw for each group and
 * a sum over the kinds of groups. A figure that is null for all groups is null; rounds in which it is null are left out.
 * Of more groups than `mostDrawn` the interval is that of the delta method, in milliseconds where draws take seconds.
 */
export function figuresOfTotals<N extends string>(given: {
  groups: readonly Addends[];
  width: number;
  figures: Readonly<Record<N, (totals: Float64Array) => number | null>>;
  random: Random;
  rounds?: number;
  mostDrawn?: number;
}): Record<N, Figure | null> {
  const { groups, width, figures, random, rounds = 1000, mostDrawn = 5_000 } = given;
  const { kinds, kindOf } = kindsOf(groups);
  const totals = new Float64Array(width);
  const names = Object.keys(figures) as N[];
  const drawn = new Float64Array(kinds.length);
  const read = () => names.map((name) => figures[name](totals));

  for (const kind of kindOf) drawn[kind]!++;
  addUp(totals, kinds, drawn);
  const whole = read();
  if (groups.length > mostDrawn) {
    const estimates = names.map((name, i): [N, Figure | null] => {
      const value = whole[i]!;
      return [
        name,
        value === null ? null : { value, interval: deltaInterval(value, figures[name], { totals, kinds, drawn }) },
      ];
    });
    return Object.fromEntries(estimates) as Record<N, Figure | null>;
  }
  const replicates = names.map((): number[] => []);
  for (let round = 0; groups.length > 1 && round < rounds; round++) {
    drawn.fill(0);
    for (let i = 0; i < kindOf.length; i++) drawn[kindOf[Math.floor(random() * kindOf.length)]!]!++;
    addUp(totals, kinds, drawn);
    read().forEach((value, i) => value !== null && replicates[i]!.push(value));
  }
  const estimates = names.map((name, i) => {
    const value = whole[i]!;
    const values = replicates[i]!;
    return [
      name,
      value === null ? null : { value, interval: values.length > 0 ? middle95(Float64Array.from(values)) : null },
    ];
  });
  return Object.fromEntries(estimates) as Record<N, Figure | null>;
}

/** Sums the addends of all units of one group. */
export function mergeAddends(units: readonly Addends[]): Addends {
  if (units.length === 1) return units[0]!;
  const sums = new Map<number, number>();
  for (const unit of units) for (const [place, amount] of unit) sums.set(place, (sums.get(place) ?? 0) + amount);
  return [...sums].sort(([a], [b]) => a - b);
}

type Counted = { totals: Float64Array; kinds: readonly Addends[]; drawn: Float64Array };

/**
 * The delta method for a figure f of totals T over n groups: with the gradient of f, here by central differences, the
 * variance is n / (n - 1) sum_g (grad f . (t_g - T / n))^2.
 */
function deltaInterval(
  value: number,
  figure: (totals: Float64Array) => number | null,
  { totals, kinds, drawn }: Counted,
): [low: number, high: number] {
  const moved = totals.slice();
  const gradient = totals.map((total, place) => {
    if (total === 0) return 0;
    const step = 1e-5 * Math.abs(total);
    const at = (change: number) => {
      moved[place] = total + change;
      return figure(moved) ?? value;
    };
    const slope = (at(step) - at(-step)) / (2 * step);
    moved[place] = total;
    return slope;
  });
  const n = drawn.reduce((sum, count) => sum + count, 0);
  const mean = totals.reduce((sum, total, place) => sum + gradient[place]! * total, 0) / n;
  let squares = 0;
  kinds.forEach((addends, kind) => {
    const influence = addends.reduce((sum, [place, amount]) => sum + gradient[place]! * amount, -mean);
    squares += drawn[kind]! * influence ** 2;
  });
  const half = z * Math.sqrt((n / (n - 1)) * squares);
  return [value - half, value + half];
}

function kindsOf(groups: readonly Addends[]): { kinds: Addends[]; kindOf: Uint32Array } {
  const kinds: Addends[] = [];
  const places = new Map<string, number>();
  const kindOf = Uint32Array.from(groups, (addends) => {
    const key = addends.flat().join(" ");
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, kinds.length);
    return kinds.push(addends) - 1;
  });
  return { kinds, kindOf };
}

function addUp(totals: Float64Array, kinds: readonly Addends[], drawn: Float64Array): void {
  totals.fill(0);
  for (let kind = 0; kind < kinds.length; kind++) {
    const count = drawn[kind]!;
    if (count === 0) continue;
    for (const [place, amount] of kinds[kind]!) totals[place]! += count * amount;
  }
}
