import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { countVotes, decideVotes } from "@/lib/stats/majority";
import { comparisonPayload, labelWeight, type ConsensusCounts, type ConsensusPayload } from "./schema";
import { votesOf, type PairVote } from "./votes";

/** The current labels of one question about one pair. */
type Group = {
  instanceId: string;
  question: string;
  aspect: string;
  target: string;
  /** In the order of their ids. */
  labels: unknown;
  /** What an AI's vote counts in this project. */
  lmWeight: unknown;
};

const votingLabels = z.array(
  z.object({ id: z.uuid(), source: z.enum(["human", "lm"]), annotator: z.string(), payload: comparisonPayload }),
);

type ConsensusRow = {
  instance_id: string;
  question: string;
  aspect: string;
  target: string;
  method: "majority" | "weighted-majority";
  payload: ConsensusPayload;
  confidence: number;
  counts: ConsensusCounts;
  label_count: number;
  label_ids: string[];
};

/**
 * Brings the consensus of these instances up to date with their current labels and the project's weight of AI: rows of
 * changed questions are written, rows without votes removed, the rest stay as they are. It is the majority of the
 * comparisons by people, each with weight 1, and by AI judges; rewards of a model and demo labels never count.
 * Call it in the transaction that writes the labels, with the instances' rows locked: three statements however many.
 */
export async function refreshConsensus(db: Db, projectId: string, instanceIds: string[]): Promise<void> {
  if (instanceIds.length === 0) return;
  const groups = await db.$queryRaw<Group[]>`
    select instance_id as "instanceId", question, aspect, target,
      jsonb_agg(jsonb_build_object('id', id, 'source', source, 'annotator', annotator, 'payload', payload) order by id) as labels,
      (select policies.payload -> 'lmWeight' from policies join projects on projects.id = policies.project_id
        and projects.policy_version = policies.version where policies.project_id = ${projectId}::uuid) as "lmWeight"
    from labels
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[])
      and source in ('human', 'lm') and type = 'comparison' and is_current
    group by instance_id, question, aspect, target`;
  const rows = JSON.stringify(groups.flatMap(aggregate));
  await db.$executeRaw`
    delete from consensus c
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[]) and not exists (
      select from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, aspect text, target text)
      where r.instance_id = c.instance_id and r.question = c.question and r.aspect = c.aspect and r.target = c.target)`;
  if (groups.length === 0) return;
  await db.$executeRaw`
    insert into consensus as c
      (project_id, instance_id, question, aspect, target, method, payload, confidence, counts, label_count, label_ids, computed_at)
    select ${projectId}::uuid, r.instance_id, r.question, r.aspect, r.target, r.method, r.payload, r.confidence, r.counts, r.label_count, r.label_ids, now()
    from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, aspect text, target text, method text,
      payload jsonb, confidence float8, counts jsonb, label_count int, label_ids uuid[])
    on conflict (project_id, instance_id, question, aspect, target) do update set
      method = excluded.method, payload = excluded.payload, confidence = excluded.confidence, counts = excluded.counts,
      label_count = excluded.label_count, label_ids = excluded.label_ids, computed_at = excluded.computed_at
    where (c.label_ids, c.payload, c.confidence, c.label_count)
      is distinct from (excluded.label_ids, excluded.payload, excluded.confidence, excluded.label_count)`;
}

/** The consensus row of a group; none when no vote in it counts. */
function aggregate({ instanceId, question, aspect, target, labels, lmWeight }: Group): ConsensusRow[] {
  const weights = { human: 1, lm: labelWeight.parse(lmWeight) };
  const answers = votingLabels.parse(labels);
  const votes = votesOf(answers);
  const counting = votes.filter(({ source }) => weights[source] > 0);
  const counts = { human: countVotes(answersOf(votes, "human")), lm: countVotes(answersOf(votes, "lm")) };
  const weigh = (answer: "0" | "1" | "tie") => counts.human[answer] + weights.lm * counts.lm[answer];
  const decision = decideVotes({ "0": weigh("0"), "1": weigh("1"), tie: weigh("tie") });
  if (!decision) return [];
  const total = counting.reduce((sum, { source }) => sum + weights[source], 0);
  const mean = (value: (vote: PairVote) => number) =>
    counting.reduce((sum, vote) => sum + weights[vote.source] * value(vote), 0) / total;
  const payload = {
    pair: answers[0]!.payload.pair,
    preferred: decision.answer,
    bothBad: mean(({ bothBad }) => Number(bothBad)) > 0.5,
    isDraw: decision.isDraw,
    strength: mean(({ strength }) => strength),
  };
  return [
    {
      ...{ instance_id: instanceId, question, aspect, target, payload, counts },
      method: counting.some(({ source }) => source === "lm") ? "weighted-majority" : "majority",
      confidence: decision.confidence,
      label_count: counting.length,
      label_ids: votes.flatMap(({ labelIds }) => labelIds).sort(),
    },
  ];
}

function answersOf(votes: PairVote[], source: PairVote["source"]): PairVote["answer"][] {
  return votes.filter((vote) => vote.source === source).map(({ answer }) => answer);
}
