import { createHash } from "node:crypto";
import type { Data, Element, ElementContent, Root as HtmlRoot } from "hast";
import katex from "katex";
import { LRUCache } from "lru-cache";
import type { Nodes, PhrasingContent, Root, Text } from "mdast";
import rehypeHighlight from "rehype-highlight";
import rehypeSanitize, { type Options as SanitizeSchema } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype, { defaultHandlers } from "remark-rehype";
import { unified, type Processor } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { collectMap } from "./collect-map";
import { findMath, texOf, type Range } from "./find-math";
import { blockOut, hiddenSign, showHiddenNames } from "./hidden-names";
import { showEverything } from "./markdown-tree";
import type { OffsetMap } from "./offset-map";
import { atom, lineFeedsOnly, run, slicePieces, type Piece } from "./origins";
import { showPlain } from "./plain-text";
import { noteTexts, traceAllCode, traceTexts } from "./trace-tree";

// Larger texts, in UTF-16 units and in line ends and other characters that markdown looks at, are shown as they are.
const maxLength = 200_000;
const maxMarks = 10_000;
const maxFormulas = 500;

/** A text as HTML, and where the characters of the HTML's text come from in it. */
export type Rendered = {
  html: string;
  map: OffsetMap;
  /** Addresses of images on the web, where they are shown. The HTML names them `image:0`, `image:1` and so on. */
  images: readonly string[];
};

export type RenderOptions = {
  /** Whether images become images: who asks for them has to put addresses of this site in place of their names. */
  showsImages?: boolean;
};

// Eight bytes for each number of a map.
const cache = new LRUCache<string, Rendered>({
  maxSize: 64_000_000,
  sizeCalculation: ({ html, map, images }) => html.length + 8 * map.length + images.join("").length + 100,
});

/**
 * Markdown as HTML that is safe to put into a page: GitHub's markdown with formulas and highlighted code. HTML in it is
 * shown as the text it is, line breaks stay, links open outside, images become links. Cached by content.
 */
export async function renderMarkdown(raw: string): Promise<string> {
  return (await renderWithMap(raw)).html;
}

