import type { LmConfig } from "@/lib/judges/schema";
import type { TypedConfig } from "../judge-values";

/** What saving a config does: nothing, a change of the current version, or the next version with the fields that make it so. */
export type Change = { kind: "none" } | { kind: "in-place" | "version"; fields: (keyof LmConfig)[] };

/** As the server decides it: `operational` are the fields that change nothing of what a judge says. */
export function changeOf(before: LmConfig, after: TypedConfig, operational: readonly string[]): Change {
  const fields = (Object.keys(before) as (keyof LmConfig)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (fields.length === 0) return { kind: "none" };
  const telling = fields.filter((field) => !operational.includes(field));
  return telling.length === 0 ? { kind: "in-place", fields } : { kind: "version", fields: telling };
}
