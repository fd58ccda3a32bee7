import type { Db } from "@/lib/db/client";
import { findPrices, readInstanceCosts } from "./budget/prices";
import type { Because } from "./decide";
import { columnsOf } from "./features/columns";
import { describeColumn } from "./features/describe-column";
import { readFeatures } from "./features/read";
import { textFeatures, type InstanceFeatures } from "./features/schema";
import { readFit } from "./fits/read-fit";
import { gainOf } from "./learn/gain";
import type { GainModel } from "./learn/schema";
import type { PolicyPayload } from "./schema";
import { readScores } from "./scores";

/** What a policy ranks an instance by, and through which of its characteristics where it tells. */
export type Score = { score: number; because?: readonly Because[] };

/** Those of the instances that can be scored. */
export type Scorer = (db: Db, ids: string[]) => Promise<Map<string, Score>>;

/** So many characteristics are told. */
const toldReasons = 3;

const nothing: Scorer = () => Promise.resolve(new Map());

/** What scores instances for a policy; nothing has a score for one that does not rank. */
export async function openScorer(db: Db, projectId: string, policy: PolicyPayload): Promise<Scorer> {
  switch (policy.kind) {
    case "uncertainty":
      return async (db, ids) => {
        const scores = await readScores(db, projectId, ids);
        return new Map([...scores].map(([id, score]) => [id, { score }]));
      };
    case "learned":
    case "learned-per-cost": {
      const model = (await readFit(db, projectId, policy.fitVersion))?.model.gain;
      if (!model) return nothing;
      const scorer = gainScorer(projectId, model);
      return policy.kind === "learned" ? scorer : await perCost(projectId, scorer);
    }
    default:
      return nothing;
  }
}

/** By what a person's label gains, in nats a pair; of instances whose texts' numbers are known. */
function gainScorer(projectId: string, model: GainModel): Scorer {
  const words = model.columns.map(describeColumn);
  return async (db, ids) => {
    const scores = new Map<string, Score>();
    for (const [id, features] of await readFeatures(db, projectId, ids)) {
      if (!isKnown(features)) continue;
      const { gain, because } = gainOf(model, columnsOf(model.columns, features));
      const told = because.slice(0, toldReasons).map(({ column, gain }) => ({ words: words[column]!, gain }));
      scores.set(id, { score: gain, because: told });
    }
    return scores;
  };
}

/** The same for what a person's label costs beyond a judge's, in nats a pair for a unit of the currency. */
async function perCost(projectId: string, scorer: Scorer): Promise<Scorer> {
  const prices = await findPrices(projectId);
  if (prices === null) return nothing;
  return async (db, ids) => {
    const scores = await scorer(db, ids);
    const costs = await readInstanceCosts(db, projectId, { ids: [...scores.keys()], prices });
    for (const [id, { humanMicros, judgeMicros }] of costs) {
      const { score, because } = scores.get(id)!;
      // Where people are no dearer, as much as a millionth is.
      scores.set(id, { score: (1e6 * score) / Math.max(1, humanMicros - judgeMicros), because: because! });
    }
    return scores;
  };
}

function isKnown({ numbers }: InstanceFeatures): boolean {
  return textFeatures.some((feature) => numbers[feature] !== undefined);
}
