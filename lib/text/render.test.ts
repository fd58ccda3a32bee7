import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { renderMarkdown, renderWithMap } from "./render";

/** What a reader sees, roughly: the HTML without its tags. */
function seen(html: string): string {
  return html
    .replaceAll(/<br>\n?/g, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&#x3C;", "<")
    .replaceAll("&#x26;", "&");
}

test("HTML in a text is shown, never run and never dropped", async () => {
  const html = await renderMarkdown(
    'Hi <script>alert(1)</script> <img src=x onerror="alert(2)"> <b>bold</b>\n\n<div onclick="x()">\n*text*\n</div>',
  );
  expect(html).not.toMatch(/<(script|img|b|div)[\s>]/);
  expect(seen(html)).toContain('Hi <script>alert(1)</script> <img src=x onerror="alert(2)"> <b>bold</b>');
  expect(html).toContain("<em>text</em>");
  expect(seen(await renderMarkdown("before <!-- hidden --> after"))).toBe("before <!-- hidden --> after");
});

test("HTML entities are the characters they name, not markup", async () => {
  expect(await renderMarkdown("&lt;script&gt; &amp; &copy;")).toBe('<p dir="auto">&#x3C;script> &#x26; ©</p>');
});

test("links lead outside only, and say where when they do not lead anywhere", async () => {
  expect(await renderMarkdown("[a](https://example.org/x?y=1)")).toBe(
    '<p dir="auto"><a href="https://example.org/x?y=1" target="_blank" rel="noopener nofollow noreferrer">a</a></p>',
  );
  for (const url of [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "/account",
    "//evil.example.org",
  ]) {
    const html = await renderMarkdown(`[click](${url})`);
    expect(html, url).not.toContain("<a ");
    expect(seen(html)).toContain(`click (${url})`);
  }
  expect(await renderMarkdown("<javascript:alert(1)>")).not.toContain("<a ");
  expect(await renderMarkdown("[a][x]\n\n[x]: javascript:alert(1)")).not.toContain("<a ");
});

test("images that are shown have names in place of addresses, which come beside the HTML", async () => {
  const raw =
    'a ![a "cat"](https://example.org/cat.png) ![b][x] ![c](d.png) ![e](javascript:f)\n\n[x]: http://example.org/x.png';
  const { html, images } = await renderWithMap(raw, { showsImages: true });
  expect(images).toEqual(["https://example.org/cat.png", "http://example.org/x.png"]);
  expect(html).toContain('<img src="image:0" alt="a &#x22;cat&#x22;"> <img src="image:1" alt="b">');
  expect(html.match(/<img/g)).toHaveLength(2);
  expect(html.replace(/<p dir="auto">\[.*/s, "")).not.toContain("example.org");
  expect((await renderWithMap(raw)).images).toEqual([]);
});

test("images become links, so that showing a text asks no other server for anything", async () => {
  const html = await renderMarkdown("![a cat](https://example.org/cat.png) ![](data:image/png;base64,AAAA)");
  expect(html).not.toContain("<img");
  expect(html).toMatch(/<a href="https:\/\/example\.org\/cat\.png"[^>]*>Image: a cat<\/a>/);
  expect(seen(html)).toContain("Image (data:image/png;base64,AAAA)");
});

test("what markdown hides is shown: link definitions and footnotes", async () => {
  const shown = seen(
    await renderMarkdown(
      'Text [1] and[^n].\n\n[1]: https://example.org "Title"\n[^n]: The note.\n[^unused]: Never mentioned.',
    ),
  );
  for (const part of ["[1]: https://example.org", '"Title"', "[^n]", "The note.", "[^unused]", "Never mentioned."])
    expect(shown).toContain(part);
  expect(await renderMarkdown("a[^n]\n\n[^n]: note")).not.toContain("id=");
});

test("single line breaks stay", async () => {
  expect(seen(await renderMarkdown("Roses are red,\nviolets are blue"))).toBe("Roses are red,\nviolets are blue");
});

test("right-to-left text takes its own direction, lists as a whole, and code stays left to right", async () => {
  expect(await renderMarkdown("مرحبا بالعالم")).toBe('<p dir="auto">مرحبا بالعالم</p>');
  expect(await renderMarkdown("- واحد\n- اثنان")).toMatch(/^<ul dir="auto">\n<li>واحد<\/li>/);
  expect(await renderMarkdown("```\nx\n```")).toMatch(/^<pre dir="ltr" tabindex="0">/);
});

test("Chinese, Japanese and Korean text and emoji come through", async () => {
  const text = "你好，**世界**。こんにちは 안녕하세요 👩‍👩‍👧";
  expect(seen(await renderMarkdown(text))).toBe(text.replaceAll("**", ""));
});

test("formulas are set in all four ways of writing them", async () => {
  for (const source of ["$x^2$", "\\(x^2\\)"]) {
    const html = await renderMarkdown(`a ${source} b`);
    expect(html).toContain('class="katex"');
    expect(html).not.toContain("katex-display");
  }
  for (const source of [
    "$$\nx^2\n$$",
    "\\[\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}\\]",
    "> $$\n> x^2\n> $$",
    "- a\n\n  $$ x\n  y $$",
  ]) {
    expect(await renderMarkdown(source), source).toContain("katex-display");
  }
  expect(await renderMarkdown("| a |\n|-|\n| $|x|$ |")).toContain('<td><span class="katex">');
  expect(await renderMarkdown("**bold $x$**")).toContain("<strong>bold <span");
});

test("the marks of a quotation are no part of a formula in it", async () => {
  expect(await renderMarkdown("> $$\n> x^2\n> $$")).toContain(
    '<annotation encoding="application/x-tex">x^2</annotation>',
  );
});

test("what KaTeX cannot read, money and code keep their characters", async () => {
  expect(await renderMarkdown("It is $5, or $10 with \\\\( and `$a$`.")).toBe(
    '<p dir="auto">It is $5, or $10 with \\( and <code>$a$</code>.</p>',
  );
  expect(await renderMarkdown("$\\undefinedcommand{x}$")).toBe('<p dir="auto">$\\undefinedcommand{x}$</p>');
  expect(await renderMarkdown("[a](https://example.org/$x$)")).toContain('href="https://example.org/$x$"');
  expect(await renderMarkdown("```sh\necho $a $b \\(x\\)\n```")).toContain("\\(x\\)");
});

test("formulas cannot link, fetch or style freely", async () => {
  const html = await renderMarkdown(
    "$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://example.org/x.png}$ $\\htmlStyle{position:fixed}{x}$",
  );
  expect(html).not.toMatch(/<a |<img|position:fixed"/);
});

test("code is highlighted where its language is known", async () => {
  expect(await renderMarkdown("```js\nconst a = 1;\n```")).toContain('<span class="hljs-keyword">const</span>');
  expect(await renderMarkdown("```nosuchlanguage\n<b>&\n```")).toContain("&#x3C;b>&#x26;");
  expect(await renderMarkdown('```js onload="x"\n1\n```')).not.toContain("onload");
});

test("tables, task lists and strikethrough work; one tilde means about", async () => {
  expect(await renderMarkdown("|a|b|\n|-|:-:|\n|1|2|")).toContain('<td align="center">2</td>');
  expect(await renderMarkdown("- [x] **do** [it](https://x.org)\n  - [ ] part")).toMatch(
    /<label><input type="checkbox" checked disabled> <strong>do<\/strong> <a href="https:\/\/x.org" [^>]*>it<\/a>\n<\/label><ul.*<label><input type="checkbox" disabled> part<\/label>/s,
  );
  expect(await renderMarkdown("- [x] a\n\n  b")).toMatch(/<p><label><input [^>]*> a<\/label><\/p>\n<p>b<\/p>/);
  expect(await renderMarkdown("~~no~~ ~10~ 20")).toBe('<p dir="auto"><del>no</del> ~10~ 20</p>');
});

test("huge and hostile texts are shown as they are, soon", async () => {
  for (const text of [
    "word <b> & ".repeat(100_000),
    "> ".repeat(20_000),
    "- ".repeat(4000) + "a",
    "[a](".repeat(50_000),
  ]) {
    const started = cpuMs();
    const html = await renderMarkdown(text);
    expect(cpuMs() - started).toBeLessThan(2000);
    expect(html).toMatch(/^<p class="verbatim" dir="auto">/);
    expect(html).not.toContain("<b>");
  }
  expect(await renderMarkdown(`# Title\n\n${"-".repeat(300)}`)).toContain("<hr>");
});

test("no text makes other tags than ours, or fails", async () => {
  const pieces = [
    "<script>",
    "</p>",
    "<a href=x>",
    "$",
    "$$",
    "\\(",
    "\\)",
    "[",
    "](",
    ")",
    "javascript:x",
    "`",
    "```\n",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "|",
    "*",
    "&lt;",
    '"',
    "\uE000",
    "\uE010",
    "x",
    " ",
  ];
  const ours =
    /^<\/?(p|br|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|del|a|hr|input|table|thead|tbody|tr|th|td|span|math|semantics|m[a-z]+|annotation|svg|path)[\s>/]/;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), async (parts) => {
      const html = await renderMarkdown(parts.join(""));
      for (const [tag] of html.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(ours);
      expect(html).not.toMatch(/(href|src)="(?!https?:|mailto:)/);
    }),
    { numRuns: 500 },
  );
});
