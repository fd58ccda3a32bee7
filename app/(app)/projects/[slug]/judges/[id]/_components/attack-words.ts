import type { Translate } from "@/app/i18n/translate";
import type { AttackReport } from "@/lib/judges/attacks/schema";
import type { Messages } from "@/messages/messages";

type Attack = NonNullable<AttackReport["newest"]>["attacks"][number];

/** What an attack tries; one that is in the set no more goes by its name. */
export function wordAttack(
  { name, tries }: Pick<Attack, "name" | "tries">,
  t: Translate<"judges.attackNames">,
): string {
  const key = name as keyof Messages["judges"]["attackNames"];
  return t.has(key) ? t(key) : (tries ?? name);
}
