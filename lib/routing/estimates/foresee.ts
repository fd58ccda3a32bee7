import { prisma } from "@/lib/db/client";
import { columnsOf } from "../features/columns";
import { readFeatures } from "../features/read";
import { readFit } from "../fits/read-fit";
import { errorChance } from "../learn/error-model";

const batchSize = 2000;

/**
 * How likely people differ from the judge on instances, by what the newest fit learned of their characteristics. Without
 * one, or where it learned nothing of that, all are alike.
 */
export async function foreseeErrors(projectId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const model = (await readFit(prisma, projectId, "newest"))?.model;
  const chances = new Map<string, number>();
  if (!model?.errors || !model.gain) return new Map(ids.map((id) => [id, 0]));
  for (let start = 0; start < ids.length; start += batchSize) {
    const features = await readFeatures(prisma, projectId, ids.slice(start, start + batchSize));
    for (const [id, known] of features)
      chances.set(id, errorChance(model.errors, columnsOf(model.gain.columns, known)));
  }
  return chances;
}
