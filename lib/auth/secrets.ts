import { hkdfSync } from "node:crypto";
import { env } from "@/lib/env";

/** A key for one purpose, derived from TANDEM_SECRET (HKDF-SHA-256), hex. */
export function derivedSecret(purpose: "session"): string {
  return Buffer.from(hkdfSync("sha256", env().TANDEM_SECRET, "", `tandem:${purpose}`, 32)).toString("hex");
}
