import type { FitVerdict } from "@/lib/routing/learn/schema";
import type { PolicyKind } from "@/lib/routing/schema";
import { goesByFit, goesByGain } from "./policy-values";

/** How each kind of policy is offered. */
export const kindLooks: Record<PolicyKind, { label: string; hint: string }> = {
  "all-human": { label: "All to people", hint: "Every instance goes to the annotators." },
  "all-ai": { label: "All to AI", hint: "Every instance goes to the judges that are switched on." },
  random: { label: "Random share", hint: "A share drawn at random goes to people, the rest to AI." },
  uncertainty: {
    label: "Uncertainty",
    hint: "People get those on which the members of the reward model disagree most, the rest goes to AI.",
  },
  confidence: {
    label: "Judge confidence",
    hint: "AI labels first. People get those on which the judge is not confident enough to keep a bound on its errors.",
  },
  learned: {
    label: "Learned gain",
    hint: "People get those on which a human label is foreseen to help most, the rest goes to AI.",
  },
  "learned-per-cost": {
    label: "Gain per cost",
    hint: "As by learned gain, for each unit of money that a human label costs more than a judge’s.",
  },
  cascade: {
    label: "Cascade",
    hint: "A cheap judge first; where it is not confident enough a strong one, and people where that is not either.",
  },
};

/** The newest fit, as far as it decides which policies can be had. */
export type FitState = { version: number; verdict: FitVerdict["kind"] | null } | null;

/** Why a kind of policy cannot be applied now; null when it can. */
export function whyNot(kind: PolicyKind, fit: FitState): string | null {
  if (!goesByFit(kind)) return null;
  if (fit === null) return "Needs a fit; the Backtest tab makes one.";
  if (goesByGain(kind) && fit.verdict !== "trusted")
    return `Needs a fit that can be trusted, and fit ${fit.version} cannot; the Backtest tab says why.`;
  return null;
}
