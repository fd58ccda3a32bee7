import { prisma } from "@/lib/db/client";
import { renderWithMap, type Rendered } from "@/lib/text/render";
import { readImageUrl } from "./image-url";
import { idsOfUrls } from "./store";
import { viewImages } from "./views";

/**
 * A text of an instance as pages show it: images in its markdown are fetched and kept by this site as those beside texts
 * are. It is the text that makes an address one of the project's, so that nobody can ask this site for another. Of a text
 * in which names are hidden, addresses of images come from the text as it was imported: they stay here.
 */
export async function renderShown(
  project: { projectId: string; slug: string },
  shown: string,
  imported = shown,
): Promise<Rendered> {
  const rendered = await renderWithMap(shown, { showsImages: true });
  if (rendered.images.length === 0) return rendered;
  const { images: addresses } = await renderWithMap(imported, { showsImages: true });
  // Where hiding a name has made other markdown of a text, nobody can tell which image is which.
  const areSame = addresses.length === rendered.images.length;
  const urls = addresses.slice(0, areSame ? undefined : 0).map((image) => {
    const read = readImageUrl(image);
    return "url" in read ? read.url : null;
  });
  const ids = await idsOfUrls(
    prisma,
    project.projectId,
    urls.filter((url) => url !== null),
  );
  const images = urls.map((url) => (url === null ? null : { id: ids.get(url)!, alt: "" }));
  const views = await viewImages(
    project,
    images.filter((image) => image !== null),
  );
  const attributes = images.map((image) => {
    const [view] = image === null ? [] : views([image]);
    if (!view) return "";
    const { src, width, height } = view;
    return `src="${src}" decoding="async"${width === null ? "" : ` width="${width}" height="${height}"`}`;
  });
  // Only our own renderer writes this: "<" and quotation marks of a text are escaped.
  const html = rendered.html.replaceAll(
    /<img src="image:(\d+)"/g,
    (_, number: string) => `<img ${attributes[Number(number)] ?? ""}`,
  );
  return { ...rendered, html };
}
