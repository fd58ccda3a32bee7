/** As much of a DOM node as lib/text needs, with names and text for tests. */
export type TinyNode = {
  nodeType: number;
  nodeName: string;
  nodeValue: string | null;
  className?: string;
  parentNode: TinyNode | null;
  childNodes: TinyNode[];
};

const voids = new Set(["br", "hr", "img", "input", "path"]);
const entities: Record<string, string> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#x27": "'",
  "#x3C": "<",
  "#x26": "&",
};

/** The tree of well-formed HTML as our own renderer writes it. */
export function parseTinyDom(html: string): TinyNode {
  const root = element("div", null, "");
  let open = root;
  for (const [, closing, name, attributes, text] of html.matchAll(/<(\/?)([\w-]+)((?:[^>"]|"[^"]*")*)>|([^<]+)/g)) {
    if (text !== undefined) open.childNodes.push(textNode(decode(text), open));
    else if (closing) open = open.parentNode!;
    else {
      const node = element(name!, open, attributes!);
      open.childNodes.push(node);
      if (!voids.has(name!) && !attributes!.endsWith("/")) open = node;
    }
  }
  if (open !== root) throw new Error(`<${open.nodeName}> is not closed.`);
  return root;
}

/** Every text node below a node, in order. */
export function textNodes(node: TinyNode): TinyNode[] {
  return node.nodeType === 3 ? [node] : node.childNodes.flatMap(textNodes);
}

function element(nodeName: string, parentNode: TinyNode | null, attributes: string): TinyNode {
  const className = /class="([^"]*)"/.exec(attributes)?.[1] ?? "";
  return { nodeType: 1, nodeName, nodeValue: null, className, parentNode, childNodes: [] };
}

export function textNode(nodeValue: string, parentNode: TinyNode | null): TinyNode {
  return { nodeType: 3, nodeName: "#text", nodeValue, parentNode, childNodes: [] };
}

function decode(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole);
}
