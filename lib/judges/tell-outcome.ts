import { sayText } from "@/lib/say";
import type { VerdictOutcome } from "./schema";

/** A verdict whose fault, which is stored as the judge was told it, is said in the language of the request. */
export function tellOutcome(outcome: VerdictOutcome): VerdictOutcome {
  return outcome.kind === "invalid" ? { ...outcome, problem: tellProblem(outcome.problem) } : outcome;
}

/** A fault is a sentence, or the field of the answer in quotes and what is wrong with it. */
function tellProblem(problem: string): string {
  const said = sayText(problem);
  if (said !== problem) return said;
  const [, field, what] = /^("[^"]*") (.+)$/s.exec(problem) ?? [];
  return what === undefined ? problem : `${field} ${sayText(what)}`;
}
