import { ApiError, readProblem } from "@/app/_components/api-client";
import type { ImportKind } from "@/lib/datasets/schema";
import type { RunView } from "@/lib/jobs/schema";

type Upload = {
  slug: string;
  kind: ImportKind;
  dryRun: boolean;
  file: Blob;
  filename: string;
  signal: AbortSignal;
  /** Gets the share that has been sent, from 0 to 1. */
  onProgress: (share: number) => void;
  /** What to say when it cannot be sent. */
  lost: string;
};

/** Sends a file to be imported and answers the run. Not by fetch, which does not tell how much has been sent. */
export async function upload({ slug, kind, dryRun, file, filename, signal, ...told }: Upload): Promise<RunView> {
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ dryRun: String(dryRun), filename: filename.trim().slice(0, 300) || "unnamed" });
  request.open("POST", `/api/v1/projects/${slug}/${kind}?${query}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.onprogress = ({ loaded, total }) => told.onProgress(total > 0 ? loaded / total : 0);
  signal.addEventListener("abort", () => request.abort(), { once: true });
  await new Promise<void>((resolve) => {
    request.onloadend = () => resolve();
    request.send(file);
  });
  signal.throwIfAborted();
  if (request.status === 202) return JSON.parse(request.responseText) as RunView;
  if (request.status > 0) throw await readProblem(new Response(request.responseText, { status: request.status }));
  throw new ApiError({ code: "unreachable", status: 0, message: told.lost });
}
