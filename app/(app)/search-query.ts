import { notFound } from "next/navigation";
import type { z } from "zod";
import { findUnstorable } from "@/lib/text/storable";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The query of a page's address. Empty choices of a form count as absent; an address that makes no sense is not found. */
export async function searchQuery<S extends z.ZodType>(schema: S, searchParams: SearchParams): Promise<z.output<S>> {
  const given = Object.entries(await searchParams).filter(([, value]) => value !== "" && value !== undefined);
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success || findUnstorable(given)) notFound();
  return result.data;
}
