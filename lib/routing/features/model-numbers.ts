import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { disagreement } from "@/lib/stats/disagreement";
import { meanOverPairs } from "./pairs";
import type { modelFeatures } from "./schema";

type ModelNumbers = Record<(typeof modelFeatures)[number], number>;

/** Of each completion its reward, and that by each member of the ensemble. */
const scored = z.array(z.object({ reward: z.number(), members: z.array(z.number()) }));

/**
 * What the serving reward model says of the instances that it has scored, as means over the pairs of completions: how far
 * apart it sees them (logits), and how much its members disagree on which is better (nats).
 */
export async function readModelNumbers(
  db: Db,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, ModelNumbers>> {
  const rows = await db.$queryRaw<{ id: string; scores: unknown }[]>`
    select s.instance_id::text as id,
      json_agg(json_build_object('reward', s.reward, 'members', to_json(s.members)) order by s.index) as scores
    from reward_scores s
    join reward_models m on m.project_id = s.project_id and m.version = s.model_version and m.is_active
    where s.project_id = ${projectId}::uuid and s.instance_id = any(${ids}::uuid[])
    group by s.instance_id having count(*) > 1`;
  return new Map(rows.map(({ id, scores }) => [id, numbersOf(scored.parse(scores))]));
}

function numbersOf(scores: z.infer<typeof scored>): ModelNumbers {
  const apart = (of: (first: number, second: number) => number): number => meanOverPairs(scores.length, of)!;
  return {
    margin: apart((a, b) => Math.abs(scores[a]!.reward - scores[b]!.reward)),
    disagreement: apart((a, b) =>
      disagreement(scores[a]!.members.map((reward, member) => reward - scores[b]!.members[member]!)),
    ),
  };
}
