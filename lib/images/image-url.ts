import { maxImageUrlLength } from "./schema";

/** How uploaded images are named in imports and exports. */
export const uploadPrefix = "image:";

/**
 * The address of an image on the web in the one form in which it is stored, or why it is none, to follow upon what it is
 * called.
 */
export function readImageUrl(text: string): { url: string } | { problem: string } {
  if (!URL.canParse(text)) return { problem: "is no URL: give one that begins with https://, http:// or data:" };
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return { problem: `is a ${url.protocol} URL: images come from https, http or data URLs, or as image:<id>` };
  if (url.username || url.password) return { problem: "carries a password: leave it out of the URL" };
  if (url.href.length > maxImageUrlLength)
    return { problem: `is longer than ${maxImageUrlLength} characters: upload the image instead` };
  return { url: url.href };
}
