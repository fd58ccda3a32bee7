import type { Access } from "@/lib/auth/access";
import { maxUploadBytes, type ImportKind, type ImportQuery } from "@/lib/datasets/schema";
import { uploadImport } from "@/lib/datasets/upload";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { bodyOf, refuseForm } from "./request-body";

/** Stores the body of a request as the file of an import and answers 202 with the run, whose address is its Location. */
export async function receiveImport(
  request: Request,
  access: Access<"instance:import">,
  { kind, query }: { kind: ImportKind; query: ImportQuery },
): Promise<Response> {
  refuseForm(request);
  if (Number(request.headers.get("content-length") ?? 0) > maxUploadBytes) {
    throw new AppError(
      "too_large",
      say`The file is larger than ${maxUploadBytes / 1024 ** 3} GiB. Compress it with gzip, or split it.`,
    );
  }
  const upload = { kind, dryRun: query.dryRun === "true", filename: query.filename ?? null };
  const run = await uploadImport(access, upload, bodyOf(request));
  return Response.json(run, { status: 202, headers: { location: `/api/v1/projects/${access.slug}/runs/${run.id}` } });
}