/** The same HTML with its map, for screens on which parts of the text are marked. */
export async function renderWithMap(raw: string, { showsImages = false }: RenderOptions = {}): Promise<Rendered> {
  const key = `${showsImages} ${createHash("sha256").update(raw).digest("base64")}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const rendered = isTooMuch(raw) ? renderVerbatim(raw) : renderTree(raw, showsImages);
  cache.set(key, rendered);
  return rendered;
}

/** A text as HTML that shows it as it is, spaces and line breaks included. */
export function renderVerbatim(raw: string): Rendered {
  const { text, map } = showPlain(raw);
  const escaped = blockOut(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return { html: `<p class="verbatim" dir="auto">${escaped}</p>`, map, images: [] };
}

/** Whether markdown's parser, whose worst cases take quadratic time, would hold up everyone else for seconds. */
function isTooMuch(raw: string): boolean {
  // A line that opens a hundred lists or quotations, one within the other.
  if (raw.length > maxLength || /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t])){100}/m.test(raw)) return true;
  const marks = /[^\p{L}\p{N} ,.:;'"()]/gu;
  for (let count = 0; marks.test(raw); count++) if (count === maxMarks) return true;
  return false;
}

function renderTree(raw: string, showsImages: boolean): Rendered {
  // A mark of the byte order is no part of markdown.
  const skipped = raw.startsWith("\uFEFF") ? 1 : 0;
  const source = raw.slice(skipped);
  try {
    const tree = parseWithMath(source);
    showEverything(tree, source, showsImages);
    if (source.includes(hiddenSign)) showHiddenNames(tree);
    const html = htmlProcessor.runSync(tree) as HtmlRoot;
    const images = nameImages(html);
    return { html: htmlProcessor.stringify(html), map: collectMap(html, source, skipped), images };
  } catch (error) {
    // Quotations or emphasis in thousands of layers overflow the stack.
    if (error instanceof RangeError) return renderVerbatim(raw);
    throw error;
  }
}

/** Puts names in place of the addresses of images, and gives the addresses. */
function nameImages(tree: HtmlRoot): string[] {
  const images: string[] = [];
  visit(tree, "element", (node) => {
    if (node.tagName !== "img") return;
    const { src, alt } = node.properties;
    node.properties = { src: `image:${images.length}`, alt: alt ?? "" };
    images.push(String(src));
  });
  return images;
}

// Without the HTML constructs "<" is a letter like any other: tags come out as text and the markdown between them works.
const parser = unified()
  .use(remarkParse)
  .use(withoutHtml)
  .use(noteTexts)
  .use(remarkGfm, { singleTilde: false })
  .freeze();

function withoutHtml(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: ["htmlFlow", "htmlText"] } });
}

/** Tags and attributes that our own tree can hold; anything else is a fault and is dropped. */
const allowed: SanitizeSchema = {
  tagNames:
    "p br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a hr img input label table thead tbody tr th td".split(
      " ",
    ),
  attributes: {
    a: ["href", "title", "target", "rel"],
    code: [["className", /^language-./, "math-inline", "math-display"]],
    img: ["src", "alt"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    li: [["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    ul: [["className", "contains-task-list"]],
    pre: ["tabIndex"],
    table: ["tabIndex"],
    th: ["align"],
    td: ["align"],
    "*": ["dir"],
  },
  protocols: { href: ["http", "https", "mailto"], src: ["http", "https"] },
  required: { input: { type: "checkbox", disabled: true } },
  strip: ["script"],
};

// Highlighting and formulas come after the sanitiser: their HTML is made here, from text alone, and needs styles.
const htmlProcessor = unified()
  .use(remarkRehype, {
    handlers: {
      text: withOrigin(defaultHandlers.text, (result) => result),
      break: withOrigin(defaultHandlers.break, ([, lineFeed]) => lineFeed),
      inlineCode: withOrigin(defaultHandlers.inlineCode, (result) => result),
      code: withOrigin(defaultHandlers.code, ({ children: [code] }) => code),
    },
  })
  .use(addAttributes)
  .use(rehypeSanitize, allowed)
  .use(rehypeHighlight, { detect: false })
  .use(renderFormulas)
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze();

/** A handler that puts a node's origin on the part of its result that holds the text. */
function withOrigin<S, N extends Nodes, R>(
  handler: (state: S, node: N) => R,
  holderOf: (result: R) => unknown,
): (state: S, node: N) => R {
  return (state, node) => {
    const result = handler(state, node);
    const holder = holderOf(result) as { data?: Data };
    holder.data = { ...holder.data, origin: node.data?.origin };
    return result;
  };
}

const directed = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"]);

const blocks = new Set([...directed, "pre", "hr"]);
const inputs = new Set(["input"]);

/** Directions: a block takes that of its first letters, and all within it follow, so that markers stand on the right side. */
function addAttributes() {
  return (tree: HtmlRoot): void => {
    for (const child of tree.children) {
      if (child.type === "element" && directed.has(child.tagName)) child.properties.dir = "auto";
    }
    visit(tree, "element", (node) => {
      if (node.tagName === "pre") node.properties.dir = "ltr";
      // These scroll sideways by themselves, which the keyboard must be able to do too.
      if (node.tagName === "pre" || node.tagName === "table") node.properties.tabIndex = 0;
      if (node.tagName !== "label" && isElement(node.children[0], inputs)) nameBox(node);
      if (node.tagName === "a")
        Object.assign(node.properties, { target: "_blank", rel: ["noopener", "nofollow", "noreferrer"] });
    });
  };
}

/** The words beside the box of a task name it, in their own language; whether it is checked is said by whoever reads it out. */
function nameBox(task: Element): void {
  const end = task.children.findIndex((child) => isElement(child, blocks));
  const words = task.children.splice(0, end === -1 ? task.children.length : end);
  task.children.unshift({ type: "element", tagName: "label", properties: {}, children: words });
}

function isElement(node: ElementContent | undefined, names: ReadonlySet<string>): boolean {
  return node?.type === "element" && names.has(node.tagName);
}

// Characters for private use stand for a formula while markdown is parsed: opening, number, filling, closing. They are
// as many as the formula has, so that offsets stay those of the raw text.
const [opening, filling, closing, firstNumber] = ["\uE000", "\uE001", "\uE002", 0xe010] as const;
const placeholder = /\uE000([\uE010-\uE3FF])\uE001*\uE002/g;

function parseWithMath(raw: string): Root {
  const tree = mayHoldMath(raw) ? parseFormulas(raw) : parseTexts(raw);
  traceAllCode(tree, raw);
  return tree;
}

function mayHoldMath(raw: string): boolean {
  return /\$|\\[([]/.test(raw) && !/[\uE000-\uE3FF]/.test(raw);
}

function parseFormulas(raw: string): Root {
  const formulas = findMath(raw, findCode(raw), maxFormulas);
  const sources = formulas.map(({ start, end }) => raw.slice(start, end));
  let masked = "";
  let at = 0;
  formulas.forEach(({ start, end }, index) => {
    masked +=
      raw.slice(at, start) +
      opening +
      String.fromCharCode(firstNumber + index) +
      filling.repeat(end - start - 3) +
      closing;
    at = end;
  });
  const tree = parseTexts(masked + raw.slice(at));
  visit(tree, (node, index, parent) => {
    if (node.type === "text" && parent && index !== undefined) {
      const parts = splitFormulas(node, formulas, sources);
      parent.children.splice(index, 1, ...(parts as typeof parent.children));
      return index + parts.length;
    }
    restoreSources(node, sources);
    return undefined;
  });
  return tree;
}

function parseTexts(text: string): Root {
  const tree = parser.parse(text);
  traceTexts(tree, text);
  return tree;
}

function findCode(raw: string): Range[] {
  const ranges: Range[] = [];
  visit(parser.parse(raw), ["code", "inlineCode"], ({ position }) => {
    if (position) ranges.push({ start: position.start.offset ?? 0, end: position.end.offset ?? 0 });
  });
  return ranges;
}

function splitFormulas(
  { value, data }: Text,
  formulas: { start: number; isDisplay: boolean }[],
  sources: string[],
): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  const addText = (from: number, to: number) => {
    const origin = slicePieces(data?.origin ?? [], from, to);
    if (from < to) parts.push({ type: "text", value: value.slice(from, to), data: { origin } });
  };
  let at = 0;
  for (const match of value.matchAll(placeholder)) {
    const number = match[1]!.charCodeAt(0) - firstNumber;
    const { start, isDisplay } = formulas[number]!;
    addText(at, isDisplay && value[match.index - 1] === "\n" ? Math.max(at, match.index - 1) : match.index);
    parts.push(formulaNode(sources[number]!, start, isDisplay));
    at = match.index + match[0].length;
    // A formula of its own line brings its line breaks with it.
    if (isDisplay && value[at] === "\n") at++;
  }
  addText(at, value.length);
  return parts;
}

function formulaNode(source: string, start: number, isDisplay: boolean): PhrasingContent {
  const value = lineFeedsOnly(source);
  const range = { start, end: start + source.length };
  return {
    type: "inlineCode",
    value,
    data: {
      hName: "code",
      hProperties: { className: [isDisplay ? "math-display" : "math-inline"] },
      // Code within a line has no line ends, a formula has.
      hChildren: [{ type: "text", value }],
      origin: [value === source ? run(range.start, range.end) : atom(value.length, range)],
    },
  };
}

/** In a link's address, an image's description and the like a formula is only characters. */
function restoreSources(node: Nodes, sources: string[]): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const name of ["value", "url", "title", "alt", "lang", "meta", "label"]) {
    const value = fields[name];
    if (typeof value !== "string" || !value.includes(opening)) continue;
    fields[name] = value.replaceAll(placeholder, (_, number: string) => sources[number.charCodeAt(0) - firstNumber]!);
  }
}

/** Sets formulas with KaTeX; what it cannot read stays as it was written. */
function renderFormulas() {
  return (tree: HtmlRoot): void => {
    visit(tree, "element", (node, index, parent) => {
      const isDisplay = hasClass(node, "math-display");
      if (!parent || index === undefined || !(isDisplay || hasClass(node, "math-inline"))) return undefined;
      const source = (node.children[0] as { value?: string } | undefined)?.value ?? "";
      parent.children[index] = setFormula(source, isDisplay, node.data?.origin);
      return SKIP;
    });
  };
}

function setFormula(source: string, isDisplay: boolean, origin: Piece[] | undefined): ElementContent {
  try {
    // `maxSize` keeps a formula from covering the page; commands that could link or fetch are refused without `trust`.
    const value = katex.renderToString(texOf(source), {
      displayMode: isDisplay,
      strict: "ignore",
      maxSize: 20,
      trust: false,
      // KaTeX's own red cannot be read on a dark page.
      errorColor: "currentColor",
    });
    return { type: "raw", value, data: { origin } };
  } catch {
    return { type: "text", value: source, data: { origin } };
  }
}

function hasClass(node: Element, name: string): boolean {
  return Array.isArray(node.properties.className) && node.properties.className.includes(name);
}
