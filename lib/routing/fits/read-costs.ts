import { prisma } from "@/lib/db/client";
import { findPrices, readInstanceCosts } from "../budget/prices";
import type { Said } from "./dual-units";
import type { Placed } from "./load-dual";

const readAtOnce = 1000;

/**
 * What labelling units costs, by people and by AI, in the project's prices of today; where AI's label says what it cost, it
 * is that. An instance with several units costs each of them its part. Null where people have no price.
 */
export async function readCosts(
  projectId: string,
  units: readonly Placed[],
  said: readonly Pick<Said, "costMicros">[],
): Promise<{ human: Float64Array; lm: Float64Array } | null> {
  const prices = await findPrices(projectId);
  if (!prices) return null;
  const ids = [...new Set(units.map(({ instance }) => instance.id))];
  const costs = new Map<string, { humanMicros: number; judgeMicros: number }>();
  for (let start = 0; start < ids.length; start += readAtOnce) {
    const read = await readInstanceCosts(prisma, projectId, { ids: ids.slice(start, start + readAtOnce), prices });
    for (const [id, cost] of read) costs.set(id, cost);
  }
  const of = (unit: Placed, kind: "humanMicros" | "judgeMicros"): number =>
    costs.get(unit.instance.id)![kind] / unit.instance.units.length;
  return {
    human: Float64Array.from(units, (unit) => of(unit, "humanMicros")),
    lm: Float64Array.from(units, (unit, place) => said[place]!.costMicros ?? of(unit, "judgeMicros")),
  };
}
