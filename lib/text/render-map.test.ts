import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTinyDom, textNodes } from "@/lib/testing/tiny-dom";
import { decodeMap, encodeMap, type Segment } from "./offset-map";
import { renderWithMap, type RenderOptions } from "./render";

type Shown = { raw: string[]; rendered: string[]; segments: Segment[] };

async function show(raw: string, options: RenderOptions = {}): Promise<Shown> {
  const { html, map } = await renderWithMap(raw, options);
  const rendered = textNodes(parseTinyDom(html)).map(({ nodeValue }) => nodeValue);
  expect(encodeMap(decodeMap(map))).toEqual(map);
  return { raw: [...raw], rendered: [...rendered.join("")], segments: decodeMap(map) };
}

/** What is mapped: a run as its text, an atom as its text and its source. */
async function mapped(raw: string): Promise<(string | [string, string])[]> {
  const shown = await show(raw);
  return shown.segments.map((segment) => {
    const text = shown.rendered.slice(segment.rendered.start, segment.rendered.end).join("");
    const source = shown.raw.slice(segment.raw.start, segment.raw.end).join("");
    if (!segment.isAtom) expect(text).toBe(source);
    return segment.isAtom ? [text, source] : text;
  });
}

test.each<[string, string, (string | [string, string])[]]>([
  ["markup between words", "Hello **bold** _it_ ~~no~~ end", ["Hello ", "bold", " ", "it", " ", "no", " end"]],
  ["paragraphs and headings", "# One #\n\nTwo\n===\n\nthree", ["One", "Two", "three"]],
  ["soft line breaks belong to the text", "one\ntwo\nthree", ["one\ntwo\nthree"]],
  ["hard line breaks do not", "one  \ntwo\\\nthree", ["one", "two", "three"]],
  ["line ends of two characters", "one\r\ntwo\r\n\r\nthree", ["one", ["\n", "\r\n"], "two", "three"]],
  ["quotations", "> one\n> two\nthree\n>      > four", ["one\n", "two\nthree\n", "> four"]],
  ["escapes", "1\\. \\*a\\* \\\\ C:\\dir", ["1", ". ", "*a", "* ", "\\ C:\\dir"]],
  ["references", "a &amp; &#128512;&nosuch; b", ["a ", ["&", "&amp;"], " ", ["😀", "&#128512;"], "&nosuch; b"]],
  ["references to white space", "a&#10; b\n&#32;c", ["a", ["\n", "&#10;"], "b\n", "c"]],
  ["emoji and combining marks", "👩‍👩‍👧 *e\u0301* 你好", ["👩‍👩‍👧 ", "e\u0301", " 你好"]],
  ["lists, without their markers", "- one\n  more\n- two\n\n3. three", ["one\n", "more", "two", "three"]],
  ["task lists", "- [x] done\n- [ ] not *yet*", ["done", "not ", "yet"]],
  ["a task that begins on its second line", "> - [ ] \n>     not *yet*", ["not ", "yet"]],
  ["tables", "|a|b|\n|-|:-:|\n| 1 \\| 2 | `x\\|y` |", ["a", "b", "1 ", "| 2", "x", "|y"]],
  ["code within a line", "`a`, `` `b` ``, `c\nd`", ["a", ", ", "`b`", ", ", "c", [" ", "\n"], "d"]],
  ["highlighted code", "```js\nconst a = '😀';\n\n  f(a);\n```", ["const a = '😀';\n\n  f(a);"]],
  ["code in a list in a quotation", "> - ```\n>   a\n>\n>     b\n>   ```", ["a\n", "\n", "  b"]],
  ["indented code", "    a\n\tb\n\n      c", ["a\n", "b\n\n", "  c"]],
  ["code with other line ends", "```\r\na\r\nb\r\n```", ["a", ["\n", "\r\n"], "b"]],
  [
    "a formula that a formula before it makes code",
    "# a \\[\r\nx\r\n\\]\n    \\[\r\ny\r\n\\]",
    ["a ", ["xxx", "\\[\r\nx\r\n\\]"], "\\[", ["\n", "\r\n"], "y", ["\n", "\r\n"], "\\]"],
  ],
  ["links that lead outside", "[a *b*](https://example.org)", ["a ", "b"]],
  ["links that do not", "[a](/b) <javascript:c>", ["a", "/b", " ", "javascript:c"]],
  ["addresses", "see www.example.org/a\\_b, or a@b.cd\nx", ["see www.example.org/a\\_b, or a@b.cd\nx"]],
  ["references to links", "[a][x]\n\n[x]: /u 'T'", ["a", "x", "/u", "T"]],
  ["images", "![a cat](https://example.org/c.png) ![d](e)", ["a cat", " ", "d", "e"]],
  ["images whose text holds markup", "![*a* b](https://e.org)", [["a b", "![*a* b](https://e.org)"]]],
  ["footnotes", "a[^n]\n\n[^n]: The note.", ["a", "n", "n", "The note."]],
  ["HTML", '<b class="x">y</b> <!-- z -->', ['<b class="x">y</b> <!-- z -->']],
  ["what KaTeX cannot read", "a $\\nosuch{x}$ b", ["a $\\nosuch{x}$ b"]],
  [
    "hidden names, whatever their length",
    "I am **\uFDD0\uFDD0\uFDD0**, 😀 by \uFDD0: `a \uFDD0\uFDD0`\n\n```js\nb \uFDD0\n```",
    [
      ...["I am ", ["[name hidden]", "\uFDD0\uFDD0\uFDD0"], ", 😀 by ", ["[name hidden]", "\uFDD0"]],
      ...[": ", "a ", ["[name hidden]", "\uFDD0\uFDD0"], "b ", ["[name hidden]", "\uFDD0"]],
    ] as (string | [string, string])[],
  ],
  ["a mark of the byte order", "\uFEFF*a* b", ["a", " b"]],
  ["nothing", "", []],
])("%s", async (_, raw, expected) => {
  expect(await mapped(raw)).toEqual(expected);
});

