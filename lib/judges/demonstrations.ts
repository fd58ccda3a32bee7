import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import type { OpenJudge, OpenLm } from "./asker";
import { exampleOf, type Example } from "./example";
import { loadSubjects, type Subject } from "./load";
import type { Plan, PlannedQuestion } from "./plan";
import { chooseDemonstrations } from "./protocols/choose-demonstrations";
import type { Demonstration } from "./protocols/protocol";
import type { Unit } from "./units";

/** Consensus that fewer agree with is no example. */
const minConfidence = 0.7;
/** So many answers are looked at, and so many examples of a question and aspect are kept to choose from. */
const mostRead = 60;
const mostKept = 12;

/** The examples that are shown with a question about an instance, none of which shares its prompt. */
export type Demonstrate = (subject: Subject, unit: Unit) => Demonstration[];

/** A version of a judge as far as that decides what it shows. */
type Showing = Pick<OpenLm, "projectId" | "judgeId" | "version" | "config">;

/** Examples by question and aspect. */
type Pool = Record<string, Example[]>;

const storedPool = z.record(
  z.string(),
  z.array(
    z.strictObject({
      ...{ id: z.string(), promptGroup: z.string(), split: z.literal("train"), answer: z.string() },
      demonstration: z.custom<Demonstration>((value) => typeof value === "object" && value !== null),
    }),
  ),
);

/**
 * What a version of a judge shows as examples. The first run of a version chooses what there is to choose from and writes
 * it down, so that every prompt can be traced. Throws `conflict` when people have answered nothing that could be shown.
 */
export async function openDemonstrations(judge: OpenJudge, plan: Plan): Promise<Demonstrate> {
  if (judge.kind === "rm" || judge.config.demonstrations === 0) return () => [];
  const { projectId, judgeId, version } = judge;
  const key = { projectId_judgeId_version: { projectId, judgeId, version } };
  const before = await prisma.judgeVersion.findUniqueOrThrow({ where: key });
  if (before.demonstrations !== null) return choosingFrom(judge, storedPool.parse(before.demonstrations));
  const found = await findPool(judge, plan);
  if (Object.values(found).every((examples) => examples.length === 0)) {
    throw new AppError(
      "conflict",
      `Judge ${judge.name} shows answers by people as examples, and in the train split there are none on which they agree. Let people label some instances, or set the judge's demonstrations to 0.`,
    );
  }
  // Two runs may begin at once: the first to write decides.
  await prisma.judgeVersion.updateMany({
    where: { projectId, judgeId, version, demonstrations: { equals: Prisma.DbNull } },
    data: { demonstrations: found as Prisma.InputJsonObject },
  });
  const { demonstrations } = await prisma.judgeVersion.findUniqueOrThrow({ where: key });
  return choosingFrom(judge, storedPool.parse(demonstrations));
}

/**
 * The same for a config that is tried, or a version that has not run yet, from what there is at present: nothing is
 * written down, and where there is nothing there are none.
 */
export async function findDemonstrations(judge: Showing, plan: Plan): Promise<Demonstrate> {
  if (judge.config.demonstrations === 0) return () => [];
  const { projectId, judgeId, version } = judge;
  const key = { projectId_judgeId_version: { projectId, judgeId, version } };
  const stored = await prisma.judgeVersion.findUnique({ where: key, select: { demonstrations: true } });
  const chosen = stored?.demonstrations ?? null;
  return choosingFrom(judge, chosen === null ? await findPool(judge, plan) : storedPool.parse(chosen));
}

function choosingFrom({ config, version }: Pick<OpenLm, "config" | "version">, pool: Pool): Demonstrate {
  return ({ instanceId, promptHash }, unit) => {
    const choice = { count: config.demonstrations, by: "stratified", seed: version } as const;
    const examples = pool[poolKey(unit.question.id, unit.aspect.id)] ?? [];
    const chosen = chooseDemonstrations({ id: instanceId, promptGroup: promptHash }, examples, choice);
    return chosen.map(({ demonstration }) => demonstration);
  };
}

async function findPool({ projectId }: Pick<OpenLm, "projectId">, plan: Plan): Promise<Pool> {
  const pool: Pool = {};
  for (const { question, aspects } of plan.questions) {
    // What a tournament asks is no ranking.
    if (question.type === "ranking" && plan.rankingBy === "tournament") continue;
    for (const aspect of aspects)
      pool[poolKey(question.id, aspect.id)] = await findExamples(projectId, plan, { question, aspects: [aspect] });
  }
  return pool;
}

type Answered = { instanceId: string; target: string; payload: unknown };

async function findExamples(projectId: string, plan: Plan, asked: PlannedQuestion): Promise<Example[]> {
  const rows = await readAnswers(projectId, asked);
  const nobody = { projectId, judgeId: "00000000-0000-0000-0000-000000000000", version: 0 };
  const ids = [...new Set(rows.map(({ instanceId }) => instanceId))];
  const subjects = await loadSubjects(nobody, plan, ids);
  const examples = rows.flatMap(({ instanceId, target, payload }) => {
    const subject = subjects.find((one) => one.instanceId === instanceId);
    return (subject && exampleOf(subject, { ...plan, questions: [asked] }, { target, payload })) ?? [];
  });
  return balanced(examples);
}

/** What people agree on, the surest first; critiques as people wrote them, as they have no consensus. */
async function readAnswers(projectId: string, { question, aspects }: PlannedQuestion): Promise<Answered[]> {
  const aspect = aspects[0]!.id;
  const inTrain = Prisma.sql`i.split = 'train' and i.is_labelable and not i.has_images`;
  if (question.type === "critique") {
    return await prisma.$queryRaw<Answered[]>`
      select l.instance_id::text as "instanceId", l.target, l.payload
      from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
      where l.project_id = ${projectId}::uuid and l.question = ${question.id} and l.type = 'critique' and l.source = 'human'
        and l.is_current and l.sample = 0 and ${inTrain}
      order by l.id limit ${mostRead}`;
  }
  return await prisma.$queryRaw<Answered[]>`
    select c.instance_id::text as "instanceId", c.target, c.payload
    from consensus c join instances i on i.project_id = c.project_id and i.id = c.instance_id
    where c.project_id = ${projectId}::uuid and c.question = ${question.id} and c.aspect = ${aspect}
      and c.type = ${question.type}::label_type and ${inTrain}
      and c.method not like 'weighted%' and coalesce(c.confidence, 1) >= ${minConfidence}
    order by c.confidence desc nulls last, c.label_count desc, c.instance_id, c.target limit ${mostRead}`;
}

/** As many of each answer as there are of it, in turn, and of one prompt one. */
function balanced(examples: Example[]): Example[] {
  const groups = new Set<string>();
  const apart = examples.filter(({ promptGroup }) => !groups.has(promptGroup) && groups.add(promptGroup));
  const rank = new Map<string, number>();
  const turns = apart.map((example) => {
    const turn = rank.get(example.answer) ?? 0;
    rank.set(example.answer, turn + 1);
    return { example, turn };
  });
  return turns
    .sort((a, b) => a.turn - b.turn)
    .slice(0, mostKept)
    .map(({ example }) => example);
}

function poolKey(question: string, aspect: string): string {
  return `${question} ${aspect}`;
}
