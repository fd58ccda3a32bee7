import { z } from "zod";
import type { Db } from "@/lib/db/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { votesOf } from "@/lib/labels/votes";
import type { PairOrigin } from "../training-data";

const batchSize = 1000;

/** Characters of a value that names a slice. */
const longestValue = 80;

/** Names under which imports say what an instance is about, the plainest first. */
export const domainFields = [
  "domain",
  "category",
  "topic",
  "subset",
  "dataset",
  "task",
  "genre",
  "app",
  "subject_of_expertise",
] as const;

/** How far the votes on a pair agree: all, most, no more than half, or there is one only. */
export type AgreementLevel = "unanimous" | "majority" | "split" | "single";

/** What is known of a pair beside its texts. */
export type PairFacts = {
  /** The file or corpus that the instance came from, as its import says. */
  corpus: string | null;
  domain: string | null;
  tags: string[];
  /** Null where the instance is gone. */
  route: RouteKind | null;
  /** Null where nobody compared the two, as rankings or ratings came to the pair. */
  agreement: AgreementLevel | null;
};

export type LoadedFacts = {
  /** In the order of the pairs. */
  pairs: PairFacts[];
  /** The field of the import that tells domains apart; null where there is none. */
  domainField: string | null;
};

const openMeta = z.record(z.string(), z.unknown()).catch({});

/**
 * What imports and routing say of the instances of pairs. The domain is the first of the usual fields (`domain`,
 * `category`, `topic` ...) that holds more than one value in these data, so that all pairs are told apart by the same one.
 */
export async function loadPairFacts(
  db: Db,
  { projectId, origins }: { projectId: string; origins: readonly PairOrigin[] },
): Promise<LoadedFacts> {
  const ids = [...new Set(origins.map(({ instanceId }) => instanceId))];
  const instances = new Map<string, { route: RouteKind; meta: Record<string, unknown> }>();
  for (let start = 0; start < ids.length; start += batchSize) {
    const rows = await db.$queryRaw<{ id: string; route: RouteKind; meta: string | null }[]>`
      select id, route, meta::text as meta from instances
      where project_id = ${projectId}::uuid and id = any(${ids.slice(start, start + batchSize)}::uuid[])`;
    for (const { id, route, meta } of rows)
      instances.set(id, { route, meta: openMeta.parse(JSON.parse(meta ?? "{}")) });
  }
  const domainField = tellingField([...instances.values()].map(({ meta }) => meta));
  const pairs = origins.map(({ instanceId, labels }): PairFacts => {
    // Instances may be deleted while their texts are encoded, which can take hours.
    const { route, meta } = instances.get(instanceId) ?? { route: null, meta: {} as Record<string, unknown> };
    return {
      corpus: named(meta["source"]),
      domain: domainField === null ? null : named(meta[domainField]),
      tags: Array.isArray(meta["tags"]) ? [...new Set(meta["tags"].flatMap((tag) => named(tag) ?? []))] : [],
      route,
      agreement: labels.length === 0 ? null : agreementOf(votesOf(labels).map(({ answer }) => answer)),
    };
  });
  return { pairs, domainField };
}

/** How far votes agree. Ties are answers as others are; pairs that follow from a ranking have one vote at most. */
export function agreementOf(answers: readonly unknown[]): AgreementLevel {
  if (answers.length <= 1) return "single";
  const counts = new Map<unknown, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const most = Math.max(...counts.values());
  if (most === answers.length) return "unanimous";
  return 2 * most > answers.length ? "majority" : "split";
}

/** The field that tells domains apart in these data; null where none does. */
export function tellingField(metas: readonly Record<string, unknown>[]): string | null {
  const tells = (field: string): boolean =>
    new Set(metas.map((meta) => named(meta[field])).filter((value) => value !== null)).size > 1;
  return domainFields.find(tells) ?? null;
}

/** A short text as it is, a number or a truth in words; null for what names nothing. */
export function named(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return null;
  const text = Array.from(value.replaceAll(/\s+/g, " ").trim());
  if (text.length === 0) return null;
  return text.length <= longestValue ? text.join("") : `${text.slice(0, longestValue - 1).join("")}…`;
}
