import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTinyDom, textNode, textNodes, type TinyNode } from "@/lib/testing/tiny-dom";
import { rangesOfSpan, rangesOfSpans, readDomText, spanOfSelection, type DomText } from "./dom-text";
import { snapSpan } from "./offset-map";
import { showPlain } from "./plain-text";
import { renderWithMap } from "./render";

/** A page with a text on it, between two others. */
async function page(raw: string) {
  const { html, map } = await renderWithMap(raw, { showsImages: true });
  const body = parseTinyDom(`<header>before</header><main></main><footer>behind</footer>`);
  const root = parseTinyDom(html);
  body.childNodes[1]!.childNodes.push(root);
  root.parentNode = body.childNodes[1]!;
  return { body, root, text: readDomText(root, map), raw };
}

type Point = [TinyNode, number];

function select(text: DomText<TinyNode>, [anchorNode, anchorOffset]: Point, [focusNode, focusOffset]: Point) {
  return spanOfSelection(text, { anchorNode, anchorOffset, focusNode, focusOffset });
}

/** What is drawn, and what is selected by going from its beginning to its end. */
function drawn(text: DomText<TinyNode>, start: number, end: number): string[] {
  return rangesOfSpan(text, { start, end }).map((range) => range.node.nodeValue!.slice(range.start, range.end));
}

const find = (root: TinyNode, words: string): TinyNode =>
  textNodes(root).find(({ nodeValue }) => nodeValue!.includes(words))!;
const tag = (root: TinyNode, name: string): TinyNode[] =>
  [root, ...root.childNodes.flatMap((child) => tag(child, name))].filter(({ nodeName }) => nodeName === name);

test("a selection within a word, in either direction", async () => {
  const { text, root } = await page("A 😀 **bold** word");
  const bold = find(root, "bold");
  expect(select(text, [bold, 1], [bold, 3])).toEqual({ start: 7, end: 9 });
  expect(select(text, [bold, 3], [bold, 1])).toEqual({ start: 7, end: 9 });
  expect(select(text, [bold, 2], [bold, 2])).toBeNull();
});

test("a selection across markup and blocks takes the markup between", async () => {
  const { text, root, raw } = await page("# One\n\nsome *two* text\n\n- three");
  const span = select(text, [find(root, "One"), 1], [find(root, "three"), 2])!;
  expect(raw.slice(span.start, span.end)).toBe("ne\n\nsome *two* text\n\n- th");
  expect(drawn(text, span.start, span.end)).toEqual(["ne", "some ", "two", " text", "th"]);
});

test("a selection at the edges of elements", async () => {
  const { text, root, raw } = await page("one *two* three\n\nfour");
  const [first, second] = tag(root, "p");
  const all = select(text, [first!, 0], [first!, first!.childNodes.length])!;
  expect(raw.slice(all.start, all.end)).toBe("one *two* three");
  // As a triple click does: to the beginning of the next block.
  const whole = select(text, [find(root, "one"), 0], [second!, 0])!;
  expect(raw.slice(whole.start, whole.end)).toBe("one *two* three");
  const emphasis = select(text, [first!, 1], [first!, 2])!;
  expect(raw.slice(emphasis.start, emphasis.end)).toBe("two");
});

test("a selection that leaves the text ends with it, one that begins elsewhere is not its own", async () => {
  const { text, root, body } = await page("one two");
  const [inside, before, behind] = [find(root, "one"), find(body, "before"), find(body, "behind")];
  expect(select(text, [inside, 4], [behind, 3])).toEqual({ start: 4, end: 7 });
  expect(select(text, [inside, 4], [before, 3])).toEqual({ start: 0, end: 4 });
  expect(select(text, [inside, 4], [body, 3])).toEqual({ start: 4, end: 7 });
  expect(select(text, [inside, 4], [body, 1])).toEqual({ start: 0, end: 4 });
  expect(select(text, [before, 0], [behind, 3])).toBeNull();
  expect(select(text, [inside, 0], [textNode("elsewhere", null), 3])).toBeNull();
  expect(spanOfSelection(text, { anchorNode: null, anchorOffset: 0, focusNode: null, focusOffset: 0 })).toBeNull();
});

test("what touches a formula or a reference takes all of it", async () => {
  const { text, root } = await page("a $x^2$ b &amp; c");
  const formula = textNodes(tag(root, "annotation")[0]!)[0]!;
  expect(select(text, [formula, 1], [formula, 2])).toEqual({ start: 2, end: 7 });
  expect(select(text, [find(root, " b "), 2], [find(root, " b "), 4])).toEqual({ start: 9, end: 15 });
});

test("a formula is drawn where it can be seen", async () => {
  const { text } = await page("a $x^2$ b");
  const nodes = rangesOfSpan(text, { start: 3, end: 4 }).map(({ node }) => node);
  expect(nodes.map(({ nodeValue }) => nodeValue)).toEqual(["x", "2"]);
  const hidden = new Set(
    tag(text.root, "span")
      .filter(({ className }) => className === "katex-mathml")
      .flatMap(textNodes),
  );
  expect(nodes.some((node) => hidden.has(node))).toBe(false);
});

