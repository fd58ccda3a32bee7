import type { RunKind, RunView } from "@/lib/jobs/schema";
import type { BadgeVariant } from "../ui/badge";

export const kindWords: Record<RunKind, string> = {
  import: "Import",
  snapshot: "Snapshot",
  judge: "Judging",
  route: "Routing",
  train: "Training",
  score: "Scoring",
  "judge-report": "Report on AI annotators",
  "judge-attack": "Test against attacks",
  tagging: "Tagging",
  "routing-features": "Features for routing",
  "tag-classifier": "Tags by a classifier",
  "routing-fit": "Fit of the routing",
};

export const stateWords: Record<RunView["state"], { variant: BadgeVariant; label: string }> = {
  uploading: { variant: "indigo", label: "Uploading" },
  queued: { variant: "neutral", label: "Waiting for a worker" },
  running: { variant: "indigo", label: "Running" },
  succeeded: { variant: "emerald", label: "Done" },
  failed: { variant: "rose", label: "Failed" },
  cancelled: { variant: "neutral", label: "Cancelled" },
};

/** A run's state in a word and a colour: a cap on money that held is no failure. */
export function stateOf({ state, stoppedAtCap }: Pick<RunView, "state" | "stoppedAtCap">): {
  variant: BadgeVariant;
  label: string;
} {
  return stoppedAtCap ? { variant: "amber", label: "Stopped at a cap" } : stateWords[state];
}

/** What a run's state is called, with what it waits for. */
export function wordState(run: RunView): string {
  if (run.finishedAt === null && run.cancelRequestedAt !== null) return "Cancelling";
  return run.lacksWorker ? `Waiting for a worker that takes ${run.kind}` : stateOf(run).label;
}

/** "4 s", "3 min 20 s", "2 h 5 min". */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
