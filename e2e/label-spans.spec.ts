import type { Locator, Page } from "@playwright/test";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { LabelView } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectInstance, instanceOf, openLabel, promptText } from "./labelling";
import { authFile, expect, test } from "./people";
import { selectByMouse } from "./select-words";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const asked = (name: string) => ({ id: name.toLowerCase().replaceAll(" ", "-"), name, definition: `What is ${name}` });
const errors: Extract<Question, { type: "spans" }> = {
  ...{ id: "errors", type: "spans", name: "Errors", definition: "What is wrong?" },
  ...{ categories: ["Wrong", "Irrelevant", "Not needed"].map(asked), severities: [], onPrompt: false },
};

const critique: Question = {
  ...{ id: "critique", type: "critique", name: "Critique", definition: "What is wrong with it?" },
  ...{ isRequired: false, rewrite: "off", quotes: "errors" },
};

async function makeSpans(
  slug: string,
  texts: string[],
  change: Partial<typeof errors> = {},
  others: Question[] = [],
): Promise<void> {
  const questions = [{ ...errors, ...change }, ...others];
  await makeProject(
    { slug, name: "Trial", overlap: 1, taskSchema: { questions, reason: "off" } },
    [1, 2].map((n) => ({
      id: `i${n}`,
      prompt: `Question i${n}`,
      completions: texts.map((text) => ({ text })),
    })),
  );
}

type Marked = { completion: number | "prompt"; start: number; end: number; category: string; severity?: string };

/** What the current label of that instance marks, quoted by the offsets that are stored. */
async function quotesOf(slug: string, prompt: string): Promise<string[]> {
  const { labels, completions, prompt: asks } = await instanceOf(slug, prompt);
  return labels
    .filter(({ isCurrent, type }) => isCurrent && type === "spans")
    .flatMap(({ payload }: LabelView) => payload.spans as Marked[])
    .map(({ completion, start, end, category, severity }) => {
      const text = completion === "prompt" ? asks : textOf(completions, completion);
      const quote = Array.from(text!).slice(start, end).join("");
      return [category, ...(severity ? [severity] : []), quote].join(": ");
    });
}

/** The current critique of that instance. */
async function critiqueOf(slug: string, prompt: string): Promise<object | undefined> {
  const { labels } = await instanceOf(slug, prompt);
  return labels.find(({ isCurrent, type }) => isCurrent && type === "critique")?.payload;
}

function textOf(completions: InstanceResponse["completions"], index: number): string | null {
  return completions.find((one) => one.index === index)!.text;
}

const pane = (page: Page, letter: string) => page.getByRole("group", { name: letter, exact: true });
const rows = (page: Page, letter: string) =>
  page.getByRole("region", { name: `Spans in ${letter}` }).getByRole("button");

const selected = (page: Page) => page.evaluate(() => getSelection()!.toString().trim());

const difficult = [
  "An astronaut 👩‍🚀 drinks a cafe\u0301 au lait.",
  "The next line has **bold words** in it and `code & more`.",
  "",
  "| name | worth |",
  "| --- | --- |",
  "| first \\| cell | *second* cell |",
  "",
  "```js",
  'const 𝒙 = "a < b";',
  "```",
  "",
  "Mass is $E = mc^2$ as they say &amp; more 🎉 text.",
].join("\r\n");

test("with the mouse: what is stored are the code points of the raw text", async ({ page }) => {
  const slug = "spans-mouse";
  await makeSpans(slug, [difficult]);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const a = pane(page, "A");
  for (const words of [
    "👩‍🚀 drinks",
    "cafe\u0301",
    "lait. The next",
    "bold words in",
    "code & more",
    "first | cell second",
    '𝒙 = "a',
    "say & more 🎉",
  ]) {
    await selectByMouse(page, a, words);
    await page.keyboard.press("w");
    await expect(page.getByRole("toolbar", { name: "Mark the selection as" })).toHaveCount(0);
  }
  // A formula is marked as a whole; this time by the bar at the selection.
  const formula = (await a.locator(".katex-html").boundingBox())!;
  await page.mouse.move(formula.x + formula.width * 0.3, formula.y + formula.height / 2);
  await page.mouse.down();
  await page.mouse.move(formula.x + formula.width * 0.6, formula.y + formula.height / 2, { steps: 3 });
  await page.mouse.up();
  await page
    .getByRole("toolbar", { name: "Mark the selection as" })
    .getByRole("button", { name: "Irrelevant" })
    .click();
  await expect(rows(page, "A")).toHaveCount(9);
  await expect(page.locator("[data-span]")).toHaveCount(9);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect
    .poll(() => quotesOf(slug, prompt))
    .toEqual([
      "wrong: 👩‍🚀 drinks",
      "wrong: cafe\u0301",
      "wrong: lait.\r\nThe next",
      "wrong: bold words** in",
      "wrong: code & more",
      "wrong: first \\| cell | *second",
      'wrong: 𝒙 = "a',
      "irrelevant: $E = mc^2$",
      "wrong: say &amp; more 🎉",
    ]);
});

