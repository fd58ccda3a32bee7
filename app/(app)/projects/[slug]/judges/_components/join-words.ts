import type { Translate } from "@/app/i18n/translate";

/** "a, b, c", as the language strings things together. */
export function joinList(parts: readonly string[], t: Translate<"judges.words">): string {
  return parts.length === 0 ? "" : parts.reduce((all, next) => t("list", { all, next }));
}

/** "a, b and c". */
export function joinListEnd(parts: readonly string[], t: Translate<"judges.words">): string {
  if (parts.length < 2) return parts[0] ?? "";
  return t("listEnd", { all: joinList(parts.slice(0, -1), t), next: parts.at(-1)! });
}

/** One sentence behind the other, with the space that the language puts between them. */
export function joinSentences(parts: readonly string[], t: Translate<"judges.words">): string {
  return parts.length === 0 ? "" : parts.reduce((all, next) => t("sentences", { all, next }));
}
