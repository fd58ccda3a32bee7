import { sayText } from "@/lib/say";
import type { ModelMetrics, RewardModelView } from "./schema";

/** A version whose reasons, which are stored in English, are said in the language of the request. */
export function tellModel(model: RewardModelView): RewardModelView {
  const { gate } = model;
  return {
    ...model,
    metrics: tellMetrics(model.metrics),
    gate: { ...gate, rules: gate.rules.map(tellReason) },
  };
}

function tellMetrics(metrics: ModelMetrics): ModelMetrics {
  const { provider, encodedOn, tastes, preference, evaluation, noise } = metrics;
  return {
    ...metrics,
    provider: provider && { ...provider, others: provider.others.map(tellReason) },
    encodedOn: encodedOn && { ...encodedOn, others: encodedOn.others.map(tellReason) },
    tastes: tastes?.kind === "skipped" ? tellReason(tastes) : tastes,
    preference: preference?.kind === "skipped" ? tellReason(preference) : preference,
    evaluation: evaluation && {
      ...evaluation,
      learningCurve: tellSkipped(evaluation.learningCurve),
      outOfDistribution: tellSkipped(evaluation.outOfDistribution),
    },
    noise: noise && tellSkipped(noise),
    failures: metrics.failures.map(tellReason),
  };
}

function tellReason<T extends { reason: string }>(given: T): T {
  return { ...given, reason: sayText(given.reason) };
}

function tellSkipped<T extends { skipped: string | null }>(given: T): T {
  return given.skipped === null ? given : { ...given, skipped: sayText(given.skipped) };
}
