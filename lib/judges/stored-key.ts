import { decryptSecret, encryptSecret } from "@/lib/auth/secrets";
import type { Judge } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { CurrentJudge } from "./queries";
import { lmConfig, type UpdateJudgeInput } from "./schema";

const hintLength = 4;

type Owner = { projectId: string; id: string };

/** The columns that keep a provider's key; null removes it. */
export function keyColumns(
  owner: Owner,
  apiKey: string | null,
): Pick<Judge, "keyHint"> & { encryptedKey: Uint8Array<ArrayBuffer> | null } {
  if (apiKey === null) return { encryptedKey: null, keyHint: null };
  // Of a short key even four characters would tell too much.
  const keyHint = apiKey.length >= 4 * hintLength ? apiKey.slice(-hintLength) : "";
  return { encryptedKey: encryptSecret(apiKey, ownerName(owner)), keyHint };
}

/** The provider's key, null when the judge has none. `conflict` when TANDEM_SECRET is not the one it was stored under. */
export function readKey(judge: Owner & Pick<Judge, "name" | "encryptedKey">): string | null {
  const key = openKey(judge);
  if (key === undefined) {
    throw new AppError(
      "conflict",
      say`The key of judge ${judge.name} cannot be read, because TANDEM_SECRET is not the one it was stored under. Enter the key again.`,
    );
  }
  return key;
}

/** As `readKey`; undefined where that throws. */
export function openKey(judge: Owner & Pick<Judge, "encryptedKey">): string | null | undefined {
  return judge.encryptedKey && decryptSecret(judge.encryptedKey, ownerName(judge));
}

/**
 * A stored key goes to the server it was given for, and to no other that somebody types in later: `invalid` unless a key
 * is given along with another server.
 */
export function refuseToMoveKey(
  before: CurrentJudge,
  { config, apiKey }: Pick<UpdateJudgeInput, "config" | "apiKey">,
): void {
  if (config === undefined || apiKey !== undefined || before.encryptedKey === null) return;
  const from = new URL(lmConfig.parse(before.current.config).baseUrl).origin;
  const to = new URL(config.baseUrl).origin;
  if (from === to) return;
  throw new AppError(
    "invalid",
    say`The stored key was given for ${from} and is not sent to ${to}. Enter the key for ${to}, or remove it.`,
    {
      faults: [{ path: "apiKey", message: say`must be given for ${to}` }],
    },
  );
}

function ownerName({ projectId, id }: Owner): string {
  return `judge ${projectId} ${id}`;
}
