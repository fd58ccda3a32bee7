import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
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
  async ({ access, params, query, request }) => {
    const file = await exportSnapshot(access, params.id, query);
    // As a file of its own: Next.js takes the header off an answer that says it is encoded.
    const isGzip = query.compression === "gzip";
    return new Response(streamOf(file, isGzip, request.signal), {
      headers: {
        "content-type": isGzip ? "application/gzip" : file.mediaType,
        "content-disposition": `attachment; filename="${file.filename}${isGzip ? ".gz" : ""}"`,
        "cache-control": "private",
      },
    });
  },
);

/** The bytes, made as fast as they are read. An error half way breaks the connection, so nobody takes a part for the whole. */
function streamOf(file: ExportFile, isGzip: boolean, signal: AbortSignal): ReadableStream<Uint8Array> {
  const source = Readable.from(encode(file.chunks), { objectMode: false });
  // Errors of the source come out of the pipeline's end, where they are logged.
  const body = isGzip ? pipeline(source, createGzip(), () => {}) : source;
  body.on("error", (error) => {
    const { filename } = file;
    if (signal.aborted) log.info({ filename }, "export was not taken to its end");
    else log.error({ filename, err: error }, "export broke off");
  });
  return Readable.toWeb(body) as ReadableStream<Uint8Array>;
}

async function* encode(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
