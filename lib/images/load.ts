import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import { guardedFetch } from "@/lib/http";
import { say } from "@/lib/say";
import { readImage, type ImageFile } from "./read-image";
import { imageTypes, maxImageBytes, type ImageType } from "./schema";
import { storeFiles } from "./store";

const timeoutMs = 20_000;
const maxRedirects = 4;

export type LoadedImage = { contentType: ImageType; bytes: Uint8Array<ArrayBuffer> };

/** Fetches under way, so that those who ask for one image at once wait for one answer. */
const underWay = new Map<string, Promise<LoadedImage>>();

/**
 * The bytes of an image. One with a URL is fetched when it is looked at first and kept: it is the same for everybody ever
 * after. Throws not_found, or why it cannot be fetched, which tells annotators nothing of where it lies.
 */
export async function loadImage(access: Access<"label:write">, id: string): Promise<LoadedImage> {
  const { projectId, slug } = access;
  const image = await prisma.image.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { url: true, sha256: true },
  });
  if (!image) throw new AppError("not_found", say`There is no image ${id} in project ${slug}.`);
  if (image.sha256 !== null) return await readFile(projectId, image.sha256);
  const key = `${projectId} ${id}`;
  const fetching = underWay.get(key) ?? fetchImage({ projectId, id, url: image.url! });
  underWay.set(key, fetching);
  try {
    return await fetching;
  } catch (error) {
    if (error instanceof AppError && !roleAllows(access.role, "instance:read")) throw withoutPlace(error);
    throw error;
  } finally {
    underWay.delete(key);
  }
}

async function readFile(projectId: string, sha256: string): Promise<LoadedImage> {
  const { contentType, bytes } = await prisma.imageFile.findUniqueOrThrow({
    where: { projectId_sha256: { projectId, sha256 } },
    select: { contentType: true, bytes: true },
  });
  return { contentType: imageTypes.find((type) => type === contentType)!, bytes };
}

async function fetchImage(image: { projectId: string; id: string; url: string }): Promise<LoadedImage> {
  const file = await download(image.url);
  const { projectId, id } = image;
  return await prisma.$transaction(async (db) => {
    await storeFiles(db, projectId, [file]);
    // Whoever was first, elsewhere, has decided what everybody sees.
    await db.image.updateMany({ where: { projectId, id, sha256: null }, data: { sha256: file.sha256 } });
    const { sha256 } = await db.image.findUniqueOrThrow({
      where: { projectId_id: { projectId, id } },
      select: { sha256: true },
    });
    return sha256 === file.sha256 ? file : await readFile(projectId, sha256!);
  });
}

async function download(url: string): Promise<ImageFile> {
  const { host } = new URL(url);
  const guard = { allowedHosts: await readAllowedHosts(), timeoutMs, maxBytes: maxImageBytes, maxRedirects };
  const response = await guardedFetch(url, { headers: { accept: imageTypes.join(", ") } }, guard);
  if (response.status !== 200)
    throw new AppError("unavailable", say`${host} answered with status ${response.status} instead of the image.`);
  const read = readImage(new Uint8Array(await response.arrayBuffer()));
  if ("problem" in read) throw new AppError(read.code, say`What ${host} answered with ${read.problem}.`);
  return read.file;
}

/** Names of hosts and files may tell which model made a picture. */
function withoutPlace(error: AppError): AppError {
  const reasons: Partial<Record<AppError["code"], string>> = {
    forbidden: say`The server of this image may not be contacted.`,
    too_large: say`This image is too large to be shown.`,
    unsupported: say`What its server sent is not an image that can be shown.`,
    unavailable: say`The server of this image did not send it.`,
  };
  const reason = reasons[error.code] ?? say`This image cannot be fetched.`;
  return new AppError(error.code, say`${reason} Try again later, or tell an admin of the project.`, { cause: error });
}