test("markup alone draws nothing and selects nothing", async () => {
  const { text, root } = await page("**a**\n\nb");
  expect(drawn(text, 0, 2)).toEqual([]);
  const between = root.childNodes[1]!;
  expect(select(text, [between, 0], [between, 1])).toBeNull();
});

test("highlighted code is drawn across the highlighter's elements", async () => {
  const { text } = await page("```js\nconst a = 1;\n```");
  expect(drawn(text, 6, 18)).toEqual(["const", " a = ", "1", ";"]);
});

test("an image between words belongs to a selection that goes across it", async () => {
  const { text, root, raw } = await page("one ![a cat](https://example.org/cat.png) two");
  expect(tag(root, "img")).toHaveLength(1);
  const span = select(text, [find(root, "one"), 1], [find(root, "two"), 3])!;
  expect(raw.slice(span.start, span.end)).toBe("ne ![a cat](https://example.org/cat.png) tw");
  expect(drawn(text, span.start, span.end)).toEqual(["ne ", " tw"]);
});

test("text that the browser splits keeps its offsets", async () => {
  const { root, raw } = await page("one 😀 two");
  const { map } = await renderWithMap(raw);
  const node = find(root, "one");
  const parent = node.parentNode!;
  parent.childNodes.splice(0, 1, textNode("one 😀", parent), textNode(" two", parent));
  const text = readDomText(root, map);
  expect(select(text, [parent.childNodes[0]!, 4], [parent.childNodes[1]!, 3])).toEqual({ start: 4, end: 8 });
  expect(drawn(text, 4, 8)).toEqual(["😀", " tw"]);
});

test("a text shown as it is works the same way", () => {
  const { text: shown, map } = showPlain("a **b**\r\n😀\rc");
  expect(shown).toBe("a **b**\n😀\nc");
  const root = parseTinyDom("");
  root.childNodes.push(textNode(shown, root));
  const text = readDomText(root, map);
  expect(select(text, [root.childNodes[0]!, 2], [root.childNodes[0]!, 10])).toEqual({ start: 2, end: 10 });
  expect(drawn(text, 2, 12)).toEqual(["**b**", "😀", "c"]);
});

const source = fc
  .array(
    fc.constantFrom(
      ..."word 你好 👩‍👩‍👧 e\u0301 * ** _x_ `c` > - 1. | &amp; \\* [a](b) [a](https://e.org) $x^2$ $$y$$ # <b> ![i](https://e.org/i.png)".split(
        " ",
      ),
      ...[" ", " ", "\n", "\n\n", "\r\n", "  \n", "\n```js\nconst a = 1;\n```\n", "\n|a|b|\n|-|-|\n|"],
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

test("selecting what draws a span gives back the span, snapped to what can be seen", async () => {
  await fc.assert(
    fc.asyncProperty(source, fc.nat(150), fc.nat(80), async (raw, start, length) => {
      const { text } = await page(raw);
      const span = { start, end: start + length };
      const ranges = rangesOfSpan(text, span);
      const [first, last] = [ranges[0], ranges.at(-1)];
      const selected = first && last ? select(text, [first.node, first.start], [last.node, last.end]) : null;
      const snapped = snapSpan(text.segments, span);
      expect(selected).toEqual(snapped);
      if (snapped) {
        expect(rangesOfSpan(text, snapped)).toEqual(ranges);
        expect(snapSpan(text.segments, snapped)).toEqual(snapped);
        expect(select(text, [last!.node, last!.end], [first!.node, first!.start])).toEqual(snapped);
      }
    }),
    { numRuns: 500 },
  );
});

test("any two points of the page give a span of the text or none, and never fail", async () => {
  await fc.assert(
    fc.asyncProperty(source, fc.infiniteStream(fc.nat(1000)), async (raw, numbers) => {
      const { text, body } = await page(raw);
      const nodes = (node: TinyNode): TinyNode[] => [node, ...node.childNodes.flatMap(nodes)];
      const all = nodes(body);
      const pick = (): Point => {
        const node = all[numbers.next().value! % all.length]!;
        return [node, numbers.next().value! % ((node.nodeValue ?? node.childNodes).length + 1)];
      };
      const length = [...raw].length;
      for (let i = 0; i < 10; i += 1) {
        const [a, b] = [pick(), pick()];
        const span = select(text, a, b);
        if (!span) continue;
        expect(0 <= span.start && span.start < span.end && span.end <= length).toBe(true);
        expect(snapSpan(text.segments, span)).toEqual(span);
      }
    }),
    { numRuns: 200 },
  );
});

test("many spans at once show what each of them shows alone", async () => {
  const { text, raw } = await page("A 😀 **bold 😀 word** and `code`, 😀 then\n\n- *more* of 😀 it");
  const length = [...raw].length;
  const spans = Array.from({ length: Math.floor(length / 3) }, (_, n) => ({ start: 3 * n, end: 3 * n + 2 }));
  expect(rangesOfSpans(text, spans)).toEqual(spans.flatMap((span) => rangesOfSpan(text, span)));
});
