import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun, getRun, queueRun } from "@/lib/jobs/runs";
import type { RunView } from "@/lib/jobs/schema";
import { say, sayText } from "@/lib/say";
import { maxUploadBytes, type ImportKind, type ImportPayload } from "./schema";

const chunkBytes = 1024 * 1024;

type Upload = { kind: ImportKind; dryRun: boolean; filename: string | null };

/** How much of a file has been read. */
export type ByteCount = { done: number };

/** Signs of files that are neither lines nor JSON. */
const foreignSigns: [sign: number[], name: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "a ZIP archive or a spreadsheet"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
  [[0x42, 0x5a, 0x68], "compressed with bzip2"],
  [[0x28, 0xb5, 0x2f, 0xfd], "compressed with Zstandard"],
  [[0xff, 0xfe], "text in UTF-16"],
  [[0xfe, 0xff], "text in UTF-16"],
];

/**
 * Stores a file as it comes, in constant memory, and queues the run that imports it. Whatever breaks the upload off
 * leaves nothing behind. Throws bad_request for an empty or broken-off upload, too_large and unsupported.
 */
export async function uploadImport(
  access: Access<"instance:import">,
  upload: Upload,
  body: AsyncIterable<Uint8Array>,
): Promise<RunView> {
  const { projectId } = access;
  const payload: ImportPayload = { ...upload, bytes: null };
  const { id } = await createRun(prisma, access, { kind: "import", payload, state: "uploading" });
  try {
    const bytes = await storeChunks({ projectId, runId: id }, body);
    await prisma.$transaction(async (db) => {
      const progress = { done: 0, total: kilobytes(bytes), unit: "kB" };
      await db.run.update({
        where: { projectId_id: { projectId, id } },
        data: { payload: { ...payload, bytes }, progress },
      });
      await queueRun(db, projectId, id);
      if (!upload.dryRun) await auditImport(db, access, { ...upload, bytes, runId: id });
    });
  } catch (error) {
    await prisma.run.deleteMany({ where: { projectId, id, state: "uploading" } });
    throw error;
  }
  return await getRun(access, id);
}

/** Records that somebody imports a file. */
export async function auditImport(
  db: Db,
  access: Access<"instance:import">,
  { kind, filename, bytes, runId }: Upload & { bytes: number; runId: string },
): Promise<void> {
  await recordAudit(db, access, {
    action: "instance.import",
    target: filename ?? "a file without a name",
    projectId: access.projectId,
    detail: { kind, bytes, runId },
  });
}

/** The bytes of an uploaded file, chunk by chunk; `count` follows. */
export async function* readUpload(
  { projectId, runId }: { projectId: string; runId: string },
  bytes: number,
  count: ByteCount,
): AsyncGenerator<Uint8Array> {
  for (let seq = 0; count.done < bytes; seq += 1) {
    const [chunk] = await prisma.$queryRaw<{ bytes: Uint8Array }[]>`
      select bytes from upload_chunks where project_id = ${projectId}::uuid and run_id = ${runId}::uuid and seq = ${seq}::int`;
    if (!chunk) throw new AppError("gone", say`The uploaded file is no longer here. Upload it again.`);
    count.done += chunk.bytes.byteLength;
    yield chunk.bytes;
  }
}

/** For people; the unit in which imports show their progress. */
export function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}

async function storeChunks(
  run: { projectId: string; runId: string },
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  let bytes = 0;
  let seq = 0;
  for await (const chunk of inChunks(untilBroken(body))) {
    if (seq === 0) refuseForeign(chunk);
    bytes += chunk.length;
    if (bytes > maxUploadBytes) {
      throw new AppError(
        "too_large",
        say`The file is larger than ${maxUploadBytes / 1024 ** 3} GiB. Compress it with gzip, or split it.`,
      );
    }
    await storeChunk(run, { seq, chunk, bytes });
    seq += 1;
  }
  if (bytes === 0)
    throw new AppError("bad_request", say`The upload is empty. Send the file as the body of the request.`);
  return bytes;
}

async function storeChunk(
  { projectId, runId }: { projectId: string; runId: string },
  { seq, chunk, bytes }: { seq: number; chunk: Uint8Array; bytes: number },
): Promise<void> {
  const progress = JSON.stringify({ done: kilobytes(bytes), total: null, unit: "kB" });
  const stored = await prisma.$executeRaw`
    with run as (
      update runs set progress = ${progress}::jsonb
      where project_id = ${projectId}::uuid and id = ${runId}::uuid and state = 'uploading' returning project_id, id
    )
    insert into upload_chunks (project_id, run_id, seq, bytes) select project_id, id, ${seq}::int, ${chunk}::bytea from run`;
  if (stored === 0) throw new AppError("conflict", say`The import was cancelled while its file was uploaded.`);
}

/** What the caller's connection does to its own request is no fault of ours. */
async function* untilBroken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      "bad_request",
      say`The upload broke off before its end. Nothing was stored; send the file again.`,
      {
        cause,
      },
    );
  }
}

/** The same bytes in chunks of 1 MB; the last one is what is left. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.byteLength;
    if (size < chunkBytes) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}

function refuseForeign(start: Buffer): void {
  const found = foreignSigns.find(([sign]) => sign.every((byte, i) => start[i] === byte));
  if (!found) return;
  throw new AppError(
    "unsupported",
    say`The file is ${sayText(found[1])}. Send JSON lines or a JSON array in UTF-8, as they are or compressed with gzip.`,
  );
}
