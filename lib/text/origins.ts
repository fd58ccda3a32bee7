import { decodeString } from "micromark-util-decode-string";
import type { Range } from "./find-math";

/**
 * Where a stretch of a text in the tree comes from in the raw text (UTF-16 offsets). It is its raw text, character by
 * character, unless it is an atom; where `start` is `end` it comes from nowhere. A text's pieces cover it.
 */
export type Piece = { length: number; start: number; end: number; isAtom: boolean };

/** A text of the tree with its pieces. Its line ends are line feeds, which is what HTML makes of them. */
export type Traced = { value: string; origin: Piece[] };

// Texts, code and line breaks carry their pieces through both trees.
declare module "mdast" {
  interface Data {
    origin?: Piece[];
  }
}
declare module "hast" {
  interface Data {
    origin?: Piece[];
  }
}

const lineEnd = /\r\n?|\n/;

export function lineFeedsOnly(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

export function nowhere(length: number): Piece {
  return { length, start: 0, end: 0, isAtom: false };
}

export function run(start: number, end: number): Piece {
  return { length: end - start, start, end, isAtom: false };
}

export function atom(length: number, { start, end }: Range): Piece {
  return { length, start, end, isAtom: true };
}

/** The pieces of a part of a text. */
export function slicePieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const slice: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const [head, tail] = [Math.max(0, from - at), Math.max(0, at + piece.length - to)];
    const length = piece.length - head - tail;
    if (length > 0)
      slice.push(
        piece.isAtom || piece.start === piece.end ? { ...piece, length } : run(piece.start + head, piece.end - tail),
      );
    at += piece.length;
  }
  return slice;
}

/**
 * Follows markdown's text back to its source. The two differ by escapes, character references and what stands around
 * line ends: spaces, indents and the marks of quotations. A text that differs in another way becomes one atom.
 */
