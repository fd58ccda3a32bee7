/** A smooth function's value at a point, and its gradient there. */
type Place = { value: number; gradient: Float64Array };

export type Objective = (point: Float64Array) => Place;

export type Minimum = { point: Float64Array; value: number; converged: boolean; iterations: number };

/** Steps whose curvature the search remembers. */
const memory = 10;

/**
 * Limited-memory BFGS (Nocedal & Wright, "Numerical optimization", algorithm 7.5) with a backtracking line search, for
 * convex objectives. Converged when the gradient's norm is at most `tolerance`; not when the line search can go no
 * lower because the objective has reached the precision of its numbers.
 */
export function minimize(
  objective: Objective,
  start: Float64Array,
  { tolerance = 1e-8, maxIterations = 500 }: { tolerance?: number; maxIterations?: number } = {},
): Minimum {
  let point = start;
  let { value, gradient } = objective(point);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let iterations = 0; iterations < maxIterations; iterations++) {
    if (norm(gradient) <= tolerance) return { point, value, converged: true, iterations };
    const direction = towardsMinimum(gradient, steps);
    const slope = dot(direction, gradient);
    // Without curvature to go by, the first step is of length 1 at most.
    let length = steps.length > 0 ? 1 : Math.min(1, 1 / norm(gradient));
    let next = moved(point, direction, length);
    let there = objective(next);
    while (!isLower(there, { value, gradient }, length * slope)) {
      length /= 2;
      if (length < 1e-12) return { point, value, converged: false, iterations };
      next = moved(point, direction, length);
      there = objective(next);
    }
    const s = difference(next, point);
    const y = difference(there.gradient, gradient);
    const curvature = dot(s, y);
    if (curvature > 0) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > memory) steps.shift();
    point = next;
    ({ value, gradient } = there);
  }
  return { point, value, converged: false, iterations: maxIterations };
}

/**
 * Armijo's condition: a fair part of the decrease that the slope promises. Near the minimum that decrease is lost in the
 * rounding of the value; there a smaller gradient is what tells.
 */
function isLower(there: Place, here: Place, promised: number): boolean {
  if (there.value <= here.value + 1e-4 * promised) return true;
  const isRounding = there.value <= here.value + 1e-12 * Math.abs(here.value);
  return isRounding && norm(there.gradient) < norm(here.gradient);
}

/** The two-loop recursion: minus the remembered inverse Hessian times the gradient. */
function towardsMinimum(
  gradient: Float64Array,
  steps: { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  let q: Float64Array = gradient;
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * dot(s, q);
    alphas.unshift(alpha);
    q = moved(q, y, -alpha);
  }
  const last = steps.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1;
  let r: Float64Array = q.map((value) => value * scale);
  steps.forEach(({ s, y, rho }, i) => {
    r = moved(r, s, alphas[i]! - rho * dot(y, r));
  });
  return r.map((value) => -value);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

const moved = (point: Float64Array, direction: Float64Array, length: number): Float64Array =>
  point.map((value, i) => value + length * direction[i]!);

const difference = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);
