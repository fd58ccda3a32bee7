import type { Db } from "@/lib/db/client";
import { uploadPrefix } from "@/lib/images/image-url";
import type { StoredImage } from "@/lib/images/schema";
import { idsOfUploads, idsOfUrls, knownImages, storeFiles } from "@/lib/images/store";
import type { NewInstance } from "@/lib/instances/insert";
import type { ImportEntry } from "./import-batches";
import type { ImportedRecord } from "./imported";
import { imagesOf } from "./messages";
import { RecordFault } from "./record-fault";
import { hashPrefix, type ImageFiles, type ImportedImage } from "./record-images";

/** Of the uploaded images that entries name, the ids of those that are in the project. */
export async function findUploads(db: Db, projectId: string, entries: ImportEntry[]): Promise<Set<string>> {
  const named = entries.flatMap((entry) => (entry.kind === "record" ? namedUploads(entry.record) : []));
  return await knownImages(db, projectId, named);
}

/** Throws RecordFault when a record names an uploaded image that is not there. */
export function requireUploads(record: ImportedRecord, uploads: ReadonlySet<string>): void {
  const missing = namedUploads(record).find((id) => !uploads.has(id));
  if (missing === undefined) return;
  throw new RecordFault(
    "images",
    `name ${uploadPrefix}${missing}, which is not in this project. Upload the image first.`,
    "not_found",
  );
}

/** Stores the images that instances name, and puts their ids into the instances. Nothing is fetched yet. */
export async function storeImages(
  db: Db,
  projectId: string,
  { instances, files }: { instances: NewInstance<ImportedImage>[]; files: ImageFiles },
): Promise<NewInstance[]> {
  const names = instances.filter(({ hasImages }) => hasImages).flatMap((one) => allImages(one).map(({ name }) => name));
  const hashes = names.filter((name) => name.startsWith(hashPrefix)).map((name) => name.slice(hashPrefix.length));
  await storeFiles(
    db,
    projectId,
    [...files.values()].filter(({ sha256 }) => hashes.includes(sha256)),
  );
  const uploads = await idsOfUploads(db, projectId, hashes);
  const urls = await idsOfUrls(db, projectId, names.filter(isUrl));
  const idOf = (name: string): string => {
    if (name.startsWith(uploadPrefix)) return name.slice(uploadPrefix.length);
    return (name.startsWith(hashPrefix) ? uploads.get(name.slice(hashPrefix.length)) : urls.get(name))!;
  };
  const stored = (images: ImportedImage[]): StoredImage[] => images.map(({ name, alt }) => ({ id: idOf(name), alt }));
  return instances.map((instance) => ({
    ...instance,
    images: stored(instance.images),
    messages:
      instance.messages?.map((message) => {
        const images = imagesOf(message);
        return images.length === 0 ? message : { ...(message as object), images: stored(images) };
      }) ?? null,
    completions: instance.completions.map((completion) => ({ ...completion, images: stored(completion.images) })),
  }));
}

function isUrl(name: string): boolean {
  return !name.startsWith(uploadPrefix) && !name.startsWith(hashPrefix);
}

function namedUploads(record: ImportedRecord): string[] {
  return allImages(record).flatMap(({ name }) =>
    name.startsWith(uploadPrefix) ? name.slice(uploadPrefix.length) : [],
  );
}

function allImages({
  images,
  messages,
  completions,
}: Pick<NewInstance<ImportedImage>, "images" | "messages" | "completions">): ImportedImage[] {
  return [...images, ...(messages ?? []).flatMap(imagesOf), ...completions.flatMap((one) => one.images)];
}