test("no sign of a hidden name comes out where there is no room for words", async () => {
  for (const raw of [
    "[a](https://e.org/\uFDD0 '\uFDD0')",
    "$x_\uFDD0 \\text{\uFDD0}$",
    "```\uFDD0\nx\n```",
    "![\uFDD0](/\uFDD0) ![\uFDD0][\uFDD0]\n\n[\uFDD0]: mailto:\uFDD0",
    "* ".repeat(5001) + "\uFDD0",
  ])
    expect((await renderWithMap(raw)).html).not.toMatch(/\uFDD0|%EF%B7%90/);
});

test("what stands for an image hides a name of any length with the same words", async () => {
  const { html } = await renderWithMap("![by \uFDD0\uFDD0](https://\uFDD0.org/\uFDD0.png)", { showsImages: true });
  expect(html).toBe('<p dir="auto"><img src="image:0" alt="by [name hidden]"></p>');
});

test("a formula is one atom, from its first dollar to its last", async () => {
  const raw = "a $x^2$ b \\(y\\)\n> $$\n> \\frac12 < z\n> $$\n\n- \\[\r\n  w\r\n  \\]";
  const atoms = (await mapped(raw)).filter((part) => Array.isArray(part));
  expect(atoms.map(([, source]) => source)).toEqual([
    "$x^2$",
    "\\(y\\)",
    "$$\n> \\frac12 < z\n> $$",
    "\\[\r\n  w\r\n  \\]",
  ]);
});

test("a text too long or too hard to be rendered is one run, line by line if its line ends need it", async () => {
  const long = "word <b> & 😀 ".repeat(20_000);
  expect(await mapped(long)).toEqual([long]);
  const lines = await mapped(`${"> ".repeat(5000)}a\r\nb`);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe("b");
});

test("the map of a long text is small beside its HTML", async () => {
  const raw = "Some *words* of a text that is as long as an essay, or two.\nAnother line.\n\n".repeat(1300);
  const { html, map } = await renderWithMap(raw);
  expect(raw.length).toBeGreaterThan(95_000);
  expect(JSON.stringify(map).length).toBeLessThan(html.length / 4);
});

