import type { Translate } from "@/app/i18n/translate";
import type { RunView } from "@/lib/jobs/schema";
import type { BadgeVariant } from "../ui/badge";
import type { Numbers } from "../ui/numbers";
import { wordDuration } from "../ui/word-duration";

const badges: Record<RunView["state"], BadgeVariant> = {
  uploading: "indigo",
  queued: "neutral",
  running: "indigo",
  succeeded: "emerald",
  failed: "rose",
  cancelled: "neutral",
};

/** What runs count, as far as other languages have words for it. */
const units = ["lines", "labels", "instances", "steps", "texts", "annotators", "dimensions", "percent"] as const;

/** A run's state in a word and a colour: a cap on money that held is no failure. */
export function stateOf(
  { state, stoppedAtCap }: Pick<RunView, "state" | "stoppedAtCap">,
  t: Translate<"runs">,
): { variant: BadgeVariant; label: string } {
  if (stoppedAtCap) return { variant: "amber", label: t("states.stoppedAtCap") };
  return { variant: badges[state], label: t(`states.${state}`) };
}

/** What a run's state is called, with what it waits for. */
export function wordState(run: RunView, t: Translate<"runs">): string {
  if (run.finishedAt === null && run.cancelRequestedAt !== null) return t("states.cancelling");
  return run.lacksWorker ? t("states.waitingFor", { kind: run.kind }) : stateOf(run, t).label;
}

/** What a run counts, such as "instances". */
export function wordUnit({ progress: { unit } }: RunView, t: Translate<"runs">): string {
  const known = units.find((one) => one === unit);
  return known ? t(`units.${known}`) : unit;
}

/** How long a run took, or has taken so far; nothing before it starts. */
export function wordRunTime(
  { startedAt, finishedAt }: Pick<RunView, "startedAt" | "finishedAt">,
  numbers: Numbers,
  t: Translate<"ui.duration">,
): string {
  if (startedAt === null) return "";
  const end = finishedAt === null ? Date.now() : Date.parse(finishedAt);
  return wordDuration(Math.max(0, end - Date.parse(startedAt)), numbers, t);
}
