import type { RouteKind } from "@/lib/db/generated/enums";
import { say } from "@/lib/say";
import type { Candidate } from "./decide";
import { formatShare } from "./describe";
import { tellColumn } from "./features/tell-column";
import type { Policy } from "./schema";

type RankingPolicy = Extract<Policy, { threshold: unknown }>;
type Side = "human" | "lm";

/** Why a policy sends an instance where it does. */
export function reasonOf(policy: Policy, instance: Candidate, route: RouteKind): string {
  const { dualShare, version } = policy;
  if (instance.hasImages)
    return say`It has images, which AI is not shown, so it goes to people whatever the policy (policy ${version})`;
  if (route === "dual")
    return say`Drawn for people and AI: ${formatShare(dualShare)} of the instances, at random (policy ${version})`;
  const isOfRest = dualShare > 0;
  switch (policy.kind) {
    case "all-human":
      return isOfRest
        ? say`All instances that were not drawn for both go to people (policy ${version})`
        : say`All instances go to people (policy ${version})`;
    case "all-ai":
      return isOfRest
        ? say`All instances that were not drawn for both go to AI (policy ${version})`
        : say`All instances go to AI (policy ${version})`;
    case "confidence":
    case "cascade":
      return isOfRest
        ? say`All instances that were not drawn for both go to AI first, and on to people where it is not confident (policy ${version})`
        : say`All instances go to AI first, and on to people where it is not confident (policy ${version})`;
    case "random":
      return reasonOfDraw(policy, route);
    case "uncertainty":
    case "learned":
    case "learned-per-cost":
      return reasonOfRank(policy, instance, route);
  }
}

function reasonOfDraw(policy: Extract<Policy, { kind: "random" }>, side: Side): string {
  const { dualShare, version } = policy;
  const share = formatShare(policy.humanShare);
  if (dualShare > 0)
    return side === "human"
      ? say`Drawn for people: ${share} of the instances that were not drawn for both go to people, at random (policy ${version})`
      : say`Drawn for AI: ${share} of the instances that were not drawn for both go to people, at random (policy ${version})`;
  return side === "human"
    ? say`Drawn for people: ${share} of the instances go to people, at random (policy ${version})`
    : say`Drawn for AI: ${share} of the instances go to people, at random (policy ${version})`;
}

function reasonOfRank(policy: RankingPolicy, { score, because = [] }: Candidate, side: Side): string {
  const { threshold, version } = policy;
  const share = formatShare(policy.humanShare);
  if (score === null || threshold === null) {
    const missing =
      policy.kind === "uncertainty"
        ? say`Not scored by a reward model yet`
        : say`Its characteristics are not known yet`;
    return side === "human"
      ? say`${missing}, so drawn for people: ${share} go to people, at random (policy ${version})`
      : say`${missing}, so drawn for AI: ${share} go to people, at random (policy ${version})`;
  }
  const ranked = wordRank(policy.kind, score, threshold.score);
  const isDrawn = score === threshold.score && threshold.share < 1;
  const reason = isDrawn
    ? side === "human"
      ? say`${ranked} for the ${share} that go to people, drawn: to people (policy ${version})`
      : say`${ranked} for the ${share} that go to people, drawn: to AI (policy ${version})`
    : side === "human"
      ? say`${ranked} for the ${share} that go to people: to people (policy ${version})`
      : say`${ranked} for the ${share} that go to people: to AI (policy ${version})`;
  const most = because.slice(0, 3).map(({ words, gain }) => say`${tellColumn(words)} (${formatGain(gain)})`);
  return most.length > 0 ? say`${reason}. Most of it: ${most.join(", ")}` : reason;
}

/** Where a score is beside the cut. */
function wordRank(kind: RankingPolicy["kind"], score: number, cut: number): string {
  const [own, at] = [formatScore(score), formatScore(cut)];
  switch (kind) {
    case "uncertainty":
      if (score > cut) return say`Disagreement ${own} is above the cut of ${at}`;
      return score < cut
        ? say`Disagreement ${own} is below the cut of ${at}`
        : say`Disagreement ${own} is at the cut of ${at}`;
    case "learned":
      if (score > cut) return say`A person's label gains ${own}, above the cut of ${at}`;
      return score < cut
        ? say`A person's label gains ${own}, below the cut of ${at}`
        : say`A person's label gains ${own}, at the cut of ${at}`;
    case "learned-per-cost":
      if (score > cut) return say`A person's label gains ${own} for its price, above the cut of ${at}`;
      return score < cut
        ? say`A person's label gains ${own} for its price, below the cut of ${at}`
        : say`A person's label gains ${own} for its price, at the cut of ${at}`;
  }
}

function formatScore(score: number): string {
  return score.toPrecision(3);
}

function formatGain(gain: number): string {
  return `${gain < 0 ? "−" : "+"}${formatScore(Math.abs(gain))}`;
}
