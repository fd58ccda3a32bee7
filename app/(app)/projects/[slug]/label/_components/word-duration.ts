/** "8.4 s", "12 min", "2 h 5 min": what is under a minute with tenths, as medians of short answers differ by those. */
export function wordDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}\u202fs`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes}\u202fmin`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u202fh${rest === 0 ? "" : ` ${rest}\u202fmin`}`;
}
