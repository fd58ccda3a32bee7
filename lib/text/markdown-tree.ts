import type { Definition, Image, Link, Nodes, Parents, PhrasingContent, Root, RootContent, Text } from "mdast";
import { visit } from "unist-util-visit";
import type { Range } from "./find-math";
import { hiddenSign } from "./hidden-names";
import { makeLocator, nowhere, slicePieces, type Piece } from "./origins";

/**
 * Rewrites a markdown tree so that everything its author wrote can be seen and nothing acts by itself: markdown hides
 * definitions and joins lines, and it fetches images. What is shown that was not text keeps its origin in the raw text.
 * With `showsImages` those on the web stay images.
 */
export function showEverything(tree: Root, raw: string, showsImages: boolean): void {
  const definitions = collectDefinitions(tree);
  rewriteChildren(tree, (node) => {
    const locate = makeLocator(raw, rangeOf(node));
    switch (node.type) {
      case "text":
        return withLineBreaks(node);
      case "image":
        return [showsImages && isOnWeb(node.url) ? node : imageLink(node, locate)];
      case "imageReference": {
        const url = definitions.get(node.identifier)?.url ?? "";
        if (showsImages && isOnWeb(url)) return [{ type: "image", url, alt: node.alt }];
        return [imageLink({ ...node, url }, locate, nowhereToFind)];
      }
      case "linkReference": {
        const url = definitions.get(node.identifier)?.url;
        return url === undefined ? [node] : link(url, node.children, nowhereToFind);
      }
      case "link":
        return link(node.url, node.children, makeLocator(raw, addressRange(raw, rangeOf(node))));
      case "definition":
        return [{ type: "paragraph", children: definition(node, locate) }];
      case "footnoteReference":
        return [footnoteMark(node, "", locate)];
      case "footnoteDefinition":
        return [{ type: "paragraph", children: [footnoteMark(node, ": ", locate)] }, ...node.children];
      default:
        return [node];
    }
  });
}

type Locate = (text: string) => Piece;

/** What stands in another place of the raw text, where it is shown as well. */
function nowhereToFind(text: string): Piece {
  return nowhere(text.length);
}

function rangeOf({ position }: Nodes): Range {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

/** Where a link's address is: behind its text. */
function addressRange(raw: string, { start, end }: Range): Range {
  const found = raw.slice(start, end).lastIndexOf("](");
  return { start: found === -1 ? start : start + found + 2, end };
}

/** Only these lead anywhere: a relative address would be one of this site's own pages. */
function isOutsideLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url);
}

function isOnWeb(url: string): boolean {
  // Where a host is named like a model, the address is none any more once its name is hidden.
  return isOutsideLink(url.replaceAll(hiddenSign, "x")) && !/^mailto:/i.test(url);
}

function link(url: string, children: PhrasingContent[], locate: Locate): PhrasingContent[] {
  if (isOutsideLink(url)) return [{ type: "link", url, children } as Link];
  return url === "" || (children.length === 1 && (children[0] as Text).value === url)
    ? children
    : [...children, text(" (", [url, locate], ")")];
}

/** An image as a link to it: showing it would tell its server who reads what. */
function imageLink(
  image: Pick<Image, "url"> & { alt?: string | null },
  locate: Locate,
  locateAddress = locate,
): PhrasingContent {
  const label: Part[] = image.alt ? ["Image: ", [image.alt, locate]] : ["Image"];
  if (isOutsideLink(image.url)) return { type: "link", url: image.url, children: [text(...label)] };
  if (image.url === "") return text(...label);
  const [address, rest] = [image.url.slice(0, 100), image.url.length > 100 ? "…" : ""];
  return text(...label, " (", [address, locateAddress], `${rest})`);
}

function definition({ label, identifier, url, title }: Definition, locate: Locate): PhrasingContent[] {
  const mark = text("[", [label ?? identifier, locate], "]: ");
  const address = text([url, locate]);
  return [mark, ...link(url, [address], nowhereToFind), ...(title ? [text(' "', [title, locate], '"')] : [])];
}

function footnoteMark(
  { label, identifier }: { label?: string | null; identifier: string },
  end: string,
  locate: Locate,
): Text {
  return text("[^", [label ?? identifier, locate], `]${end}`);
}

/** Models break lines where they want a new line, and poems and addresses are lost without. */
function withLineBreaks(node: Text): PhrasingContent[] {
  const origin = node.data?.origin ?? [];
  let at = 0;
  return node.value
    .split("\n")
    .flatMap((line, index): PhrasingContent[] => {
      const start = at;
      at += line.length + 1;
      const shown: Text = {
        type: "text",
        value: line,
        data: { origin: slicePieces(origin, start, start + line.length) },
      };
      if (index === 0) return [shown];
      return [{ type: "break", data: { origin: slicePieces(origin, start - 1, start) } }, shown];
    })
    .filter((part) => part.type !== "text" || part.value !== "");
}

/** Words of our own, or words of the raw text and how to find them there. */
type Part = string | [string, Locate];

function text(...parts: Part[]): Text {
  const origin = parts.map((part) => (typeof part === "string" ? nowhere(part.length) : part[1](part[0])));
  return {
    type: "text",
    value: parts.map((part) => (typeof part === "string" ? part : part[0])).join(""),
    data: { origin },
  };
}

function collectDefinitions(tree: Root): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  visit(tree, "definition", (node) => {
    // The first of several counts, as in CommonMark.
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  return definitions;
}

/** Replaces every node below `parent` by what `rewrite` gives for it, innermost first. */
function rewriteChildren(
  parent: Parents,
  rewrite: (node: Exclude<Nodes, Root>) => (RootContent | PhrasingContent)[],
): void {
  parent.children = parent.children.flatMap((child) => {
    if ("children" in child) rewriteChildren(child, rewrite);
    return rewrite(child);
  }) as typeof parent.children;
}
