import { prisma } from "@/lib/db/client";
import { uploadPrefix } from "./image-url";
import { storedImages, type ImageView, type SourcedImageView, type StoredImage } from "./schema";

/** Images as pages show them, by their ids. */
export type ImageViews = (images: readonly StoredImage[]) => SourcedImageView[];

/** The images in a JSON column, or beside the text of a message. */
export function readStored(images: unknown): StoredImage[] {
  // Messages imported before there were images may have a field of that name with something else in it.
  return storedImages.catch([]).parse(images ?? []);
}

/** Looks up images of a project in one go. */
export async function viewImages(
  { projectId, slug }: { projectId: string; slug: string },
  images: readonly StoredImage[],
): Promise<ImageViews> {
  const ids = [...new Set(images.map(({ id }) => id))];
  const rows =
    ids.length === 0
      ? []
      : await prisma.image.findMany({
          where: { projectId, id: { in: ids } },
          select: { id: true, url: true, file: { select: { width: true, height: true } } },
        });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (wanted) =>
    wanted.map(({ id, alt }) => {
      const row = byId.get(id);
      const { width, height } = row?.file ?? { width: null, height: null };
      return { src: addressOf(slug, id), alt, width, height, reference: row?.url ?? uploadPrefix + id };
    });
}

/** Without where they came from. */
export function withoutReferences(images: SourcedImageView[]): ImageView[] {
  return images.map(({ src, alt, width, height }) => ({ src, alt, width, height }));
}

function addressOf(slug: string, id: string): string {
  return `/api/v1/projects/${slug}/images/${id}`;
}
