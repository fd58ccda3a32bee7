import type { PolicyInput, PolicyKind, PolicyPayload } from "@/lib/routing/schema";

/** The kinds that the form asks for. */
export type FormKind = Extract<PolicyKind, "all-human" | "all-ai" | "random" | "uncertainty">;

/** The form's fields as they are typed. Shares are percentages. */
export type PolicyValues = { kind: FormKind; human: string; dual: string; lmWeight: string; seed: string };
export type PolicyFaults = Partial<Record<Exclude<keyof PolicyValues, "kind">, string>>;

/** Where the current policy has no share for people. */
const usualHumanShare = 0.3;

export function valuesOf(policy: PolicyPayload): PolicyValues {
  return {
    kind: hasForm(policy.kind) ? policy.kind : "all-human",
    human: asPercent("humanShare" in policy ? policy.humanShare : usualHumanShare),
    dual: asPercent(policy.dualShare),
    lmWeight: String(policy.lmWeight),
    seed: String(policy.seed),
  };
}

function hasForm(kind: PolicyKind): kind is FormKind {
  return kind === "all-human" || kind === "all-ai" || hasHumanShare(kind);
}

/** Whether a kind of policy has a share for people. */
export function hasHumanShare(kind: PolicyKind): kind is "random" | "uncertainty" {
  return kind === "random" || kind === "uncertainty";
}

/** What is wrong with the fields that this kind of policy uses; nothing when it can be previewed and applied. */
export function faultsOf({ kind, human, dual, lmWeight, seed }: PolicyValues): PolicyFaults {
  const percent = "Must be a number from 0 to 100.";
  return {
    ...(hasHumanShare(kind) && !isBetween(human, 100) && { human: percent }),
    ...(!isBetween(dual, 100) && { dual: percent }),
    ...(!isBetween(lmWeight, 1) && { lmWeight: "Must be a number from 0 to 1." }),
    ...(!(isBetween(seed, 2_147_483_647) && Number.isInteger(Number(seed))) && {
      seed: "Must be a whole number from 0 to 2147483647.",
    }),
  };
}

/** The policy that valid fields ask for. */
export function inputOf({ kind, human, dual, lmWeight, seed }: PolicyValues): PolicyInput {
  const settings = { dualShare: asShare(dual), lmWeight: Number(lmWeight), seed: Number(seed) };
  return kind === "random" || kind === "uncertainty"
    ? { kind, humanShare: asShare(human), ...settings }
    : { kind, ...settings };
}

function isBetween(text: string, most: number): boolean {
  return text.trim() !== "" && Number(text) >= 0 && Number(text) <= most;
}

/** Without the noise of binary fractions: 7 % is 0.07. */
function asShare(percent: string): number {
  return Number((Number(percent) / 100).toPrecision(12));
}

function asPercent(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
