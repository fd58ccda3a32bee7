import { decryptSecret, encryptSecret } from "@/lib/auth/secrets";
import { prisma, type Db } from "@/lib/db/client";
import { openEndpointEncoder, requireSameEndpoint, type EndpointEncoder } from "@/lib/encoders/endpoint";
import type { EmbeddingsEndpoint } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";
import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import { say } from "@/lib/say";

type Address = { projectId: string; baseUrl: string };

/** Endpoints that this process has found to be what they were, and when. */
const found = new Map<string, number>();
const foundForMs = 10 * 60_000;

/**
 * Opens the embeddings endpoint that a version asks for, with the key that its project keeps for its address. Throws
 * `invalid` where it is not what it was when it was chosen, and `unavailable` where it does not answer.
 */
export async function openChosenEndpoint(given: {
  projectId: string;
  endpoint: EmbeddingsEndpoint;
  width: number;
}): Promise<EndpointEncoder> {
  const { projectId, endpoint } = given;
  const { baseUrl } = endpoint;
  const apiKey = await readEndpointKey({ projectId, baseUrl });
  const encoder = openEndpointEncoder({ endpoint, apiKey, width: given.width, allowedHosts: await readAllowedHosts() });
  const name = JSON.stringify([projectId, given.width, endpoint]);
  if ((found.get(name) ?? 0) < Date.now() - foundForMs) {
    await requireSameEndpoint(encoder, given);
    found.set(name, Date.now());
  }
  return encoder;
}

/** The key of a project for an address, null where it has none. Throws `conflict` where TANDEM_SECRET is another. */
export async function readEndpointKey(address: Address): Promise<string | null> {
  const { projectId, baseUrl } = address;
  const row = await prisma.embeddingKey.findUnique({ where: { projectId_baseUrl: { projectId, baseUrl } } });
  if (!row) return null;
  const key = decryptSecret(row.encryptedKey, ownerName(address));
  if (key !== undefined) return key;
  throw new AppError(
    "conflict",
    say`The key for ${baseUrl} cannot be read, because TANDEM_SECRET is not the one it was stored under. Enter the key again.`,
  );
}

/** Keeps a key for an address, or removes it where it is null. */
export async function storeEndpointKey(db: Db, address: Address, apiKey: string | null): Promise<void> {
  await db.embeddingKey.deleteMany({ where: address });
  if (apiKey === null) return;
  await db.embeddingKey.create({ data: { ...address, encryptedKey: encryptSecret(apiKey, ownerName(address)) } });
}

const ownerName = ({ projectId, baseUrl }: Address): string => `embeddings ${projectId} ${baseUrl}`;
