import { readAppearance } from "@/lib/auth/appearance";
import { currentUser } from "@/lib/auth/current-user";
import { standardAppearance, type Appearance } from "@/lib/auth/schema";
import { log } from "@/lib/log";

/** How whoever opens a page reads: by their account, or the standard look before they sign in. */
export async function currentAppearance(): Promise<{ appearance: Appearance; person: string | null }> {
  try {
    const user = await currentUser();
    if (user) return { appearance: await readAppearance(user), person: user.userId };
  } catch (error) {
    // The page says by itself what it cannot do without the database; it needs no look for that.
    log.warn({ err: error }, "the appearance of a page cannot be read");
  }
  return { appearance: standardAppearance, person: null };
}
