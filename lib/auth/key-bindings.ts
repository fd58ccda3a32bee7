import { prisma } from "@/lib/db/client";
import type { Principal } from "./access";
import { keyBindings, type KeyBindings } from "./schema";

const standard: KeyBindings = { keys: {}, goesOn: true };

/** One's own keys of the labelling page, in every project and browser. */
export async function readKeyBindings({ userId }: Principal): Promise<KeyBindings> {
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { keyBindings: true } });
  return user.keyBindings === null ? standard : keyBindings.parse(user.keyBindings);
}

/** Replaces one's own keys. */
export async function saveKeyBindings({ userId }: Principal, bindings: KeyBindings): Promise<KeyBindings> {
  await prisma.user.update({ where: { id: userId }, data: { keyBindings: bindings } });
  return bindings;
}
