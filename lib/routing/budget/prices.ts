import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { expectVerdicts } from "@/lib/judges/expect-verdicts";
import { say } from "@/lib/say";

/** What having an instance labelled comes to, in millionths of the project's currency. */
export type Prices = {
  currency: string;
  /** By as many people as the project wants for one instance, and by its judges. */
  humanMicros: number;
  judgeMicros: number;
  /** Whether people have labelled yet: else their time is a guess from the length of the texts. */
  isTimed: boolean;
  /** False while no LM judge with a price is switched on, so that AI costs nothing. */
  hasPricedJudge: boolean;
  /** Of the texts of an instance, which these prices are those of. */
  meanCharacters: number;
};

/** What one instance costs, by people and by judges. */
export type InstanceCost = { humanMicros: number; judgeMicros: number };

const newestSubmissions = 1000;
const sampleSize = 200;
const hourMs = 3_600_000;
/** A rule of thumb until somebody has labelled: 240 words a minute, six characters each, and what deciding takes. */
const charactersPerSecond = 24;
const secondsToDecide = 15;
/** What a judge reads besides the texts, and its answer, in as many characters of text as they cost. */
const judgeCharacters = 3000;

/** The length of the texts of `instances i`, all of which people and judges read. */
const characters = Prisma.sql`coalesce(length(i.prompt), length(i.messages::text), 0) + coalesce(length(i.context), 0) + (
  select coalesce(sum(length(c.text)), 0) from completions c where c.project_id = i.project_id and c.instance_id = i.id)`;

/**
 * What a label by people and one by judges cost an instance: the active time of the newest submissions at the price that
 * an hour has now, times the overlap, and what the verdicts of the judges that are switched on cost. Null when an hour of
 * people has no price.
 */
export async function findPrices(projectId: string): Promise<Prices | null> {
  const { currency, hourPriceMicros, overlap } = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { currency: true, hourPriceMicros: true, overlap: true },
  });
  if (hourPriceMicros === 0n) return null;
  const meanCharacters = await readMeanCharacters(projectId);
  const timed = await meanActiveMs(projectId);
  const activeMs = timed ?? 1000 * (secondsToDecide + meanCharacters / charactersPerSecond);
  const { costMicrosPerInstance } = await expectVerdicts(projectId);
  return {
    ...{ currency, meanCharacters },
    humanMicros: (overlap * activeMs * Number(hourPriceMicros)) / hourMs,
    judgeMicros: costMicrosPerInstance ?? 0,
    isTimed: timed !== null,
    hasPricedJudge: costMicrosPerInstance !== null,
  };
}

/** The same. Throws `conflict` without a price: money then says nothing about who should label. */
export async function readPrices({ projectId, slug }: { projectId: string; slug: string }): Promise<Prices> {
  const prices = await findPrices(projectId);
  if (prices) return prices;
  throw new AppError(
    "conflict",
    say`In project ${slug} an hour of people's time has no price, so money says nothing about who should label. Set the price on its spending page, or with PUT /projects/${slug}/spending/prices; those of judges are set on each judge.`,
  );
}

/** The prices by instance: longer texts take people and judges longer. Their mean is the price of the project. */
export async function readInstanceCosts(
  db: Db,
  projectId: string,
  { ids, prices }: { ids: readonly string[]; prices: Prices },
): Promise<Map<string, InstanceCost>> {
  const rows = await db.$queryRaw<{ id: string; characters: number }[]>`
    select i.id, (${characters})::float8 as characters from instances i
    where i.project_id = ${projectId}::uuid and i.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, costOfLength(row.characters, prices)]));
}

/** Of an instance with texts of that length; both have a part that does not grow with it. */
export function costOfLength(length: number, { humanMicros, judgeMicros, meanCharacters }: Prices): InstanceCost {
  const deciding = secondsToDecide * charactersPerSecond;
  return {
    humanMicros: (humanMicros * (deciding + length)) / (deciding + meanCharacters),
    judgeMicros: (judgeMicros * (judgeCharacters + length)) / (judgeCharacters + meanCharacters),
  };
}

/** Of a submission, with the time of those that changed nothing; null before the first. */
async function meanActiveMs(projectId: string): Promise<number | null> {
  const [{ mean }] = await prisma.$queryRaw<[{ mean: number | null }]>`
    select (sum(active_ms) / nullif(count(*) filter (where answers > 0), 0))::float8 as mean from (
      select active_ms, answers from ledger where project_id = ${projectId}::uuid and kind = 'human'
      order by at desc limit ${newestSubmissions}) as newest`;
  return mean;
}

async function readMeanCharacters(projectId: string): Promise<number> {
  const [{ mean }] = await prisma.$queryRaw<[{ mean: number | null }]>`
    select avg(${characters})::float8 as mean
    from (select * from instances where project_id = ${projectId}::uuid and is_labelable order by id limit ${sampleSize}) as i`;
  return mean ?? 0;
}
