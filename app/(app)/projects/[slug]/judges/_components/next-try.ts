/** When a judge that stopped goes on, and whose turn it is until then. */
export function wordNextTry({ atCap, nextTryAt }: { atCap: boolean; nextTryAt: string | null }): string {
  if (nextTryAt !== null)
    return `It begins again by itself on ${nextTryAt.slice(0, 10)} at ${nextTryAt.slice(11, 16)} UTC.`;
  return atCap
    ? "It begins again by itself within a minute of a higher cap."
    : "It was tried in vain for a day: start it on its page when the cause is mended.";
}
