import { createHash } from "node:crypto";
import type { Element, Root as HtmlRoot } from "hast";
import katex from "katex";
import { LRUCache } from "lru-cache";
import type { Nodes, PhrasingContent, Root } from "mdast";
import rehypeHighlight from "rehype-highlight";
import rehypeSanitize, { type Options as SanitizeSchema } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified, type Processor } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { findMath, texOf, type Range } from "./find-math";
import { showEverything } from "./markdown-tree";

// Larger texts, in UTF-16 units and in line ends and other characters that markdown looks at, are shown as they are.
const maxLength = 200_000;
const maxMarks = 10_000;
const maxFormulas = 500;

const cache = new LRUCache<string, string>({ maxSize: 64_000_000, sizeCalculation: (html) => html.length + 100 });

/**
 * Markdown as HTML that is safe to put into a page: GitHub's markdown with formulas and highlighted code. HTML in it is
 * shown as the text it is, line breaks stay, links open outside, images become links. Cached by content.
 */
export async function renderMarkdown(raw: string): Promise<string> {
  const key = createHash("sha256").update(raw).digest("base64");
  const known = cache.get(key);
  if (known !== undefined) return known;
  const html = isTooMuch(raw) ? renderPlain(raw) : renderTree(raw);
  cache.set(key, html);
  return html;
}

/** The text as it is, spaces and line breaks included. */
function renderPlain(raw: string): string {
  const escaped = raw.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<p class="verbatim" dir="auto">${escaped}</p>`;
}

/** Whether markdown's parser, whose worst cases take quadratic time, would hold up everyone else for seconds. */
function isTooMuch(raw: string): boolean {
  // A line that opens a hundred lists or quotations, one within the other.
  if (raw.length > maxLength || /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])[ \t])){100}/m.test(raw)) return true;
  const marks = /[^\p{L}\p{N} ,.:;'"()]/gu;
  for (let count = 0; marks.test(raw); count++) if (count === maxMarks) return true;
  return false;
}

function renderTree(raw: string): string {
  try {
    const tree = parseWithMath(raw);
    showEverything(tree);
    const html = htmlProcessor.runSync(tree) as HtmlRoot;
    return htmlProcessor.stringify(html);
  } catch (error) {
    // Quotations or emphasis in thousands of layers overflow the stack.
    if (error instanceof RangeError) return renderPlain(raw);
    throw error;
  }
}

// Without the HTML constructs "<" is a letter like any other: tags come out as text and the markdown between them works.
const parser = unified().use(remarkParse).use(withoutHtml).use(remarkGfm, { singleTilde: false }).freeze();

function withoutHtml(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: ["htmlFlow", "htmlText"] } });
}

/** Tags and attributes that our own tree can hold; anything else is a fault and is dropped. */
const allowed: SanitizeSchema = {
  tagNames:
    "p br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a hr input table thead tbody tr th td".split(
      " ",
    ),
  attributes: {
    a: ["href", "title", "target", "rel"],
    code: [["className", /^language-./, "math-inline", "math-display"]],
    input: [["type", "checkbox"], ["disabled", true], "checked", ["ariaLabel", "Done", "Not done"]],
    li: [["className", "task-list-item"]],
    ol: ["start", ["className", "contains-task-list"]],
    ul: [["className", "contains-task-list"]],
    pre: ["tabIndex"],
    table: ["tabIndex"],
    th: ["align"],
    td: ["align"],
    "*": ["dir"],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: { input: { type: "checkbox", disabled: true } },
  strip: ["script"],
};

// Highlighting and formulas come after the sanitiser: their HTML is made here, from text alone, and needs styles.
const htmlProcessor = unified()
  .use(remarkRehype)
  .use(addAttributes)
  .use(rehypeSanitize, allowed)
  .use(rehypeHighlight, { detect: false })
  .use(renderFormulas)
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze();

const directed = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"]);

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
      // The box of a task list stands beside its text, not in a label with it.
      if (node.tagName === "input") node.properties.ariaLabel = node.properties.checked ? "Done" : "Not done";
      if (node.tagName === "a")
        Object.assign(node.properties, { target: "_blank", rel: ["noopener", "nofollow", "noreferrer"] });
    });
  };
}

// Characters for private use stand for a formula while markdown is parsed: opening, number, filling, closing. They are
// as many as the formula has, so that offsets stay those of the raw text.
const [opening, filling, closing, firstNumber] = ["\uE000", "\uE001", "\uE002", 0xe010] as const;
const placeholder = /\uE000([\uE010-\uE3FF])\uE001*\uE002/g;

function parseWithMath(raw: string): Root {
  if (!/\$|\\[([]/.test(raw) || /[\uE000-\uE3FF]/.test(raw)) return parser.parse(raw);
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
  const tree = parser.parse(masked + raw.slice(at));
  visit(tree, (node, index, parent) => {
    if (node.type === "text" && parent && index !== undefined) {
      const parts = splitFormulas(node.value, formulas, sources);
      parent.children.splice(index, 1, ...(parts as typeof parent.children));
      return index + parts.length;
    }
    restoreSources(node, sources);
    return undefined;
  });
  return tree;
}

function findCode(raw: string): Range[] {
  const ranges: Range[] = [];
  visit(parser.parse(raw), ["code", "inlineCode"], ({ position }) => {
    if (position) ranges.push({ start: position.start.offset ?? 0, end: position.end.offset ?? 0 });
  });
  return ranges;
}

function splitFormulas(value: string, formulas: { isDisplay: boolean }[], sources: string[]): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  const addText = (text: string) => text !== "" && parts.push({ type: "text", value: text });
  let at = 0;
  for (const match of value.matchAll(placeholder)) {
    const number = match[1]!.charCodeAt(0) - firstNumber;
    const isDisplay = formulas[number]!.isDisplay;
    const before = value.slice(at, match.index);
    addText(isDisplay ? before.replace(/\n$/, "") : before);
    parts.push(formulaNode(sources[number]!, isDisplay));
    at = match.index + match[0].length;
    // A formula of its own line brings its line breaks with it.
    if (isDisplay && value[at] === "\n") at++;
  }
  addText(value.slice(at));
  return parts;
}

function formulaNode(source: string, isDisplay: boolean): PhrasingContent {
  return {
    type: "inlineCode",
    value: source,
    data: { hName: "code", hProperties: { className: [isDisplay ? "math-display" : "math-inline"] } },
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
      parent.children[index] = setFormula(source, isDisplay) as never;
      return SKIP;
    });
  };
}

function setFormula(source: string, isDisplay: boolean): { type: "raw" | "text"; value: string } {
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
    return { type: "raw", value };
  } catch {
    return { type: "text", value: source };
  }
}

function hasClass(node: Element, name: string): boolean {
  return Array.isArray(node.properties.className) && node.properties.className.includes(name);
}
