import type { MeView } from "@/lib/auth/schema";

/** The page of a project that a person of this role starts from: who only labels has no overview. */
export function projectHome({ slug, role }: Pick<MeView["projects"][number], "slug" | "role">): string {
  return role === "annotator" ? `/projects/${slug}/label` : `/projects/${slug}`;
}
