/**
 * Cohen's kappa of a square table of counts, row by row: what the one says by what the other says of the same units.
 * 1 - sum w O / sum w E, with E the table that chance would make of both marginals. `weights` is "none" for all
 * disagreements alike ("A coefficient of agreement for nominal scales", 1960) or "quadratic", where categories are in
 * their order (Cohen 1968). Null where chance leaves no disagreement: both name one category only, the same.
 */
export function cohenKappa(
  table: ArrayLike<number>,
  categories: number,
  weights: "none" | "quadratic" = "none",
): number | null {
  const rows = new Float64Array(categories);
  const columns = new Float64Array(categories);
  let total = 0;
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const count = table[i * categories + j]!;
      rows[i]! += count;
      columns[j]! += count;
      total += count;
    }
  }
  let [observed, expected] = [0, 0];
  for (let i = 0; i < categories; i++) {
    for (let j = 0; j < categories; j++) {
      const weight = weights === "none" ? Number(i !== j) : (i - j) ** 2;
      observed += weight * table[i * categories + j]!;
      expected += (weight * rows[i]! * columns[j]!) / total;
    }
  }
  return expected > 1e-12 * total ? 1 - observed / expected : null;
}
