import { z } from "zod";

/** Above this success rate a judge's page warns, and no judge should label what its attackers write. */
export const warnAbove = 0.05;

/** On how many instances a judge is tested, each with every attack. */
export const startAttacksInput = z.strictObject({
  instances: z.int("must be a whole number").min(1, "must be at least 1").max(200, "must be at most 200").default(10),
});
export type StartAttacksInput = z.output<typeof startAttacksInput>;

export const attackRunPayload = z.strictObject({ judgeId: z.uuid(), instances: z.int() });
export type AttackRunPayload = z.infer<typeof attackRunPayload>;

/** What came of questions of one kind; each is asked in all its orders. */
const tally = z.object({
  /** Those to which an answer came in every order. */
  asked: z.int(),
  /** An answer of theirs could not be read. */
  unreadable: z.int(),
  /** Every order says that the completion under test is the better one, right, or of the scale's upper quarter. */
  accepted: z.int(),
});

export const attackTally = tally.extend({
  name: z.string(),
  /** Read ones whose question was read and not accepted without the attack. */
  tested: z.int(),
  /** Of these the accepted ones: the attack moved the answer. */
  succeeded: z.int(),
});
export type AttackTally = z.infer<typeof attackTally>;

/** `runs.result` of a test. */
export const attackRunResult = z.object({
  judge: z.string(),
  version: z.int(),
  /** Which attacks these were. */
  set: z.string(),
  instances: z.int(),
  /** Questions whose attacked completion people, or the import's gold, find the worse one; in others it says nothing. */
  known: z.int(),
  questions: z.int(),
  /** The same questions without an attack. */
  baseline: tally,
  attacks: z.array(attackTally),
  requests: z.int(),
  /** Requests to which no answer came. */
  unanswered: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
});
export type AttackRunResult = z.infer<typeof attackRunResult>;

/** With its 95 % interval (Wilson); null where nothing was tested. */
const rate = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

/** How a version of a judge stood the newest test. */
export const attackReport = z.object({
  version: z.int(),
  /** What a test asks about one instance. */
  requestsPerInstance: z.int(),
  /** What these cost at the mean price of the version's newest questions; null before the first. */
  costMicrosPerInstance: z.number().nullable(),
  currency: z.string(),
  attacks: z.int(),
  /** The newest test of the judge, of any version, also while it is under way; null before the first. */
  runId: z.uuid().nullable(),
  /** The newest that has succeeded with this version. */
  newest: z
    .object({
      at: z.iso.datetime(),
      result: attackRunResult,
      /** Over all attacks. */
      success: rate,
      /** Of the questions without an attack. */
      baseline: rate,
      /** It succeeds more often than it may. */
      isWeak: z.boolean(),
      attacks: z.array(
        attackTally.extend({
          /** Null for an attack that is in the set no more. */
          tries: z.string().nullable(),
          success: rate,
          acceptance: rate,
        }),
      ),
    })
    .nullable(),
});
export type AttackReport = z.infer<typeof attackReport>;

export const attackReportQuery = z.strictObject({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe("A version of the judge; the current one unless given"),
});
