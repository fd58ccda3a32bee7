/** Length of a text in Unicode code points, the unit of every stored offset. Halves of surrogate pairs count as one each. */
export function codePointLength(text: string): number {
  return toCodePoint(text, text.length);
}

/** The code points before a UTF-16 offset. Inside a surrogate pair: those before the pair. */
export function toCodePoint(text: string, utf16: number): number {
  let count = utf16;
  for (let i = 0; i < utf16; i += 1) {
    if (isPair(text, i)) count -= 1;
  }
  return count;
}

/** The UTF-16 offset of a code point; the text's length for those behind its end. */
export function toUtf16(text: string, codePoint: number): number {
  let at = 0;
  for (let left = codePoint; left > 0 && at < text.length; left -= 1) at += isPair(text, at) ? 2 : 1;
  return at;
}

/** `toCodePoint` for offsets that never fall: the whole walk costs one pass. */
export function makeCodePointCounter(text: string): (utf16: number) => number {
  let [at, count] = [0, 0];
  return (utf16) => {
    for (; at < utf16; count += 1) at += isPair(text, at) ? 2 : 1;
    return at > utf16 ? count - 1 : count;
  };
}

/** `toUtf16` for offsets that never fall: the whole walk costs one pass. */
export function makeUtf16Finder(text: string): (codePoint: number) => number {
  let [at, count] = [0, 0];
  return (codePoint) => {
    for (; count < codePoint && at < text.length; count += 1) at += isPair(text, at) ? 2 : 1;
    return at;
  };
}

function isPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1));
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
