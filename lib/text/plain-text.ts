import { codePointLength } from "./code-points";
import { encodeMap, type OffsetMap, type Segment } from "./offset-map";

/**
 * A text to be shown as it is, in one pre-wrapped element, and its map. HTML knows only line feeds: a browser turns
 * other line ends into them in some ways of showing a text and not in others, so they are turned here.
 */
export function showPlain(raw: string): { text: string; map: OffsetMap } {
  const lines = raw.split(/(\r\n?)/);
  const segments: Segment[] = [];
  let [rendered, at] = [0, 0];
  lines.forEach((part, index) => {
    const isLineEnd = index % 2 === 1;
    const length = codePointLength(part);
    const shown = isLineEnd ? 1 : length;
    if (!isLineEnd && length > 0)
      segments.push({
        rendered: { start: rendered, end: rendered + shown },
        raw: { start: at, end: at + length },
        isAtom: false,
      });
    rendered += shown;
    at += length;
  });
  return { text: raw.replaceAll(/\r\n?/g, "\n"), map: encodeMap(segments) };
}
