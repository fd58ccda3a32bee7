import type { Translate } from "@/app/i18n/translate";
import type { FitVerdict } from "@/lib/routing/learn/schema";
import type { PolicyKind } from "@/lib/routing/schema";
import { goesByFit, goesByGain } from "./policy-values";

/** Every kind of policy, in the order in which they are offered. */
export const kinds = [
  "all-human",
  "all-ai",
  "random",
  "uncertainty",
  "confidence",
  "learned",
  "learned-per-cost",
  "cascade",
] as const satisfies readonly PolicyKind[];

/** The newest fit, as far as it decides which policies can be had. */
export type FitState = { version: number; verdict: FitVerdict["kind"] | null } | null;

/** Why a kind of policy cannot be applied now; null when it can. */
export function whyNot(kind: PolicyKind, fit: FitState, t: Translate<"routing.whyNot">): string | null {
  if (!goesByFit(kind)) return null;
  if (fit === null) return t("noFit");
  if (goesByGain(kind) && fit.verdict !== "trusted") return t("untrusted", { version: fit.version });
  return null;
}
