import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { ImageFile } from "./read-image";

/** Stores bytes that are not in the project yet. */
export async function storeFiles(db: Db, projectId: string, files: Iterable<ImageFile>): Promise<void> {
  // One at a time: together they may be larger than a statement should be.
  for (const { sha256, contentType, width, height, bytes } of files) {
    await db.$executeRaw`
      insert into image_files (project_id, sha256, content_type, width, height, bytes)
      values (${projectId}::uuid, ${sha256}, ${contentType}, ${width}::int, ${height}::int, ${bytes}::bytea)
      on conflict do nothing`;
  }
}

/** The ids of uploaded images by the hashes of their stored bytes; those that have none get one. */
export async function idsOfUploads(db: Db, projectId: string, hashes: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(hashes)].sort();
  if (wanted.length === 0) return new Map();
  const rows = wanted.map((sha256) => ({ id: randomUUID(), sha256 }));
  await db.$executeRaw`
    insert into images (project_id, id, sha256)
    select ${projectId}::uuid, id, sha256 from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, sha256 text)
    on conflict do nothing`;
  const found = await db.image.findMany({
    where: { projectId, url: null, sha256: { in: wanted } },
    select: { id: true, sha256: true },
  });
  return new Map(found.map(({ id, sha256 }) => [sha256!, id]));
}

/** The ids of images by their URLs; those that have none get one. Nothing is fetched yet. */
export async function idsOfUrls(db: Db, projectId: string, urls: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(urls)].sort();
  const known = await findUrls(db, projectId, wanted);
  const rows = wanted.filter((url) => !known.has(url)).map((url) => ({ id: randomUUID(), url }));
  if (rows.length === 0) return known;
  await db.$executeRaw`
    insert into images (project_id, id, url)
    select ${projectId}::uuid, id, url from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, url text)
    on conflict do nothing`;
  return await findUrls(db, projectId, wanted);
}

async function findUrls(db: Db, projectId: string, urls: string[]): Promise<Map<string, string>> {
  if (urls.length === 0) return new Map();
  const found = await db.image.findMany({ where: { projectId, url: { in: urls } }, select: { id: true, url: true } });
  return new Map(found.map(({ id, url }) => [url!, id]));
}

/** Which of these ids are images of the project. */
export async function knownImages(db: Db, projectId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.image.findMany({ where: { projectId, id: { in: ids } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}