const words = fc.oneof(
  fc.constantFrom("word", "Zwölf", "你好", "שלום", "👩‍👩‍👧", "e\u0301", "🇩🇪", "x", "0", "~10", "a_b", "I'm"),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const marks = fc.constantFrom(
  ..."* ** _ ` `` ~~ [ ] ( ) ![ ]( > # - 1. | \\ \\* \\\\ \\| &amp; &lt; x&#10; &#32; & < <b> ; $ $$ \\( \\) ![a](b) ![c](https://e.org/d.png)".split(
    " ",
  ),
  ..."[x](/y) [x](https://e.org) $x^2$ \\(y_1\\) www.e.org/a?b=1 <https://e.org> a@b.cd [^n] `c` $$z$$ ---".split(" "),
);
const breaks = fc.constantFrom(
  " ",
  " ",
  "  ",
  "\t",
  "\n",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "  \n",
  "\\\n",
  "\n    ",
  "\n\t",
);
const blocks = fc.constantFrom(
  "\n\n```js\nconst a = 1;\n  // 😀\n```\n\n",
  "\n> ```\n>  a\n> ```\n",
  "\n\n|a|b|\n|-|-|\n|",
  "\n- ",
  "\n- [x] ",
  "\n  1) ",
  "\n> ",
  "\n\n[^n]: ",
  "\n$$\nx\n$$\n",
  "\n\n    code\n",
  "\n    \\[\r\nx\r\n\\]\n",
);
const markdown = fc
  .array(fc.oneof({ weight: 4, arbitrary: words }, { weight: 3, arbitrary: marks }, breaks, blocks), { maxLength: 30 })
  .map((parts) => parts.join(""));

test("an image that is shown is no text, and what stands around it keeps its place", async () => {
  const shown = await show("see ![a cat](https://e.org/c.png) and ![][x] 😀\n\n[x]: https://e.org/d.png", {
    showsImages: true,
  });
  const texts = shown.segments.map(({ raw }) => shown.raw.slice(raw.start, raw.end).join(""));
  expect(texts).toEqual(["see ", " and ", " 😀", "x", "https://e.org/d.png"]);
});

test("a run is its raw text, atoms are small or formulas, and the map goes one way", async () => {
  await fc.assert(
    fc.asyncProperty(markdown, fc.boolean(), async (source, showsImages) => {
      const { raw, rendered, segments } = await show(source, { showsImages });
      let [renderedEnd, rawEnd] = [0, 0];
      for (const segment of segments) {
        expect(segment.rendered.start).toBeGreaterThanOrEqual(renderedEnd);
        expect(segment.raw.start).toBeGreaterThanOrEqual(rawEnd);
        [renderedEnd, rawEnd] = [segment.rendered.end, segment.raw.end];
        expect(segment.rendered.start).toBeLessThan(renderedEnd);
        expect(segment.raw.start).toBeLessThan(rawEnd);
        const text = rendered.slice(segment.rendered.start, renderedEnd).join("");
        const from = raw.slice(segment.raw.start, rawEnd).join("");
        if (!segment.isAtom) expect(text).toBe(from);
        else expect(from).toMatch(/^(&[#\w]+;|\r\n?|\n|\$.*\$|\\\(.*\\\)|\\\[.*\\\]|!\[.*|.*\))$/s);
      }
      expect(renderedEnd).toBeLessThanOrEqual(rendered.length);
      expect(rawEnd).toBeLessThanOrEqual(raw.length);
    }),
    { numRuns: 400 },
  );
});

test("every letter on the page can be reached, but for our own words", async () => {
  await fc.assert(
    fc.asyncProperty(markdown, fc.boolean(), async (source, showsImages) => {
      const { rendered, segments } = await show(source, { showsImages });
      let at = 0;
      let rest = "";
      for (const { rendered: span } of [...segments, { rendered: { start: rendered.length, end: 0 } }]) {
        rest += rendered.slice(at, span.start).join("") + "\n";
        at = span.end;
      }
      expect(rest.replaceAll("Image", "")).not.toMatch(/[\p{L}\p{N}]/u);
    }),
    { numRuns: 400 },
  );
});
