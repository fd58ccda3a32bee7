import type { Definition, Image, Link, Nodes, Parents, PhrasingContent, Root, RootContent, Text } from "mdast";
import { visit } from "unist-util-visit";

/**
 * Rewrites a markdown tree so that everything its author wrote can be seen and nothing acts by itself: markdown hides
 * definitions and joins lines, and it fetches images.
 */
export function showEverything(tree: Root): void {
  const definitions = collectDefinitions(tree);
  rewriteChildren(tree, (node) => {
    switch (node.type) {
      case "text":
        return withLineBreaks(node);
      case "image":
        return [imageLink(node)];
      case "imageReference":
        return [imageLink({ ...node, url: definitions.get(node.identifier)?.url ?? "" })];
      case "linkReference": {
        const url = definitions.get(node.identifier)?.url;
        return url === undefined ? [node] : link(url, node.children);
      }
      case "link":
        return link(node.url, node.children);
      case "definition":
        return [
          {
            type: "paragraph",
            children: [
              text(`[${node.label ?? node.identifier}]: `),
              ...link(node.url, [text(node.url)]),
              ...title(node),
            ],
          },
        ];
      case "footnoteReference":
        return [text(`[^${node.label ?? node.identifier}]`)];
      case "footnoteDefinition":
        return [{ type: "paragraph", children: [text(`[^${node.label ?? node.identifier}]: `)] }, ...node.children];
      default:
        return [node];
    }
  });
}

/** Only these lead anywhere: a relative address would be one of this site's own pages. */
function isOutsideLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url);
}

function link(url: string, children: PhrasingContent[]): PhrasingContent[] {
  if (isOutsideLink(url)) return [{ type: "link", url, children } as Link];
  return url === "" || (children.length === 1 && (children[0] as Text).value === url)
    ? children
    : [...children, text(` (${url})`)];
}

/** An image as a link to it: showing it would tell its server who reads what. */
function imageLink(image: Pick<Image, "url"> & { alt?: string | null }): PhrasingContent {
  const label = image.alt ? `Image: ${image.alt}` : "Image";
  if (isOutsideLink(image.url)) return { type: "link", url: image.url, children: [text(label)] };
  const address = image.url.length > 100 ? `${image.url.slice(0, 100)}…` : image.url;
  return text(address === "" ? label : `${label} (${address})`);
}

function title({ title: words }: Definition): PhrasingContent[] {
  return words ? [text(` "${words}"`)] : [];
}

/** Models break lines where they want a new line, and poems and addresses are lost without. */
function withLineBreaks(node: Text): PhrasingContent[] {
  return node.value
    .split("\n")
    .flatMap((line, index): PhrasingContent[] => (index === 0 ? [text(line)] : [{ type: "break" }, text(line)]))
    .filter((part) => part.type !== "text" || part.value !== "");
}

function text(value: string): Text {
  return { type: "text", value };
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
