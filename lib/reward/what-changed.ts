import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { WhatChanged } from "./evaluation/schema";
import { modelConfig, modelMetrics, type ModelConfig, type RewardModelView } from "./schema";

/**
 * What is different about a version beside the one that serves; of the one that serves, beside the one that it was compared
 * with. Null where there is no other, or no more.
 */
export async function findWhatChanged(
  { projectId }: Access<"reward:read">,
  model: RewardModelView,
): Promise<WhatChanged | null> {
  const { comparedWith } = model.gate;
  if (model.isActive && comparedWith === null) return null;
  const other = await prisma.rewardModel.findFirst({
    where: { projectId, ...(model.isActive ? { version: comparedWith! } : { isActive: true }) },
    select: { version: true, snapshotId: true, config: true, metrics: true },
  });
  if (!other) return null;
  const [labels] = await prisma.$queryRaw<[WhatChanged["labels"]]>`
    with now as (select label_id from snapshot_labels where project_id = ${projectId}::uuid and snapshot_id = ${model.snapshotId}::uuid),
      before as (select label_id from snapshot_labels where project_id = ${projectId}::uuid and snapshot_id = ${other.snapshotId}::uuid)
    select (select count(*) from (select label_id from now except select label_id from before) a)::int as added,
      (select count(*) from (select label_id from before except select label_id from now) g)::int as gone`;
  const { withSides } = modelMetrics.parse(other.metrics);
  return {
    version: other.version,
    labels,
    config: differences(modelConfig.parse(other.config), model.config),
    before: {
      accuracy: withSides.accuracy?.mean ?? null,
      logLoss: withSides.logLoss,
      calibrationError: withSides.calibration.error,
    },
  };
}

/** What follows from other settings, and says nothing to a reader: the numbers that an endpoint's model is known by. */
const untold = /^encoder\.endpoint\.probe(\.|$)/;

/** The settings in which two configurations differ, each by its path. */
export function differences(before: ModelConfig, now: ModelConfig): WhatChanged["config"] {
  const [old, own] = [leaves(before), leaves(now)];
  return [...new Set([...old.keys(), ...own.keys()])].toSorted().flatMap((name) => {
    const [was, is] = [old.get(name) ?? "none", own.get(name) ?? "none"];
    return was === is || untold.test(name) ? [] : [{ name, before: was, now: is }];
  });
}

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, child]) => [...leaves(child, path === "" ? key : `${path}.${key}`)]),
  );
}