test("with the keyboard alone: words are selected, marked, rated and undone", async ({ page }) => {
  const slug = "spans-keys";
  await makeSpans(slug, ["One **two** three 👩‍🚀 four.\r\nFive cafe\u0301 seven.", "Nothing wrong here."], {
    severities: ["minor", "major"],
    onPrompt: true,
  });
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const [one, other] = (await pane(page, "A").innerText()).includes("Five") ? ["A", "B"] : ["B", "A"];
  const done = (letter: string) =>
    page.getByRole("checkbox", { name: new RegExp(`^(Done with|Nothing to mark in) ${letter}$`) });

  await press("Tab");
  await expect(done("A")).toBeFocused();
  if (one === "B") await press("0");
  await expect(done(one)).toBeFocused();
  await press("ArrowRight");
  expect(await selected(page)).toBe("One");
  await press("ArrowRight", "Shift+ArrowRight");
  expect(await selected(page)).toBe("two three");
  await press("i");
  await expect(rows(page, one)).toHaveText([/two\*\* three.*no severity/]);
  await expect(done(one)).toBeChecked();
  await press("Enter");
  await expect(page.getByText(`Errors of ${one}: a span has no severity yet.`)).toBeVisible();
  await press("2");
  await expect(rows(page, one)).toHaveText([/two\*\* three.*major/]);
  // The end and the start of what was marked move by words.
  await press("Shift+ArrowLeft");
  await expect(rows(page, one)).toHaveText([/^i?twomajor$/]);
  await press("Shift+ArrowUp");
  await expect(rows(page, one)).toHaveText([/One \*\*two/]);
  await press("u", "u");
  await expect(rows(page, one)).toHaveText([/two\*\* three/]);
  // The next words, on the line below.
  await press("Escape", "ArrowDown");
  const below = await selected(page);
  expect(["Five", "cafe\u0301", "seven"]).toContain(below);
  await press("w", "1");
  await expect(rows(page, one)).toHaveCount(2);
  await press("Delete");
  await expect(rows(page, one)).toHaveCount(1);
  await press("u");
  await expect(rows(page, one)).toHaveCount(2);
  if (one === "A") await press("0");
  await expect(done(other)).toBeChecked({ checked: one === "B" });
  if (one === "A") await press("0");
  await expect(done(other)).toBeChecked();
  // The prompt is the place before the first completion.
  await done("A").focus();
  await press("Shift+Tab");
  await expect(page.getByRole("region", { name: "Spans in the prompt" })).toBeFocused();
  await press("ArrowRight", "o", "1", "Enter");
  await expectInstance(page, 2);
  await expect
    .poll(() => quotesOf(slug, prompt))
    .toEqual(["not-needed: minor: Question", "irrelevant: major: two** three", `wrong: minor: ${below}`]);
});

test("overlapping spans are drawn one below the other, picked, changed and deleted", async ({ page }) => {
  await makeSpans("spans-overlap", ["One two three four five six seven.", "Fine."]);
  await openLabel(page, "spans-overlap");
  const letter = (await pane(page, "A").innerText()).includes("seven") ? "A" : "B";
  const a = pane(page, letter);
  for (const [words, key] of [
    ["two three four five", "w"],
    ["three four", "i"],
    ["four five six", "o"],
  ] as const) {
    await selectByMouse(page, a, words);
    await page.keyboard.press(key);
  }
  const lines = page.locator("[data-span] path:nth-child(2)");
  await expect(lines).toHaveCount(3);
  const heights = await lines.evaluateAll((paths) => paths.map((path) => path.getBoundingClientRect().top));
  expect(new Set(heights).size).toBe(3);

  // "four" is in all of them: the shortest is picked first, then the others.
  const four = await pointOf(a, "four");
  const picked = rows(page, letter).and(page.locator("[aria-current=true]"));
  const seen = new Set<string>();
  for (let click = 0; click < 3; click += 1) {
    await page.mouse.click(four.x, four.y, { delay: 20 });
    await expect(picked).toHaveCount(1);
    seen.add(await picked.innerText());
    await page.waitForTimeout(600);
  }
  expect(seen.size).toBe(3);
  await rows(page, letter).filter({ hasText: "three four" }).last().click();
  await page.getByRole("button", { name: "End one word later" }).click();
  await expect(picked).toContainText("three four five");
  await page.keyboard.press("o");
  await expect(picked).toHaveAccessibleName("Not needed, three four five");
  const note = page.getByRole("textbox", { name: "Note on the picked span" });
  await note.fill("Why s or u? Letters are text here");
  await note.press("Enter");
  await expect(picked).toHaveAccessibleName("Not needed, three four five, Why s or u? Letters are text here");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(lines).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(lines).toHaveCount(3);
  await expectAccessible(page);

  // The layer follows the text wherever that goes.
  await page.setViewportSize({ width: 700, height: 700 });
  await expectNoSidewaysScroll(page);
  await expectDrawnOver(page, a, "six");
});

