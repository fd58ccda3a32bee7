import type { Root } from "mdast";
import type { Processor } from "unified";
import { visit } from "unist-util-visit";
import { lineFeedsOnly, slicePieces, traceBlock, traceInlineCode, traceText, type Traced } from "./origins";
import type { Range } from "./find-math";

/** A text as the parser found it. */
type Leaf = Range & { value: string };

declare module "mdast" {
  interface RootData {
    leaves?: Leaf[];
  }
}

/**
 * A plugin that notes where texts stand before GitHub's extension, which must be used behind it, cuts addresses out of
 * them: the parts do not know their positions.
 */
export function noteTexts(this: Processor): void {
  const data = this.data() as { fromMarkdownExtensions?: unknown[] };
  (data.fromMarkdownExtensions ??= []).push({ transforms: [note] });
}

function note(tree: Root): void {
  const leaves: Leaf[] = [];
  visit(tree, "text", ({ value, position }) => {
    leaves.push({ value, start: position!.start.offset!, end: position!.end.offset! });
  });
  tree.data = { leaves };
}

/** Gives every text of a tree that was parsed with `noteTexts` its origin in the text that was parsed. */
export function traceTexts(tree: Root, parsed: string): void {
  const leaves = tree.data?.leaves?.values();
  let [traced, at]: [Traced, number] = [{ value: "", origin: [] }, 0];
  visit(tree, "text", (node) => {
    for (let leaf; at === traced.value.length && (leaf = leaves?.next().value); at = 0)
      traced = traceText(parsed, leaf, leaf.value);
    const end = at + lineFeedsOnly(node.value).length;
    node.value = traced.value.slice(at, end);
    node.data = { origin: slicePieces(traced.origin, at, end) };
    at = end;
  });
}

/** Gives all code that markdown found its origin in the raw text. */
export function traceAllCode(tree: Root, raw: string): void {
  visit(tree, ["code", "inlineCode"], (node) => {
    if (!node.position || (node.type !== "code" && node.type !== "inlineCode")) return;
    const range = { start: node.position.start.offset!, end: node.position.end.offset! };
    const { value, origin } = (node.type === "code" ? traceBlock : traceInlineCode)(raw, range, node.value);
    node.value = value;
    node.data = { origin };
  });
}
