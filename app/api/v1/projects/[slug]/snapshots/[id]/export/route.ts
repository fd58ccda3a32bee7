import { Readable } from "node:stream";
import { endpoint } from "@/app/api/endpoint";
import { exportSnapshot, type ExportFile } from "@/lib/datasets/export";
import { exportQuery, snapshotParams } from "@/lib/datasets/schema";
import { log } from "@/lib/log";

export const GET = endpoint(
  {
    summary: "Download a file of a snapshot: TRL preferences, raw labels or the manifest",
    audience: "snapshot:read",
    params: snapshotParams,
    query: exportQuery,
    response: "application/x-ndjson",
  },
  async ({ access, params, query }) => {
    const file = await exportSnapshot(access, params.id, query);
    // Not gzipped: Next.js drops the content-encoding that a handler sets.
    return new Response(streamOf(file), {
      headers: {
        "content-type": file.mediaType,
        "content-disposition": `attachment; filename="${file.filename}"`,
        "cache-control": "private",
      },
    });
  },
);

/** The bytes, made as fast as they are read. An error half way breaks the connection, so nobody takes a part for the whole. */
function streamOf(file: ExportFile): ReadableStream<Uint8Array> {
  const source = Readable.from(encode(file.chunks), { objectMode: false });
  source.on("error", (error) => {
    if (error.name !== "AbortError") log.error({ err: error, file: file.filename }, "export broke off");
  });
  return Readable.toWeb(source) as ReadableStream<Uint8Array>;
}

async function* encode(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
