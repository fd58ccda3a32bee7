/** Below this a number of the tableau counts as zero. */
const tiny = 1e-12;

/**
 * The maximal lottery of n alternatives (Fishburn; the minimax winner of preference learning): a mixture p that no
 * alternative beats in expectation. With the antisymmetric margins M_ij = 2 P(i beats j) - 1 it satisfies
 *
 *     p >= 0,   sum p = 1,   (p^T M)_j >= 0 for every j
 *
 * which always has a solution, and has one alternative with p = 1 where that one beats all others. Solved exactly as the
 * linear programme of a zero-sum game, by the simplex method with Bland's rule, which cannot cycle. Where there are several
 * (ties), one of them, the same for the same matrix. No alternatives: an empty mixture.
 */
export function maximalLottery(margins: readonly (readonly number[])[]): number[] {
  const n = margins.length;
  if (n === 0) return [];
  // The game's value is 0; raised by `lift`, all its numbers are positive: max sum y with (M + lift) y <= 1, y >= 0.
  const lift = 1 + Math.max(...margins.flat().map(Math.abs));
  const rows = margins.map((row, i) => [
    ...row.map((value) => value + lift),
    ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
    1,
  ]);
  const costs = Array.from({ length: 2 * n + 1 }, (_, j) => (j < n ? 1 : 0));
  const basis = rows.map((_, i) => n + i);
  for (;;) {
    const entering = costs.findIndex((cost, j) => j < 2 * n && cost > tiny);
    if (entering === -1) break;
    const leaving = leavingRow(rows, basis, entering);
    pivot(rows, costs, leaving, entering);
    basis[leaving] = entering;
  }
  const solution = new Array<number>(n).fill(0);
  basis.forEach((variable, i) => {
    if (variable < n) solution[variable] = Math.max(0, rows[i]!.at(-1)!);
  });
  const total = solution.reduce((sum, value) => sum + value, 0);
  return solution.map((value) => value / total);
}

/** The row whose limit on the entering variable is the tightest; of equals the one with the smallest variable. */
function leavingRow(rows: readonly number[][], basis: readonly number[], entering: number): number {
  let leaving = -1;
  let tightest = Infinity;
  rows.forEach((row, i) => {
    if (row[entering]! <= tiny) return;
    const limit = row.at(-1)! / row[entering]!;
    const isTie = Math.abs(limit - tightest) <= tiny;
    if (isTie ? basis[i]! < basis[leaving]! : limit < tightest) {
      leaving = i;
      tightest = limit;
    }
  });
  return leaving;
}

function pivot(rows: number[][], costs: number[], leaving: number, entering: number): void {
  const row = rows[leaving]!;
  const by = row[entering]!;
  row.forEach((value, j) => {
    row[j] = value / by;
  });
  for (const other of [...rows, costs]) {
    if (other === row) continue;
    const factor = other[entering]!;
    if (factor === 0) continue;
    row.forEach((value, j) => {
      other[j]! -= factor * value;
    });
  }
}
