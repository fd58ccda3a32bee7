/** Code blocks are read from the left whatever is written around them; tags and references are no letters. */
const firstLetter = /<pre[\s>][^]*?<\/pre>|<[^>]*>|&[^;\s]+;|(\p{L})/gu;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mandaic}\p{Script=Samaritan}\p{Script=Hanifi_Rohingya}]/u;

/**
 * Where the text of our own HTML begins, by its first letter. `dir="auto"` cannot say it for the whole of a text: it
 * passes over the blocks, which have directions of their own.
 */
export function directionOfHtml(html: string): "ltr" | "rtl" {
  for (const [, letter] of html.matchAll(firstLetter)) {
    if (letter !== undefined) return rightToLeft.test(letter) ? "rtl" : "ltr";
  }
  return "ltr";
}

/** A name as a part of a sentence: one that is read from the right must not turn around what stands beside it. */
export function isolate(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
