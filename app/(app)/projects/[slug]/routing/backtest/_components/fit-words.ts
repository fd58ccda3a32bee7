import type { FitView } from "@/lib/routing/fits/schema";

const causes: Record<FitView["cause"], string> = {
  hand: "by hand",
  schedule: "on schedule",
  judge: "because a judge changed",
  model: "because another reward model serves",
  labels: "after new labels by both",
};

export function wordCause(cause: FitView["cause"]): string {
  return causes[cause];
}
