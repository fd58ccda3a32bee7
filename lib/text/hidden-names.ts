import type { Nodes, Root } from "mdast";
import { visit } from "unist-util-visit";
import { codePointLength } from "./code-points";
import { atom, slicePieces, type Piece } from "./origins";

/**
 * Stands for each code point of a name that is not to be seen, so that the offsets of spans stay those of the raw text.
 * Unicode keeps it free for such uses inside of a program; to markdown it is a letter like any other.
 */
export const hiddenSign = "\uFDD0";
/** What is shown for it where a text is shown as it is, one for each. */
const block = "█";
/** What is shown for a hidden name of any length in a rendered text: its length would tell it to who knows a few. */
const words = "[name hidden]";

export function hide(name: string): string {
  return hiddenSign.repeat(codePointLength(name));
}

/** A text with hidden names as text for people, as long as before. */
export function blockOut(text: string): string {
  return text.replaceAll(hiddenSign, block);
}

/** Words for the hidden names in a markdown tree, each an atom that comes from the whole name. */
export function showHiddenNames(tree: Root): void {
  visit(tree, (node) => {
    const isFormula = node.type === "inlineCode" && node.data?.hChildren !== undefined;
    if ((node.type === "text" || node.type === "inlineCode" || node.type === "code") && !isFormula) {
      const { value, origin } = withWords(node.value, node.data?.origin ?? []);
      node.value = value;
      node.data = { ...node.data, origin };
    }
    blockOutFields(node);
  });
}

function withWords(text: string, pieces: readonly Piece[]): { value: string; origin: Piece[] } {
  const origin: Piece[] = [];
  let [value, at] = ["", 0];
  const copy = (to: number) => {
    value += text.slice(at, to);
    origin.push(...slicePieces(pieces, at, to));
  };
  for (const { 0: name, index } of text.matchAll(/\uFDD0+/g)) {
    copy(index);
    at = index + name.length;
    const own = slicePieces(pieces, index, at);
    value += words;
    origin.push(atom(words.length, { start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0 }));
  }
  copy(text.length);
  return { value, origin };
}

/** Addresses, titles, names of languages and formulas have no room for words; what stands for an image has. */
function blockOutFields(node: Nodes): void {
  if ("alt" in node && node.alt) node.alt = node.alt.replaceAll(/\uFDD0+/g, words);
  const fields = node as unknown as Record<string, unknown>;
  for (const name of ["value", "url", "title", "lang"]) {
    const value = fields[name];
    if (typeof value === "string") fields[name] = blockOut(value);
  }
  for (const child of (node.data?.hChildren ?? []) as { value?: string }[])
    if (child.value !== undefined) child.value = blockOut(child.value);
}
