import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { uploadPrefix } from "./image-url";
import { readImage, tooLarge } from "./read-image";
import { maxImageBytes, type UploadedImage } from "./schema";
import { idsOfUploads, storeFiles } from "./store";

/**
 * Stores an image that import records can then name. The same bytes are stored once, and have one name. Throws
 * bad_request for an empty or broken-off upload, too_large and unsupported.
 */
export async function uploadImage(
  { projectId }: Access<"instance:import">,
  body: AsyncIterable<Uint8Array>,
): Promise<UploadedImage> {
  const read = readImage(await collect(body));
  if ("problem" in read)
    throw new AppError(read.code, say`The upload ${read.problem}. Send the bytes of the image itself.`);
  const { file } = read;
  const id = await prisma.$transaction(async (db) => {
    await storeFiles(db, projectId, [file]);
    return (await idsOfUploads(db, projectId, [file.sha256])).get(file.sha256)!;
  });
  const { contentType, bytes, width, height } = file;
  return { reference: uploadPrefix + id, contentType, bytes: bytes.byteLength, width, height };
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      size += part.byteLength;
      if (size > maxImageBytes) {
        const { code, problem } = tooLarge();
        throw new AppError(code, say`The upload ${problem}.`);
      }
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      "bad_request",
      say`The upload broke off before its end. Nothing was stored; send the image again.`,
      {
        cause,
      },
    );
  }
  if (size === 0)
    throw new AppError("bad_request", say`The upload is empty. Send the image as the body of the request.`);
  return new Uint8Array(Buffer.concat(parts));
}
