/** A length, or the name of a length that is known only when the graph runs. The same name is the same length. */
export type Dim = number | string;

export type Shape = readonly Dim[];

export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/**
 * The shape of two tensors broadcast together by NumPy's rule: aligned at the last axis, a length of 1 stretches.
 * Null when they do not fit, or when nobody can say before the run whether they do (a named length against another).
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return null;
    result.push(left === 1 ? right : left);
  }
  return result;
}

/** The axes of `wide` along which `narrow` was stretched to reach it, those it lacks first. */
export function stretchedAxes(narrow: Shape, wide: Shape): { missing: number[]; stretched: number[] } {
  const offset = wide.length - narrow.length;
  const axes = wide.map((_, axis) => axis);
  return {
    missing: axes.slice(0, offset),
    stretched: axes.slice(offset).filter((axis) => narrow[axis - offset] === 1 && wide[axis] !== 1),
  };
}

/** Negative axes count from the end. Null when an axis is out of range or named twice. */
export function resolveAxes(axes: readonly number[], rank: number): number[] | null {
  const resolved = axes.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  const isValid = resolved.every(
    (axis, i) => Number.isInteger(axis) && axis >= 0 && axis < rank && axis !== resolved[i - 1],
  );
  return isValid ? resolved : null;
}

/** What is wrong with a name that is not plain. */
export const confusingDim = "would be taken for a number, a sum or a product of lengths";

/** Whether a name is none that a sum or a product of lengths could have, and no number. */
export const isPlainDim = (dim: Dim): boolean => typeof dim === "number" || !/[-+*()]|^\d+$/.test(dim);

/** The sum of lengths. One with names among them is named for the sum: 2 and "n-1" are "n+1". */
export function addDims(...dims: readonly Dim[]): Dim {
  const names: string[] = [];
  let rest = 0;
  for (const dim of dims) {
    const [, name, number] = typeof dim === "number" ? ["", "", String(dim)] : /^(.*?)([+-]\d+)?$/.exec(dim)!;
    if (name) names.push(...parted(name, "+"));
    rest += Number(number ?? 0);
  }
  if (names.length === 0) return rest;
  const sign = rest > 0 ? "+" : "";
  return `${names.sort().join("+")}${rest === 0 ? "" : `${sign}${rest}`}`;
}

/** The product of lengths. One with names among them is named for the product: 3, "2*n" and "m-1" are "6*(m-1)*n". */
export function multiplyDims(...dims: readonly Dim[]): Dim {
  if (dims.length === 1) return dims[0]!;
  const factors = dims.flatMap((dim) => (typeof dim === "number" || isSum(dim) ? [dim] : parted(dim, "*")));
  const known = product(factors.map((factor) => (isNumber(factor) ? Number(factor) : 1)));
  const names = factors.filter((factor) => !isNumber(factor)).map(String);
  if (names.length === 0) return known;
  if (names.length === 1 && known === 1) return names[0]!;
  const written = names.map((name) => (isSum(name) ? `(${name})` : name)).sort();
  return [...(known === 1 ? [] : [known]), ...written].join("*");
}

const isNumber = (dim: Dim): boolean => /^-?\d+$/.test(String(dim));

/** The parts between the signs that stand in no parentheses. */
function parted(name: string, sign: "+" | "*"): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of name) {
    depth += char === "(" ? 1 : char === ")" ? -1 : 0;
    if (depth === 0 && char === sign) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** Whether a name is that of a sum: of more parts than one, or of a part less a number. */
const isSum = (name: string): boolean => parted(name, "+").length > 1 || /.-\d+$/.test(name);

/**
 * What ONNX's Reshape needs to turn `from` into `to`: lengths, with -1 for the one length left to infer. A named length
 * in `to` is that one, unless it stands at the same axis of `from` (ONNX's 0 copies it). Null when the known lengths
 * cannot agree, or when two lengths would have to be inferred.
 */
export function reshapeTarget(from: Shape, to: Shape): number[] | null {
  const target = to.map((dim, axis) => (typeof dim === "number" ? dim : dim === from[axis] ? 0 : -1));
  const inferred = target.filter((length) => length === -1).length;
  if (inferred > 1) return null;
  const copied = new Set(target.flatMap((length, axis) => (length === 0 ? [axis] : [])));
  const rest = from.filter((_, axis) => !copied.has(axis));
  const known = product(target.filter((length) => length > 0));
  const restKnown = product(rest.filter((dim) => typeof dim === "number"));
  const isRestKnown = rest.every((dim) => typeof dim === "number");
  if (inferred === 0 && (!isRestKnown || known !== restKnown)) return null;
  if (inferred === 1 && isRestKnown && restKnown % known !== 0) return null;
  return target;
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total * length, 1);
}
