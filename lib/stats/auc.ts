/**
 * Area under the ROC curve: the probability that a random positive has a higher score than a random negative, equal
 * scores counting half (Mann & Whitney's U). Null where one of the two kinds is missing.
 */
export function areaUnderRoc(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): number | null {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    // Ranks from 1; equal scores share the mean of theirs.
    const rank = (start + 1 + end) / 2;
    for (const i of order.slice(start, end)) {
      if (!isPositive[i]) continue;
      positives++;
      rankSum += rank;
    }
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
