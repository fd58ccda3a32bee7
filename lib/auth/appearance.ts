import { prisma } from "@/lib/db/client";
import type { Principal } from "./access";
import { appearance, standardAppearance, type Appearance, type AppearanceInput } from "./schema";

/** How one reads, in every browser. */
export async function readAppearance({ userId }: Pick<Principal, "userId">): Promise<Appearance> {
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { appearance: true } });
  return parse(user.appearance);
}

/** Changes what is named and leaves the rest. Two changes at once, from two tabs, both hold. */
export async function saveAppearance({ userId }: Principal, change: AppearanceInput): Promise<Appearance> {
  const [user] = await prisma.$queryRaw<{ appearance: unknown }[]>`
    update users set appearance = coalesce(appearance, '{}') || ${JSON.stringify(change)}::jsonb
    where id = ${userId}::uuid returning appearance`;
  return parse(user!.appearance);
}

/** What is stored may be of a version that knew less. */
function parse(stored: unknown): Appearance {
  return appearance.parse({ ...standardAppearance, ...(stored as object | null) });
}
