import { createHash } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";

/** Vectors read in one statement. */
const readAtOnce = 1000;

/** Texts encoded between two commits: what a process that dies can lose. */
const encodedAtOnce = 64;

/** Whose vectors: those that one version of an encoder made of the texts of one project. */
export type VectorScope = { projectId: string; version: string };

type Encode = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/**
 * The vectors of texts, in their order: those that are stored, and of the rest those that `encode` makes, which are stored
 * batch by batch unless `keeps` is false. Begun anew, it goes on after what is stored.
 */
export async function encodeStored(
  db: Db,
  given: VectorScope & {
    texts: readonly string[];
    encode: Encode;
    keeps?: boolean;
    /** How many texts have vectors, at the start and after each batch. */
    onProgress?: ((done: number, total: number) => void) | undefined;
  },
): Promise<Float32Array[]> {
  const { texts, encode, keeps = true, onProgress } = given;
  const distinct = [...new Set(texts)];
  const known = await throughOutage(() => readVectors(db, given, distinct));
  onProgress?.(known.size, distinct.length);
  // Like lengths go together, so that little of a batch is padding.
  const missing = distinct.filter((text) => !known.has(text)).toSorted((a, b) => a.length - b.length);
  for (let start = 0; start < missing.length; start += encodedAtOnce) {
    const part = missing.slice(start, start + encodedAtOnce);
    const vectors = await encode(part);
    part.forEach((text, i) => known.set(text, vectors[i]!));
    if (keeps) await throughOutage(() => storeVectors(db, given, part, vectors));
    onProgress?.(known.size, distinct.length);
  }
  return texts.map((text) => known.get(text)!);
}

async function readVectors(db: Db, scope: VectorScope, texts: readonly string[]): Promise<Map<string, Float32Array>> {
  const known = new Map<string, Float32Array>();
  for (let start = 0; start < texts.length; start += readAtOnce) {
    const byHash = new Map(texts.slice(start, start + readAtOnce).map((text) => [hashOf(text), text]));
    const rows = await db.$queryRaw<{ hash: string; vector: Uint8Array }[]>`
      select encode(v.text_hash, 'hex') as hash, v.vector
      from unnest(${[...byHash.keys()]}::text[]) h join encoder_vectors v on v.project_id = ${scope.projectId}::uuid
        and v.encoder_version = ${scope.version} and v.text_hash = decode(h, 'hex')`;
    // A copy, as the numbers need not stand at a multiple of four.
    for (const { hash, vector } of rows) known.set(byHash.get(hash)!, new Float32Array(Uint8Array.from(vector).buffer));
  }
  return known;
}

async function storeVectors(
  db: Db,
  { projectId, version }: VectorScope,
  texts: readonly string[],
  vectors: readonly Float32Array[],
): Promise<void> {
  const bytes = vectors.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
  );
  await db.$executeRaw`
    insert into encoder_vectors (project_id, encoder_version, text_hash, vector)
    select ${projectId}::uuid, ${version}, decode(hash, 'hex'), decode(bytes, 'base64')
    from unnest(${texts.map(hashOf)}::text[], ${bytes}::text[]) as made(hash, bytes)
    on conflict do nothing`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
