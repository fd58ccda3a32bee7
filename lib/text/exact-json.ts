/** Begins a string that stands for a number; a noncharacter, which texts do not hold. */
const marker = "\uFDD0number:";
const markedNumber = new RegExp(`"${marker}(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"(?!:)`, "g");

/** Digits a PostgreSQL numeric takes with room to spare. */
const maxNumberLength = 1000;
const maxExponent = 1000;

/**
 * Parses JSON twice over: `value` as JSON.parse does, and `exact`, the same but for numbers that a double would change
 * (long ids, more than 17 digits): those are strings that `stringifyExact` turns back into the digits as written.
 * The two are one object when there is no such number. Throws SyntaxError, also for a number of absurd size.
 */
export function parseExact(text: string): { value: unknown; exact: unknown } {
  const value: unknown = JSON.parse(text);
  if (!/[0-9.]{16}|[0-9][eE]/.test(text)) return { value, exact: value };
  const marked = markChangedNumbers(text);
  return { value, exact: marked === undefined ? value : JSON.parse(marked) };
}

/** JSON of a value from `parseExact`, with every number as it was written. */
export function stringifyExact(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(marker) ? text.replaceAll(markedNumber, "$1") : text;
}

/** The text with every number that a double would change in marked quotes; undefined when there is none. */
function markChangedNumbers(text: string): string | undefined {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === minus || isDigit(code)) {
      const start = at;
      do at += 1;
      while (isNumberPart(text.charCodeAt(at)));
      const number = text.slice(start, at);
      if (survivesDouble(number)) continue;
      parts.push(text.slice(copied, start), `"${marker}${number}"`);
      copied = at;
    } else {
      at += 1;
    }
  }
  return parts.length === 0 ? undefined : parts.join("") + text.slice(copied);
}

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, the point, the exponent's letter and signs. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;
}

/** Index after the closing quote of the string that opens at `start`, in text known to be JSON. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

function survivesDouble(number: string): boolean {
  if (number.length < 16 && !/[eE]/.test(number)) return true;
  const exponent = Math.abs(Number(/[eE](.*)$/.exec(number)?.[1] ?? 0));
  if (number.length > maxNumberLength || exponent > maxExponent) {
    throw new SyntaxError(`The number ${number.slice(0, 20)}... is too long or too large`);
  }
  const double = Number(number);
  return Number.isFinite(double) && decimal(number) === decimal(String(double));
}

/** A decimal number as sign, digits and exponent of ten, the same for every way to write it. */
function decimal(number: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(number)!;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
