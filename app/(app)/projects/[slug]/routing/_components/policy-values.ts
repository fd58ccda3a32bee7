import type { Translate } from "@/app/i18n/translate";
import type { PolicyInput, PolicyKind, PolicyPayload } from "@/lib/routing/schema";

/** The form's fields as they are typed. Shares, error and certainty are percentages, money is in the project's currency. */
export type PolicyValues = {
  kind: PolicyKind;
  human: string;
  dual: string;
  lmWeight: string;
  seed: string;
  error: string;
  certainty: string;
  /** Ids of the judge that is asked first, and of the second. */
  firstJudge: string;
  secondJudge: string;
  isPaced: boolean;
  money: string;
  startsOn: string;
  endsOn: string;
};
export type PolicyFaults = Partial<Record<Exclude<keyof PolicyValues, "kind" | "isPaced">, string>>;

/** Where the current policy has no share for people, no promise and no days. */
const usualHumanShare = 0.3;
const usualAlpha = 0.05;
const usualDelta = 0.1;
const usualDays = 30;
/** Without a random sample for both, nothing would tell how a policy that goes by what was learned does. */
const usualDualShare = "8";

/** `today` as "2026-01-31", where a budget of days begins unless said otherwise. */
export function valuesOf(policy: PolicyPayload, today: string): PolicyValues {
  const judges = "cuts" in policy ? policy.cuts.map(({ judge }) => judgeIdOf(judge)) : [];
  const pacing = "pacing" in policy ? policy.pacing : null;
  return {
    kind: policy.kind,
    human: asPercent("humanShare" in policy ? policy.humanShare : usualHumanShare),
    dual: asPercent(policy.dualShare),
    lmWeight: String(policy.lmWeight),
    seed: String(policy.seed),
    error: asPercent("alpha" in policy ? policy.alpha : usualAlpha),
    certainty: asPercent(1 - ("delta" in policy ? policy.delta : usualDelta)),
    firstJudge: judges[0] ?? "",
    secondJudge: judges[1] ?? "",
    isPaced: pacing !== null,
    money: pacing ? String(pacing.micros / 1e6) : "",
    startsOn: pacing?.startsOn ?? today,
    endsOn: pacing?.endsOn ?? dayAfter(today, usualDays),
  };
}

/** The values with another kind, which needs a share for both where it goes by what was learned. */
export function withKind(values: PolicyValues, kind: PolicyKind): PolicyValues {
  return { ...values, kind, ...(goesByFit(kind) && Number(values.dual) === 0 && { dual: usualDualShare }) };
}

/** Whether a kind of policy has a share for people. */
export function hasHumanShare(kind: PolicyKind): kind is "random" | "uncertainty" | "learned" | "learned-per-cost" {
  return kind === "random" || kind === "uncertainty" || goesByGain(kind);
}

/** Whether a kind of policy needs a fit whose gains can be trusted. */
export function goesByGain(kind: PolicyKind): kind is "learned" | "learned-per-cost" {
  return kind === "learned" || kind === "learned-per-cost";
}

/** Whether a kind of policy promises how often what it leaves to AI is wrong. */
export function hasPromise(kind: PolicyKind): kind is "confidence" | "cascade" {
  return kind === "confidence" || kind === "cascade";
}

/** Whether a kind of policy needs a fit. */
export function goesByFit(kind: PolicyKind): boolean {
  return goesByGain(kind) || hasPromise(kind);
}

/** What is wrong with the fields that this kind of policy uses; nothing when it can be previewed and applied. */
export function faultsOf(values: PolicyValues, t: Translate<"routing.faults">): PolicyFaults {
  const { kind, human, dual, lmWeight, seed } = values;
  const percent = t("number", { least: 0, most: 100 });
  return {
    ...(hasHumanShare(kind) && !isBetween(human, 0, 100) && { human: percent }),
    ...(hasHumanShare(kind) && values.isPaced && pacingFaults(values, t)),
    ...(hasPromise(kind) && promiseFaults(values, t)),
    ...(!isBetween(dual, 0, 100) && { dual: percent }),
    ...(!isBetween(lmWeight, 0, 1) && { lmWeight: t("number", { least: 0, most: 1 }) }),
    ...(!(isBetween(seed, 0, 2_147_483_647) && Number.isInteger(Number(seed))) && {
      seed: t("wholeNumber", { least: 0, most: 2_147_483_647 }),
    }),
  };
}

function promiseFaults(
  { kind, error, certainty, firstJudge, secondJudge }: PolicyValues,
  t: Translate<"routing.faults">,
): PolicyFaults {
  return {
    ...(!isBetween(error, 0.1, 50) && { error: t("number", { least: 0.1, most: 50 }) }),
    ...(!isBetween(certainty, 50, 99.9) && { certainty: t("number", { least: 50, most: 99.9 }) }),
    ...(kind === "cascade" && firstJudge === "" && { firstJudge: t("firstJudge") }),
    ...(kind === "cascade" && (secondJudge === "" || secondJudge === firstJudge) && { secondJudge: t("secondJudge") }),
  };
}

function pacingFaults({ money, startsOn, endsOn }: PolicyValues, t: Translate<"routing.faults">): PolicyFaults {
  return {
    ...(!isBetween(money, 0.000001, 1e9) && { money: t("money") }),
    ...(startsOn === "" && { startsOn: t("startsOn") }),
    ...((endsOn === "" || endsOn < startsOn) && { endsOn: t("endsOn") }),
  };
}

/** The policy that valid fields ask for. */
export function inputOf(values: PolicyValues): PolicyInput {
  const { kind, firstJudge, secondJudge } = values;
  const settings = { dualShare: asShare(values.dual), lmWeight: Number(values.lmWeight), seed: Number(values.seed) };
  if (hasHumanShare(kind)) return { kind, humanShare: asShare(values.human), pacing: pacingOf(values), ...settings };
  if (!hasPromise(kind)) return { kind, ...settings };
  const promise = { alpha: asShare(values.error), delta: asShare(String(100 - Number(values.certainty))) };
  return kind === "confidence"
    ? { kind, ...promise, ...settings }
    : { kind, ...promise, judges: [firstJudge, secondJudge], ...settings };
}

function pacingOf({ isPaced, money, startsOn, endsOn }: PolicyValues) {
  return isPaced ? { micros: Math.round(1e6 * Number(money)), startsOn, endsOn } : null;
}

function isBetween(text: string, least: number, most: number): boolean {
  return text.trim() !== "" && Number(text) >= least && Number(text) <= most;
}

/** Labels sign a judge as "judge:<id>@<version>". */
function judgeIdOf(judge: string): string {
  return judge.replace(/^judge:/, "").replace(/@\d+$/, "");
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Without the noise of binary fractions: 7 % is 0.07. */
function asShare(percent: string): number {
  return Number((Number(percent) / 100).toPrecision(12));
}

function asPercent(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
