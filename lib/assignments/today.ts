import { Prisma } from "@/lib/db/generated/client";

/** When the day of UTC began, as a time without a zone, and as the moment that it was. */
export const today = Prisma.sql`date_trunc('day', now() at time zone 'utc')`;
export const midnight = Prisma.sql`${today} at time zone 'utc'`;
