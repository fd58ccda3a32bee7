import { z } from "zod";

/** The kinds of image that are taken: those that browsers show and that cannot hold scripts. */
export const imageTypes = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"] as const;
export type ImageType = (typeof imageTypes)[number];

/** In words, for messages. */
export const imageTypeNames = "PNG, JPEG, WebP, GIF or AVIF";

export const maxImageBytes = 10 * 1024 * 1024;
/** A picture of more takes a browser hundreds of megabytes. */
export const maxImagePixels = 100_000_000;
export const maxImageUrlLength = 2000;
/** Images of one prompt, message or completion. */
export const maxImages = 20;

/** An image as instances hold it: the row of images it is, and the words for those who do not see it. */
export const storedImage = z.object({ id: z.uuid(), alt: z.string() });
export type StoredImage = z.infer<typeof storedImage>;
export const storedImages = z.array(storedImage);

/** An image for a page. Its address tells nothing of where it came from. Sizes are null before it was fetched first. */
export const imageView = z.object({
  src: z.string().describe("Address of its bytes on this site"),
  alt: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type ImageView = z.infer<typeof imageView>;

/** The same for those who may know where it came from. */
export const sourcedImageView = imageView.extend({
  reference: z.string().describe("As imports and exports name it: its URL, or image:<id> for an uploaded one"),
});
export type SourcedImageView = z.infer<typeof sourcedImageView>;

export const imageParams = z.object({ id: z.uuid() });

export const uploadedImage = z.object({
  reference: z.string().describe("What import records may name it by: image:<id>"),
  contentType: z.enum(imageTypes),
  bytes: z.int(),
  width: z.int(),
  height: z.int(),
});
export type UploadedImage = z.infer<typeof uploadedImage>;
