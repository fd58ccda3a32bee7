import { Readable } from "node:stream";
import { endpoint } from "@/app/api/endpoint";
import { ledgerFile } from "@/lib/ledger/ledger-file";
import { spendingQuery } from "@/lib/ledger/schema";

export const GET = endpoint(
  {
    summary: "Download the entries of a project's ledger as CSV, oldest first",
    audience: "spending:read",
    query: spendingQuery,
    response: "text/csv",
  },
  ({ access, query }) =>
    new Response(Readable.toWeb(Readable.from(encode(ledgerFile(access, query)))) as ReadableStream<Uint8Array>, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${access.slug}-ledger.csv"`,
        "cache-control": "private",
      },
    }),
);

async function* encode(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
