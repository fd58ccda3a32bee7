import type { Access } from "@/lib/auth/access";
import { maxUploadBytes, type ImportKind, type ImportQuery } from "@/lib/datasets/schema";
import { uploadImport } from "@/lib/datasets/upload";
import { AppError } from "@/lib/errors";

/** Stores the body of a request as the file of an import and answers 202 with the run, whose address is its Location. */
export async function receiveImport(
  request: Request,
  access: Access<"instance:import">,
  { kind, query }: { kind: ImportKind; query: ImportQuery },
): Promise<Response> {
  if (request.headers.get("content-type")?.startsWith("multipart/")) {
    throw new AppError(
      "unsupported",
      "The file came as a form. Send it as the body itself, with curl by --data-binary @FILE.",
    );
  }
  if (Number(request.headers.get("content-length") ?? 0) > maxUploadBytes) {
    throw new AppError(
      "too_large",
      `The file is larger than ${maxUploadBytes / 1024 ** 3} GiB. Compress it with gzip, or split it.`,
    );
  }
  const upload = { kind, dryRun: query.dryRun === "true", filename: query.filename ?? null };
  const run = await uploadImport(access, upload, bodyOf(request));
  return Response.json(run, { status: 202, headers: { location: `/api/v1/projects/${access.slug}/runs/${run.id}` } });
}

async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
}
