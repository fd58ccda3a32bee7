import type { Translate } from "@/app/i18n/translate";
import type { RunView } from "@/lib/jobs/schema";
import type { BadgeVariant } from "../ui/badge";

const badges: Record<RunView["state"], BadgeVariant> = {
  uploading: "indigo",
  queued: "neutral",
  running: "indigo",
  succeeded: "emerald",
  failed: "rose",
  cancelled: "neutral",
};

/** What runs count, as far as other languages have words for it. */
const units = ["lines", "labels", "instances", "steps", "texts", "annotators", "dimensions"] as const;

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

/** "4 s", "3 min 20 s", "2 h 5 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