export function traceText(raw: string, range: Range, parsed: string): Traced {
  const value = lineFeedsOnly(parsed);
  const { start, end } = range;
  if (raw.slice(start, end) === value) return { value, origin: [run(start, end)] };
  const differing = /\\[!-/:-@[-`{-~]|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z\d]{1,31});|[ \t]*(?:\r\n?|\n)[ \t>]*/g;
  const source = raw.slice(start, end);
  const origin: Piece[] = [];
  // GitHub's task lists may leave an indent before the text.
  const { 0: indent } = /^[ \t>]*/.exec(source)!;
  let [text, at] = ["", value.startsWith(indent) ? 0 : indent.length - literalMarks(indent, value)];
  const add = (words: string, piece: Piece) => {
    text += words;
    if (piece.length > 0) origin.push(piece);
  };
  const copy = (from: number, to: number) => add(source.slice(from, to), run(start + from, start + to));
  for (const { 0: found, index } of source.matchAll(differing)) {
    copy(at, index);
    at = index + found.length;
    if (found.startsWith("\\")) copy(index + 1, at);
    else if (found.startsWith("&")) {
      const decoded = decodeString(found);
      if (decoded === found) copy(index, at);
      else add(decoded, atom(decoded.length, { start: start + index, end: start + at }));
    } else {
      add("\n", lineFeed(raw, start + index + found.search(lineEnd)));
      // A line that goes on a paragraph may begin with a literal ">" if it is indented far enough.
      at -= literalMarks(found, value.slice(text.length));
    }
  }
  copy(at, source.length);
  return text === value ? { value, origin } : { value, origin: [atom(value.length, range)] };
}

/** Follows code within a line back to its source. Its line ends show as spaces. */
export function traceInlineCode(raw: string, range: Range, parsed: string): Traced {
  const { value, origin } = traceCode(raw, inlineContent(raw, range), parsed);
  let at = 0;
  for (const piece of origin) {
    if (value[at] === "\n") piece.isAtom = piece.end > piece.start;
    at += piece.length;
  }
  return { value, origin };
}

/** Follows a block of code back to its source; its first line may be that of its fence. */
export function traceBlock(raw: string, range: Range, parsed: string): Traced {
  return traceCode(raw, blockContent(raw, range), parsed);
}

/** Finds texts in a part of the raw text, each behind the last; one that is not there as it is gets all that is left. */
export function makeLocator(raw: string, { start, end }: Range): (text: string) => Piece {
  let at = start;
  return (text) => {
    const found = raw.slice(at, end).indexOf(text);
    const from = at + found;
    const piece = found === -1 ? atom(text.length, { start: at, end }) : run(from, from + text.length);
    at = piece.end;
    return piece;
  };
}

/**
 * Follows code back to its source, line by line: each line of it ends the line it comes from, behind the indents and
 * marks of what the code stands in.
 */
function traceCode(raw: string, range: Range, parsed: string): Traced {
  const value = lineFeedsOnly(parsed);
  const lines = value.split("\n");
  const origin: Piece[] = [];
  let at = range.start;
  for (const [index, line] of lines.entries()) {
    const length = raw.slice(at, range.end).search(lineEnd);
    const end = length === -1 ? range.end : at + length;
    origin.push(...traceLine(raw, { start: at, end }, line));
    if (index < lines.length - 1) origin.push(length === -1 ? nowhere(1) : lineFeed(raw, end));
    at = length === -1 ? range.end : end + (raw.startsWith("\r\n", end) ? 2 : 1);
  }
  return { value, origin: origin.filter((piece) => piece.length > 0) };
}

/** Where the content of a code block is: behind the line of its fence, if it has one. */
function blockContent(raw: string, { start, end }: Range): Range {
  if (raw[start] !== "`" && raw[start] !== "~") return { start, end };
  const { 0: fence } = /^[^\r\n]*(?:\r\n?|\n)?/.exec(raw.slice(start, end))!;
  return { start: start + fence.length, end };
}

/** Where the content of code within a line is: between its ticks and the space that sets it off from them. */
function inlineContent(raw: string, { start, end }: Range): Range {
  const { 0: ticks } = /^`*/.exec(raw.slice(start, end))!;
  const content = raw.slice(start + ticks.length, end - ticks.length);
  const isPadded = /^[ \r\n].*[^ \r\n].*[ \r\n]$/s.test(content);
  const [head, tail] = isPadded
    ? [/^(?:\r\n|.)/s.exec(content)![0].length, /(?:\r\n|.)$/s.exec(content)![0].length]
    : [0, 0];
  return { start: start + ticks.length + head, end: end - ticks.length - tail };
}

function lineFeed(raw: string, at: number): Piece {
  return raw[at] === "\n" ? run(at, at + 1) : atom(1, { start: at, end: at + (raw[at + 1] === "\n" ? 2 : 1) });
}

function literalMarks(found: string, rest: string): number {
  const { 0: marks } = /^(?:>[ \t>]*)?/.exec(rest)!;
  return marks !== "" && found.endsWith(marks) ? marks.length : 0;
}

function traceLine(raw: string, range: Range, line: string): Piece[] {
  const source = raw.slice(range.start, range.end);
  if (source.endsWith(line)) return [run(range.end - line.length, range.end)];
  // A tab that is partly an indent becomes spaces.
  const bare = line.trimStart();
  if (source.endsWith(bare)) return [nowhere(line.length - bare.length), run(range.end - bare.length, range.end)];
  return traceCells(source, range, line);
}

/** In a table the bar is escaped even in code. */
function traceCells(source: string, range: Range, line: string): Piece[] {
  const pieces: Piece[] = [];
  let [text, at] = ["", 0];
  const copy = (from: number, to: number) => {
    text += source.slice(from, to);
    pieces.push(run(range.start + from, range.start + to));
  };
  for (const { index } of source.matchAll(/\\\|/g)) {
    copy(at, index);
    copy(index + 1, index + 2);
    at = index + 2;
  }
  copy(at, source.length);
  return text === line ? pieces : [atom(line.length, range)];
}
