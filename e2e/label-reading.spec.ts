import type { Locator, Page } from "@playwright/test";
import { defaultComparison, defaultTaskSchema, type Question } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectInstance, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const pane = (page: Page, letter: string) => page.getByRole("group", { name: letter, exact: true });

/** The words that are painted as being in one completion alone, by the letter of its pane. */
async function painted(page: Page): Promise<Record<string, string[]>> {
  return await page.evaluate(() => {
    const words: Record<string, string[]> = {};
    for (const range of CSS.highlights.get("only-here") ?? []) {
      const { startContainer, startOffset, endOffset } = range as StaticRange;
      const letter = startContainer.parentElement!.closest<HTMLElement>("[data-pane]")!.dataset.pane!;
      (words[letter] ??= []).push(startContainer.nodeValue!.slice(startOffset, endOffset));
    }
    return words;
  });
}

test("X paints what only one completion has, on the text as it looks and as it was written", async ({ page }) => {
  const pair = (...texts: string[]) => [{ id: "i1", prompt: "Q", completions: texts.map((text) => ({ text })) }];
  await makeProject(
    { slug: "reading-diff", name: "Trial" },
    pair("The **black** cat sat 😀.", "The **white** cat sat 😀."),
  );
  await openLabel(page, "reading-diff");
  const scripts: string[] = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  const [a, b] = (await pane(page, "A").innerText()).includes("black") ? ["black", "white"] : ["white", "black"];
  expect(scripts).toEqual([]);
  await page.keyboard.press("x");
  await expect.poll(() => painted(page)).toEqual({ A: [a], B: [b] });
  // The comparison of texts came with the key.
  expect(scripts.length).toBeGreaterThan(0);
  await expect(page.getByText("only in A: 1")).toBeVisible();
  await expect(page.getByText("only in B: 1")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("m");
  await expect(pane(page, "A")).toContainText(`The **${a}** cat`);
  await expect.poll(() => painted(page)).toEqual({ A: [a], B: [b] });
  await page.getByRole("button", { name: "As written" }).click();
  await expect(pane(page, "A")).not.toContainText("**");
  await page.getByRole("button", { name: "Differences" }).click();
  await expect(page.getByText("only in A")).toHaveCount(0);
  expect(await painted(page)).toEqual({});

  await makeProject({ slug: "reading-same", name: "Trial" }, pair("The same.", "The same."));
  await openLabel(page, "reading-same");
  await page.keyboard.press("x");
  await expect(page.getByText("A and B are the same, character by character.")).toBeVisible();
});

test("a hidden prompt is not sent before its question is answered for good, and then it stays", async ({ page }) => {
  const understood: Question = {
    ...{ id: "understood", type: "critique", name: "Understood", definition: "What does it tell you?" },
    ...{ isRequired: true, rewrite: "off" },
  };
  await makeProject(
    {
      ...{ slug: "reading-reveal", name: "Trial" },
      taskSchema: {
        ...{ questions: [understood, defaultComparison], reason: "off" },
        reveal: [{ show: "prompt", after: "understood" }],
      },
    },
    [{ id: "i1", prompt: "The secret post", completions: [{ text: "Cats." }, { text: "Dogs." }] }],
  );
  const bodies: string[] = [];
  page.on("response", async (response) => {
    const isDocument = response.request().resourceType() === "document";
    if (isDocument || response.url().includes("/assignments")) bodies.push(await response.text().catch(() => ""));
  });
  await openLabel(page, "reading-reveal");
  await expect(page.getByText("The prompt opens when Understood is answered.")).toBeVisible();
  const box = (letter: string) => page.getByRole("textbox", { name: `Understood of ${letter}` });
  await box("A").fill("Something about animals");
  await box("B").fill("More of that");
  await page.getByTitle("Tie").click();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Read the prompt before you submit.")).toBeVisible();
  const show = page.getByRole("button", { name: "Show the prompt" });
  await expect(show).toBeFocused();
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  expect(bodies.length).toBeGreaterThan(1);
  expect(bodies.join()).not.toContain("secret");

  await page.context().setOffline(true);
  await show.click();
  await expect(page.getByText(/The prompt opens once your answer is saved/)).toBeVisible();
  await page.context().setOffline(false);
  await show.click();
  await expect(page.getByText("The secret post")).toBeVisible();
  await expect(box("A")).toBeDisabled();
  await expect(page.getByText("This answer was given before you saw the prompt").first()).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expectInstance(page, 1);
  await expect(page.getByText("The secret post")).toBeVisible();
  await expect(box("B")).toBeDisabled();
  await expect(box("B")).toHaveValue("More of that");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("All done")).toBeVisible();
});

