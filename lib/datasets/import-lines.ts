import { isUtf8 } from "node:buffer";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { maxRecordBytes, type ImportFaultCode } from "./schema";

/** One record's text, or why there is none. `line` counts from 1. */
export type ImportLine = { line: number; text: string } | { line: number; code: ImportFaultCode; message: string };

/** Takes a file's bytes in pieces and gives the records that are complete. */
export type Splitter = { push(bytes: Buffer): ImportLine[]; end(): ImportLine[] };

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
/** White space after which a file that has shown nothing else is taken for lines. */
const maxLeadingSpace = 65_536;
const maxMegabytes = maxRecordBytes / 1024 ** 2;

/**
 * The records of a file as texts, some at a time, in constant memory: NDJSON by lines or the elements of a JSON array,
 * gzip or not (found by their first bytes). What cannot be read is an entry of its own; errors of the source pass.
 */
export async function* readImportLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<ImportLine[]> {
  let splitter: Splitter | undefined;
  let start = Buffer.alloc(0);
  let line = 1;
  try {
    for await (const piece of plainBytes(source)) {
      let bytes = piece;
      if (!splitter) {
        start = Buffer.concat([start, bytes]);
        if (!isTelling(start)) continue;
        splitter = splitterFor(start);
        bytes = withoutMark(start);
      }
      const found = splitter.push(bytes);
      if (found.length > 0) yield found;
      line = found.at(-1)?.line ?? line;
    }
    const found = splitter ? [] : (splitter = splitterFor(start)).push(withoutMark(start));
    yield [...found, ...splitter.end()];
  } catch (error) {
    if (!isDamage(error)) throw error;
    yield [
      {
        line,
        code: "damaged",
        message: `The compressed data is cut off or damaged after this line (${error.message}). Send the file again.`,
      },
    ];
  }
}

/** Splits at line feeds; blank lines are nothing. A line that is too long is dropped while it comes in. */
export function splitLines(maxBytes: number = maxRecordBytes): Splitter {
  const held = holder(maxBytes);
  let line = 1;
  const finish = (): ImportLine[] => {
    const entry = held.take(line, "The line");
    line += 1;
    return entry ? [entry] : [];
  };
  return {
    push(bytes) {
      const found: ImportLine[] = [];
      let from = 0;
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, from)) {
        held.add(bytes.subarray(from, end));
        found.push(...finish());
        from = end + 1;
      }
      held.add(bytes.subarray(from));
      return found;
    },
    end: finish,
  };
}

/**
 * Splits a JSON array into the texts of its elements by strings and brackets alone; what is inside them is the
 * parser's business, so a fault in one element leaves the others whole.
 */
export function splitArray(maxBytes: number = maxRecordBytes): Splitter {
  const held = holder(maxBytes);
  let place: "before" | "inside" | "after" = "before";
  let line = 1;
  let startLine = 1;
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let isEmpty = true;
  let isTrailing = false;

  const finish = (): ImportLine[] => {
    const entry = held.take(startLine, "The array element");
    isEmpty = true;
    return entry ? [entry] : [];
  };
  return {
    push(bytes) {
      const found: ImportLine[] = [];
      let from = 0;
      for (let i = 0; i < bytes.length; i += 1) {
        const byte = bytes[i]!;
        if (byte === lineFeed) line += 1;
        if (isString) {
          if (isEscaped) isEscaped = false;
          else if (byte === backslash) isEscaped = true;
          else if (byte === quote) isString = false;
          continue;
        }
        if (isSpace(byte)) continue;
        if (place !== "inside") {
          if (place === "after") isTrailing = true;
          else if (byte === bracket) place = "inside";
          from = i + 1;
          continue;
        }
        if (depth === 0 && (byte === comma || byte === closingBracket)) {
          held.add(bytes.subarray(from, i));
          found.push(...finish());
          from = i + 1;
          if (byte === closingBracket) place = "after";
          continue;
        }
        if (isEmpty) {
          isEmpty = false;
          startLine = line;
          from = i;
        }
        if (byte === quote) isString = true;
        else if (byte === bracket || byte === brace) depth += 1;
        else if (byte === closingBracket || byte === closingBrace) depth = Math.max(0, depth - 1);
      }
      if (place === "inside" && !isEmpty) held.add(bytes.subarray(from));
      return found;
    },
    end() {
      if (place === "after" && !isTrailing) return [];
      const message = isTrailing
        ? "There is text after the end of the array; it was ignored."
        : "The array is not closed: the file is cut off or its brackets do not match.";
      return [{ line, code: "json", message }];
    },
  };
}

/** Collects the bytes of one record up to the cap; `take` gives it as text and starts the next. */
function holder(maxBytes: number) {
  let pieces: Buffer[] = [];
  let size = 0;
  return {
    add(bytes: Buffer): void {
      if (bytes.length === 0) return;
      size += bytes.length;
      if (size <= maxBytes) pieces.push(bytes);
      else pieces = [];
    },
    take(line: number, what: string): ImportLine | undefined {
      const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      const isTooLong = size > maxBytes;
      pieces = [];
      size = 0;
      if (isTooLong)
        return { line, code: "too_long", message: `${what} is longer than ${maxMegabytes} MB and was skipped.` };
      if (!isUtf8(bytes))
        return { line, code: "encoding", message: `${what} is not valid UTF-8. Save the file as UTF-8.` };
      const text = bytes.toString("utf8").trim();
      return text === "" ? undefined : { line, text };
    },
  };
}

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const bracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const brace = 0x7b;
const closingBrace = 0x7d;

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === lineFeed || byte === 0x0d || byte === 0x09;
}

/** Whether the first bytes of a file show what it is: more than white space, after the mark if there is one. */
function isTelling(start: Buffer): boolean {
  return (
    start.length > maxLeadingSpace ||
    (start.length > byteOrderMark.length && withoutMark(start).some((byte) => !isSpace(byte)))
  );
}

function splitterFor(start: Buffer): Splitter {
  return withoutMark(start).find((byte) => !isSpace(byte)) === bracket ? splitArray() : splitLines();
}

function withoutMark(start: Buffer): Buffer {
  return start.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? start.subarray(byteOrderMark.length) : start;
}

/** The bytes of the file, decompressed when they begin as gzip does. */
async function* plainBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    start = Buffer.concat([start, next.value]);
    if (start.length >= 2) break;
  }
  const all = rejoin(start, pieces);
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // Its error is the one that the loop over gunzip throws.
  pipeline(Readable.from(all, { objectMode: false }), gunzip, () => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
}

async function* rejoin(start: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const { buffer, byteOffset, byteLength } = next.value;
      yield Buffer.from(buffer, byteOffset, byteLength);
    }
  } finally {
    await rest.return?.();
  }
}

function isDamage(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
