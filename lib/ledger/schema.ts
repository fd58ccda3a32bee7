import { z } from "zod";
import { LabelType, LedgerKind } from "@/lib/db/generated/enums";

/** What was paid for. Only labelling is done by people. */
export const purposes = ["judging", "trial", "tagging", "attack", "labelling"] as const;
export type Purpose = (typeof purposes)[number];

export const capPeriods = ["day", "month", "total"] as const;
export type CapPeriod = (typeof capPeriods)[number];

/** Stands for no judge, person or version where the database wants an id. */
export const nilId = "00000000-0000-0000-0000-000000000000";

/** Millionths of the project's currency: at most a thousand million. */
const money = z
  .int("must be a whole number of millionths")
  .min(0, "must be at least 0")
  .max(1_000_000_000_000_000, "must be at most 1000000000000000 millionths");

/** ISO 4217. */
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters, such as "EUR"');

/**
 * What a project's money is in, and what an hour of active time of people costs from now on. Another currency converts
 * nothing.
 */
export const spendingPrices = z.strictObject({ currency, hourPriceMicros: money });
export type SpendingPrices = z.infer<typeof spendingPrices>;

const cap = money.nullable();

/** How much one judge, or all of the project's together, may cost by day and month (UTC) and in all; null for no cap. */
export const setCapsInput = z.strictObject({
  /** Null for all judges of the project together. */
  judgeId: z.uuid().nullable(),
  day: cap,
  month: cap,
  total: cap,
});
export type SetCapsInput = z.infer<typeof setCapsInput>;

const micros = z.int();
const day = z.iso.date();

/** Nothing is older, and a chart of more than a hundred years shows nothing. */
const askedDay = day.refine((text) => text >= "2000-01-01" && text < "2100-01-01", "must be of the years 2000 to 2099");

export const spendingQuery = z
  .strictObject({
    from: askedDay.optional().describe("The first day, in UTC; 29 days before the last unless given"),
    to: askedDay.optional().describe("The last day, in UTC; today unless given"),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ["from"],
    message: "is after the last day",
  });
export type SpendingQuery = z.infer<typeof spendingQuery>;

/** One cap and how full it is. */
export const limitView = z.object({
  /** Null for all judges of the project together. */
  judgeId: z.uuid().nullable(),
  /** The judge's name; null for all. */
  judge: z.string().nullable(),
  period: z.enum(capPeriods),
  capMicros: micros,
  spentMicros: micros,
  /** What requests under way may cost on top. */
  heldMicros: micros,
  /** When the period ends and the cap is empty again; null for a cap in all. */
  endsAt: z.iso.datetime().nullable(),
});
export type LimitView = z.infer<typeof limitView>;

/** What is paid, and what comes of it. */
const spent = z.object({
  costMicros: micros,
  /** Verdicts of judges, labels of people. */
  answers: z.int(),
  inputTokens: z.int(),
  cachedInputTokens: z.int(),
  outputTokens: z.int(),
  activeMs: z.int(),
});
export type Spent = z.infer<typeof spent>;

/** Labels of the days asked for: those that can be set beside what most other people say, and those that say the same. */
const agreement = z.object({ labels: z.int(), compared: z.int(), agreed: z.int() });
export type Agreement = z.infer<typeof agreement>;

/** Where a project's money went, in days of UTC, both ends included. */
export const spendingView = z.object({
  prices: spendingPrices,
  from: day,
  to: day,
  total: spent,
  /** Days on which something was paid. */
  days: z.array(z.object({ day, lmMicros: micros, humanMicros: micros, activeMs: z.int() })),
  /** Dearest first, also those that were deleted. A null judge: configs that were tried before they were saved. */
  judges: z.array(
    spent.extend({
      ...agreement.shape,
      judgeId: z.uuid().nullable(),
      name: z.string().nullable(),
      version: z.int().nullable(),
    }),
  ),
  people: z.array(spent.extend({ ...agreement.shape, userId: z.uuid(), name: z.string(), email: z.string() })),
  purposes: z.array(spent.extend({ purpose: z.enum(purposes) })),
  /** By type of question; null where several were paid at once. */
  types: z.array(spent.extend({ kind: z.enum(LedgerKind), type: z.enum(LabelType).nullable() })),
  caps: z.array(limitView),
});
export type SpendingView = z.infer<typeof spendingView>;