test("context and reference stand in tabs, beside the prompt where there is room", async ({ page }) => {
  await makeProject(
    { slug: "reading-tabs", name: "Trial", taskSchema: { ...defaultTaskSchema, shows: { reference: true } } },
    [
      {
        ...{ id: "i1", prompt: "The prompt of it", context: "The context of it", reference: "The *reference* of it" },
        completions: [{ text: "One" }, { text: "Two" }],
      },
    ],
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLabel(page, "reading-tabs");
  const [prompt, reference] = [page.getByText("The prompt of it"), page.getByText("The reference of it")];
  await expect(prompt).toBeVisible();
  await expect(reference).toBeHidden();
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect(prompt).toBeVisible();
  await expect(page.getByText("The context of it")).toBeVisible();
  await expect(reference).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(reference).toBeHidden();
  await page.getByRole("button", { name: "Reference" }).click();
  await expect(reference).toBeVisible();
  await expect(prompt).toBeHidden();
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "As written" }).click();
  await expect(page.getByText("The *reference* of it")).toBeVisible();
});

test("a right-to-left text stands at the right, and arrows select words the way they go", async ({ page }) => {
  const spans: Question = {
    ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
    categories: [{ id: "wrong", name: "Wrong", definition: "" }],
  };
  await makeProject({ slug: "reading-rtl", name: "Trial", taskSchema: { questions: [spans], reason: "off" } }, [
    {
      id: "i1",
      prompt: "سؤال",
      completions: [{ text: "السلام **عليكم** يا صديقي.\n\n| أ | ب |\n| - | - |\n| ١ | ٢ |" }],
    },
  ]);
  await openLabel(page, "reading-rtl");
  const a = pane(page, "A");
  const edges = await a.evaluate((element) => {
    const right = element.getBoundingClientRect().right;
    return [".prose-reading", "table"].map((one) => right - element.querySelector(one)!.getBoundingClientRect().right);
  });
  expect(Math.max(...edges)).toBeLessThan(32);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await page.evaluate(() => getSelection()!.toString())).toBe("السلام عليكم");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("w");
  await expect(page.getByRole("region", { name: "Spans in A" }).getByRole("button")).toHaveText([/السلام$/]);
});

test("long lines of code and wide tables scroll by themselves, in whole texts and in steps", async ({ page }) => {
  const wide = `${"a_long_name_of_something ".repeat(30)}`;
  const table = `| ${Array.from({ length: 40 }, (_, n) => `column ${n}`).join(" | ")} |`;
  const text = `Look:\n\n\`\`\`js\n${wide}\n\`\`\`\n\n${table}\n|${" - |".repeat(40)}\n${table}\n\n$$${"x+".repeat(200)}x$$`;
  const steps: Question = { id: "steps", type: "steps", name: "Steps", definition: "", cut: "import", flags: [] };
  const completions = [1, 2].map((n) => ({ text: `${text} ${n}` }));
  for (const [slug, questions] of Object.entries({
    "reading-wide": [defaultComparison],
    "reading-wide-steps": [steps],
  })) {
    await makeProject({ slug, name: "Trial", taskSchema: { questions, reason: "off" } }, [
      { id: "i1", prompt: text, completions },
    ]);
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await openLabel(page, slug);
      await expectNoSidewaysScroll(page);
      for (const one of ["pre", "table", ".katex-display"]) await expectScrollsAlone(pane(page, "A"), one);
    }
  }
});

/** Fails unless what is too wide scrolls in its own frame, and its pane does not. */
async function expectScrollsAlone(within: Locator, selector: string): Promise<void> {
  const [own, outer] = await within.evaluate((element, one) => {
    const excess = (frame: Element) => frame.scrollWidth - frame.clientWidth;
    return [excess(element.querySelector(one)!), excess(element)] as const;
  }, selector);
  expect(own, selector).toBeGreaterThan(0);
  expect(outer, `the pane around ${selector}`).toBe(0);
}
