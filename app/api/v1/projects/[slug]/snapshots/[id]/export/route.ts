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
    const gzip = acceptsGzip(request.headers.get("accept-encoding"));
    return new Response(streamOf(file, gzip), {
      headers: {
        "content-type": file.mediaType,
        "content-disposition": `attachment; filename="${file.filename}"`,
        "cache-control": "private, no-transform",
        vary: "accept-encoding, authorization, cookie",
        ...(gzip && { "content-encoding": "gzip" }),
      },
    });
  },
);

/** The bytes, made as fast as they are read. An error half way breaks the connection, so nobody takes a part for the whole. */
function streamOf(file: ExportFile, gzip: boolean): ReadableStream<Uint8Array> {
  const source = Readable.from(encode(file.chunks), { objectMode: false });
  const body = gzip ? pipeline(source, createGzip(), () => {}) : source;
  body.on("error", (error) => {
    if (error.name !== "AbortError") log.error({ err: error, file: file.filename }, "export broke off");
  });
  return Readable.toWeb(body) as ReadableStream<Uint8Array>;
}

async function* encode(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/** Whether gzip is named and not refused with q=0. */
function acceptsGzip(header: string | null): boolean {
  return (header ?? "").split(",").some((entry) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$)[\d.]+\s*)?$/i.test(entry));
}
