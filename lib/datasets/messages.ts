import { z } from "zod";
import { maxImages } from "@/lib/images/schema";
import { without } from "./import-labels";
import type { JsonObject } from "./imported";
import { RecordFault, saying } from "./record-fault";
import { isImported, ownImages, readEntry, readImages, type ImageFiles, type ImportedImage } from "./record-images";

/** Parts of a message as OpenAI's chat format has them; `{"type": "image"}` alone stands for one of the record's images. */
const contentPart = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.literal("text"), text: z.string() }),
    z.object({ type: z.literal("image_url"), image_url: z.union([z.string(), z.object({ url: z.string() })]) }),
    z.object({ type: z.literal("image"), image: z.string().nullish(), url: z.string().nullish() }),
  ],
  saying("must be a part of type text, image_url or image"),
);

const content = z.union([z.string(), z.array(contentPart)], saying("must be a string or a list of text and images"));

export const messageList = z.array(
  z.object({ role: z.enum(["system", "user", "assistant", "tool"]), content, images: ownImages }),
);
export type MessageList = z.output<typeof messageList>;

/**
 * Messages as they are stored: the content is a text, and images stand beside it. Texts of a list of parts are joined by
 * an empty line. A message without images and parts stays as it was written.
 */
export function readMessages(parsed: MessageList, exact: unknown, at: string, files: ImageFiles): JsonObject[] {
  return parsed.map((message, index) => {
    const written = (exact as JsonObject[])[index]!;
    if (typeof message.content === "string" && (message.images ?? []).length === 0) return written;
    const place = `${at}.${index}`;
    const parts = typeof message.content === "string" ? [] : message.content;
    const images = [
      ...parts.flatMap((part, i) => imageOf(part, `${place}.content.${i}`, files)),
      ...readImages(message.images, `${place}.images`, files),
    ];
    if (images.length > maxImages) throw new RecordFault(place, `has more than ${maxImages} images`);
    const texts = parts.flatMap((part) => (part.type === "text" ? part.text : []));
    return {
      ...without(written, message.images === undefined ? ["content"] : ["content", "images"]),
      content: typeof message.content === "string" ? message.content : texts.join("\n\n"),
      ...(images.length > 0 && { images }),
    };
  });
}

/** The images that stand beside the text of a message that was read. */
export function imagesOf(message: unknown): ImportedImage[] {
  const { images } = message as { images?: unknown };
  return Array.isArray(images) && images.every(isImported) ? images : [];
}

/** A message without its images; a field of their name that holds something else stays. */
export function withoutImages(message: JsonObject): JsonObject {
  return imagesOf(message).length === 0 ? message : without(message, ["images"]);
}

function imageOf(part: z.output<typeof contentPart>, at: string, files: ImageFiles): ImportedImage[] {
  if (part.type === "text") return [];
  if (part.type === "image_url") {
    const url = typeof part.image_url === "string" ? part.image_url : part.image_url.url;
    return [readEntry(url, `${at}.image_url`, files)];
  }
  const url = part.url ?? part.image;
  return url == null ? [] : [readEntry(url, at, files)];
}
