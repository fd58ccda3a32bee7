import { prisma } from "@/lib/db/client";
import { groupsOf } from "../report/by-group";
import { consensusOf, goldOf, statementsOf, type LabelRow, type Value } from "../report/unit";
import { loadSubjects } from "../load";
import type { Plan } from "../plan";
import { attackSet } from "./attacks";
import { probesOf, type Probe } from "./probe";

/** The judge's own verdicts on an instance say nothing about attacks. */
const noJudge = { judgeId: "00000000-0000-0000-0000-000000000000", version: 0 };

/**
 * Instances to attack: those first of which people, or the import's gold, say which completion is worse, else drawn alike,
 * by their ids, so that all judges and versions are tested on the same. They are of the train split: a rubric is mended
 * by what a test shows, and the other split is to stay unseen.
 */
export async function chooseInstances(projectId: string, count: number): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i
    where i.project_id = ${projectId}::uuid and i.split = 'train' and i.is_labelable and not i.has_images
    order by i.gold is not null or exists (select from labels l where l.project_id = i.project_id and l.instance_id = i.id
      and l.source = 'human' and l.is_current) desc, md5(${attackSet} || i.id::text)
    limit ${count}`;
  return rows.map(({ id }) => id);
}

/** What is asked about an instance under attack; nothing where it has gone or cannot be judged any more. */
export async function loadProbes(projectId: string, plan: Plan, instanceId: string): Promise<Probe[]> {
  const [subject] = await loadSubjects({ projectId, ...noJudge }, plan, [instanceId]);
  if (!subject) return [];
  const { gold, labels } = await prisma.instance.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: instanceId } },
    select: {
      gold: true,
      labels: {
        select: { question: true, aspect: true, type: true, payload: true, annotator: true },
        where: { source: "human", isCurrent: true, type: { in: ["comparison", "rating", "binary"] } },
      },
    },
  });
  const said = groupsOf(
    labels.flatMap(({ question, aspect, type, payload }) =>
      statementsOf({ type: type as LabelRow["type"], payload }).map(({ target, value }) => ({
        key: keyOf(question, aspect, target),
        value,
      })),
    ),
    ({ key }) => key,
  );
  return probesOf(subject, plan, ({ question, aspect, target }): Value | null => {
    const byPeople = said.get(keyOf(question.id, aspect.id, target));
    if (byPeople) return consensusOf(byPeople.map(({ value }) => value));
    const key = {
      ...{ question: question.id, aspect: aspect.id, type: question.type as LabelRow["type"] },
      part: "answer" as const,
    };
    return goldOf(gold, key, target);
  });
}

function keyOf(question: string, aspect: string, target: string): string {
  return JSON.stringify([question, aspect, target]);
}
