import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";

/** The body of a request as it comes. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
}

/** Throws unsupported for a file that came as a form. */
export function refuseForm(request: Request): void {
  if (!request.headers.get("content-type")?.startsWith("multipart/")) return;
  throw new AppError(
    "unsupported",
    say`The file came as a form. Send it as the body itself, with curl by --data-binary @FILE.`,
  );
}
