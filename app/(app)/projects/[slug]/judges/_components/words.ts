import type { VerdictOutcome } from "@/lib/judges/schema";

/** One order's verdict in a sentence. */
export function wordOutcome(outcome: VerdictOutcome): string {
  if (outcome.kind === "invalid") return `Cannot be used: ${outcome.problem}.`;
  if (outcome.kind === "tie") return `A tie. ${outcome.reasoning ?? ""}`.trim();
  const place = outcome.preferred === 0 ? "first" : "second";
  const said = `Prefers the ${place} of the pair, strength ${outcome.strength}.`;
  return outcome.reasoning === null ? said : `${said} ${outcome.reasoning}`;
}
