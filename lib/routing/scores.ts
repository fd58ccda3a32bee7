import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { disagreement } from "@/lib/stats/disagreement";

/** Each completion's rewards by the members of the ensemble. */
const ensemble = z.array(z.array(z.number()));

/**
 * How much the members of the active reward model disagree on these instances, for those it has scored: the mean of
 * their disagreement over the pairs of completions, as a person is shown a random one of them. In nats, 0 to ln 2.
 */
export async function readScores(db: Db, projectId: string, instanceIds: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; members: unknown }[]>`
    select s.instance_id as id, json_agg(to_json(s.members) order by s.index) as members
    from reward_scores s
    join reward_models m on m.project_id = s.project_id and m.version = s.model_version and m.is_active
    where s.project_id = ${projectId}::uuid and s.instance_id = any(${instanceIds}::uuid[])
    group by s.instance_id having count(*) > 1`;
  return new Map(rows.map(({ id, members }) => [id, meanDisagreement(ensemble.parse(members))]));
}

/** `members[completion][member]`, at least two completions. */
function meanDisagreement(members: number[][]): number {
  let sum = 0;
  let pairs = 0;
  for (let second = 1; second < members.length; second++) {
    for (let first = 0; first < second; first++) {
      sum += disagreement(members[first]!.map((reward, member) => reward - members[second]![member]!));
      pairs++;
    }
  }
  return sum / pairs;
}
