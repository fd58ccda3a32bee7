/**
 * A tree by its nodes, the root first: a leaf has `left` -1 and its value; elsewhere rows go left where their column is
 * below the cut, and right otherwise.
 */
export type RegressionTree = { column: number[]; cut: number[]; left: number[]; right: number[]; value: number[] };

export type BoostedTrees = { base: number; trees: RegressionTree[] };

/**
 * Gradient boosting of squared error (Friedman 2001): starts at the mean, and each tree takes a part `rate` of what is left
 * of the targets. Trees split exactly, where the sum of squares falls most, halfway between two neighbouring values; of
 * equal splits the first column's lowest counts. Deterministic. Needs at least one row.
 */
export function fitBoostedTrees(given: {
  rows: readonly ArrayLike<number>[];
  targets: ArrayLike<number>;
  trees?: number;
  rate?: number;
  depth?: number;
  /** Rows that a leaf has at least. */
  fewest?: number;
}): BoostedTrees {
  const { rows, targets, trees = 100, rate = 0.1, depth = 3, fewest = 5 } = given;
  const columns = Array.from(rows[0]!, (_, column) => {
    const values = new Float64Array(rows.length);
    rows.forEach((row, i) => (values[i] = row[column]!));
    return { values, order: Int32Array.from(rows.keys()).sort((a, b) => values[a]! - values[b]! || a - b) };
  });
  const base = Float64Array.from(targets).reduce((sum, value) => sum + value, 0) / rows.length;
  const residuals = Float64Array.from(targets, (value) => value - base);
  const made = Array.from({ length: trees }, () => {
    const tree = growTree({ residuals, columns, depth, fewest });
    tree.value = tree.value.map((value) => rate * value);
    rows.forEach((row, i) => (residuals[i]! -= valueOf(tree, row)));
    return tree;
  });
  return { base, trees: made };
}

export function predictBoosted({ base, trees }: BoostedTrees, row: ArrayLike<number>): number {
  return trees.reduce((sum, tree) => sum + valueOf(tree, row), base);
}

function valueOf({ column, cut, left, right, value }: RegressionTree, row: ArrayLike<number>): number {
  let node = 0;
  while (left[node] !== -1) node = row[column[node]!]! < cut[node]! ? left[node]! : right[node]!;
  return value[node]!;
}

type Data = {
  residuals: Float64Array;
  /** The values of each column, and the rows by them, ascending. */
  columns: readonly { values: Float64Array; order: Int32Array }[];
  fewest: number;
};

/** Level by level: one pass over each column's order finds the best split of every node of the level. */
function growTree({ depth, ...data }: Data & { depth: number }): RegressionTree {
  const tree: RegressionTree = { column: [], cut: [], left: [], right: [], value: [] };
  const sums: number[] = [];
  const counts: number[] = [];
  const addNode = (sum: number, count: number): number => {
    tree.column.push(-1);
    tree.cut.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push(sum / count);
    sums.push(sum);
    return counts.push(count) - 1;
  };
  const nodeOf = new Int32Array(data.residuals.length);
  addNode(
    data.residuals.reduce((sum, value) => sum + value, 0),
    nodeOf.length,
  );
  for (let level = 0, from = 0; level < depth; level++) {
    const splits = bestSplits(data, nodeOf, from, sums, counts);
    from = counts.length;
    splits.forEach(({ column, cut, sum, count }, node) => {
      tree.column[node] = column;
      tree.cut[node] = cut;
      tree.left[node] = addNode(sum, count);
      tree.right[node] = addNode(sums[node]! - sum, counts[node]! - count);
    });
    for (let i = 0; i < nodeOf.length; i++) {
      const node = nodeOf[i]!;
      if (!splits.has(node)) continue;
      const value = data.columns[tree.column[node]!]!.values[i]!;
      nodeOf[i] = value < tree.cut[node]! ? tree.left[node]! : tree.right[node]!;
    }
  }
  return tree;
}

/** `sum` and `count` of what goes left. */
type Split = { column: number; cut: number; sum: number; count: number };

function bestSplits(
  { residuals, columns, fewest }: Data,
  nodeOf: Int32Array,
  from: number,
  sums: readonly number[],
  counts: readonly number[],
): Map<number, Split> {
  const best = new Map<number, Split>();
  const gains = new Float64Array(counts.length).fill(1e-15);
  const parents = sums.map((sum, node) => sum ** 2 / counts[node]!);
  const sum = new Float64Array(counts.length);
  const count = new Int32Array(counts.length);
  const last = new Float64Array(counts.length);
  columns.forEach(({ values, order }, column) => {
    sum.fill(0);
    count.fill(0);
    for (let at = 0; at < order.length; at++) {
      const i = order[at]!;
      const node = nodeOf[i]!;
      if (node < from) continue;
      const value = values[i]!;
      const left = count[node]!;
      const right = counts[node]! - left;
      if (value > last[node]! && left >= fewest && right >= fewest) {
        const rest = sums[node]! - sum[node]!;
        const gain = sum[node]! ** 2 / left + rest ** 2 / right - parents[node]!;
        if (gain > gains[node]!) {
          gains[node] = gain;
          const middle = (value + last[node]!) / 2;
          const cut = middle > last[node]! ? middle : value;
          best.set(node, { column, cut, sum: sum[node]!, count: left });
        }
      }
      sum[node]! += residuals[i]!;
      count[node] = left + 1;
      last[node] = value;
    }
  });
  return best;
}