test("a draft, a submission and its revision hold the spans and what quotes them, in the source too", async ({
  page,
}) => {
  const slug = "spans-revise";
  await makeSpans(slug, ["Some **bold** text, and _more_ of it."], {}, [critique]);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByText("Errors of A is not answered yet.")).toBeVisible();
  await selectByMouse(page, pane(page, "A"), "bold");
  await page.keyboard.press("w");
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.reload();
  await expectInstance(page, 1);
  await expect(rows(page, "A")).toHaveText([/bold/]);
  await expectDrawnOver(page, pane(page, "A"), "bold");

  // The same span is shown in the source, where markup can be marked as well.
  await page.keyboard.press("m");
  await expect(pane(page, "A")).toContainText("**bold**");
  await expectDrawnOver(page, pane(page, "A"), "bold");
  await selectByMouse(page, pane(page, "A"), "_more_");
  await page.keyboard.press("i");
  await page.getByRole("button", { name: "As written" }).click();
  await expect(pane(page, "A")).not.toContainText("**bold**");
  await expect(page.locator("[data-span]")).toHaveCount(2);

  // The critique may be left out, but not where it quotes.
  const quotes = page.getByRole("group", { name: "Spans quoted in Critique of A" });
  const quote = (name: string) => quotes.getByRole("button", { name, exact: true });
  for (const name of ["Irrelevant, _more_", "Wrong, bold"]) await quote(name).click();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Critique of A is not answered yet.")).toBeVisible();
  await page.getByRole("textbox", { name: "Critique of A (required)" }).fill("Neither is right.");
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expectInstance(page, 2);
  await expect.poll(() => quotesOf(slug, prompt)).toEqual(["wrong: bold", "irrelevant: _more_"]);
  const written = { completion: 0, text: "Neither is right.", rewrite: null };
  expect(await critiqueOf(slug, prompt)).toEqual({ ...written, quotes: ["7-11:wrong", "24-30:irrelevant"] });

  await page.keyboard.press("Backspace");
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await rows(page, "A").first().click();
  await page.keyboard.press("Delete");
  await expect(quotes.getByRole("button")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(quote("Wrong, bold")).toHaveAttribute("aria-pressed", "true");
  await rows(page, "A").first().click();
  await page.keyboard.press("Delete");
  await rows(page, "A").first().click();
  await page.getByRole("button", { name: "End one word later" }).click();
  await expect(quote("Irrelevant, more_ of")).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Save revision" }).click();
  await expectInstance(page, 2);
  await expect.poll(() => quotesOf(slug, prompt)).toEqual(["irrelevant: more_ of"]);
  expect(await critiqueOf(slug, prompt)).toEqual({ ...written, quotes: ["25-33:irrelevant"] });

  const { id } = await instanceOf(slug, prompt);
  await page.goto(`/projects/${slug}/instances/${id}`);
  await page.getByText("1 span: Irrelevant").first().click();
  await expect(page.getByText("Irrelevant in Completion 1, 25 to 33: “more_ of”").first()).toBeVisible();
  // The letter of its category, then the words.
  await expect(page.getByRole("list", { name: "Quoted spans" })).toHaveText("iIrrelevant, 25 to 33: “more_ of”");
});

test("forty spans on a long text are drawn at once and where they belong", async ({ page }) => {
  const slug = "spans-long";
  const long = Array.from({ length: 2500 }, (_, n) => `Sentence ${n} says a little **of** it.\n\n`).join("");
  await makeSpans(slug, [long]);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  await page.keyboard.press("Tab");
  for (let n = 0; n < 40; n += 1)
    for (const key of ["ArrowRight", "Shift+ArrowRight", "w"]) await page.keyboard.press(key);
  await expect(page.locator("[data-span]")).toHaveCount(40);
  const busy = await busyTime(page);
  const before = await busy();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("i");
  await expect(page.locator("[data-span]")).toHaveCount(41);
  expect((await busy()) - before).toBeLessThan(1.5);
  await expectDrawnOver(page, pane(page, "A"), "Sentence 10");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect
    .poll(async () => (await quotesOf(slug, prompt)).slice(0, 3))
    .toEqual(["wrong: Sentence 0", "wrong: says a", "wrong: little **of"]);
});

/** Tells the seconds of processor time that the page has had: a clock would count what else the machine does. */
async function busyTime(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
}

/** The middle of words in a text. */
async function pointOf(within: Locator, words: string): Promise<{ x: number; y: number }> {
  return await within.locator(".prose-reading").evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = (walker.currentNode as Text).data.indexOf(wanted);
      if (at === -1) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      walker.currentNode.parentElement!.scrollIntoView({ block: "nearest" });
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    }
    throw new Error(`"${wanted}" is not there.`);
  }, words);
}

/** Waits until the area of a span lies over these words. */
async function expectDrawnOver(page: Page, within: Locator, words: string): Promise<void> {
  await expect
    .poll(async () => {
      const { x, y } = await pointOf(within, words);
      const areas = await page.locator("[data-span] path:first-child").evaluateAll((paths) =>
        paths.map((path) => {
          const { left, right, top, bottom } = path.getBoundingClientRect();
          return { left, right, top, bottom };
        }),
      );
      return areas.some((area) => x > area.left && x < area.right && y > area.top && y < area.bottom);
    })
    .toBe(true);
}
