import { expectAccessible } from "./axe";
import { asking, expectInstance, instanceOf, openLabel, otherPrompt, pairs, promptText, twoAspects } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

test("the mouse answers every aspect, and what is missing is said", async ({ page }) => {
  const slug = "label-aspects";
  await makeProject(
    { slug, name: "Trial", overlap: 1, taskSchema: asking({ scale: 3, aspects: twoAspects, reason: "required" }) },
    pairs(3),
  );
  await openLabel(page, slug);
  const overall = page.getByRole("radiogroup", { name: "Overall" });
  const style = page.getByRole("radiogroup", { name: "Style" });
  const submit = page.getByRole("button", { name: "Submit and next" });

  await submit.click();
  await expect(page.getByText("Overall is not answered yet.")).toBeVisible();
  await overall.getByText("A better").click();
  await expect(overall.getByRole("radio", { name: "A better" })).toBeChecked();
  await expect(page.getByText("preferred", { exact: true })).toBeVisible();
  await submit.click();
  await expect(page.getByText("Style is not answered yet.")).toBeVisible();
  await style.getByText("Both bad").click();
  await expect(style.getByRole("radio", { name: "Both bad" })).toBeChecked();
  await submit.click();
  await expect(page.getByText("This project asks for a reason with every answer.")).toBeVisible();
  const reason = page.getByRole("textbox", { name: "Reason (required)" });
  await expect(reason).toBeFocused();
  await reason.fill("It is shorter");
  await submit.click();
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();

  // The keyboard: Tab goes to the first question, then to the next one.
  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  await expect(overall.getByRole("radio", { name: "Tie" })).toBeChecked();
  // Where the system chooses all colours, lines alone tell what is chosen, and that it has the focus.
  await page.emulateMedia({ forcedColors: "active" });
  const lineOf = (words: string) => overall.locator("label").filter({ hasText: words });
  await expect(lineOf("A better")).toHaveCSS("outline-style", "none");
  await expect(lineOf("Tie")).toHaveCSS("outline-style", "solid");
  await overall.getByRole("radio", { name: "Tie" }).focus();
  await expect(lineOf("Tie")).toHaveCSS("outline-style", "double");
  await page.emulateMedia({ forcedColors: null });

  await page.keyboard.press("Tab");
  await page.keyboard.press("b");
  await expect(style.getByRole("radio", { name: "Both bad" })).toBeChecked();
  await page.keyboard.press("3");
  await expect(style.getByRole("radio", { name: "B better" })).toBeChecked();
  await page.keyboard.press("r");
  await page.keyboard.insertText("Numbers 1 2 3 and letters b u s g are text here");
  await expect(style.getByRole("radio", { name: "B better" })).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expectInstance(page, 3);
});

test("undo takes answers back, one by one", async ({ page }) => {
  await makeProject({ slug: "label-undo", name: "Trial" }, pairs(2));
  await openLabel(page, "label-undo");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeDisabled();
  await page.keyboard.press("1");
  await page.keyboard.press("b");
  await page.keyboard.press("4");
  await expect(page.getByRole("radio", { name: "B better" })).toBeChecked();
  await page.keyboard.press("u");
  await expect(page.getByRole("radio", { name: "Both bad" })).toBeChecked();
  await undo.click();
  await expect(page.getByRole("radio", { name: "A much better" })).toBeChecked();
  await undo.click();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(undo).toBeDisabled();
});

test("what is skipped goes away with its reason, and can be brought back", async ({ page }) => {
  await makeProject({ slug: "label-skip", name: "Trial" }, pairs(4));
  await openLabel(page, "label-skip");
  const prompt = await promptText(page);
  await page.getByRole("textbox", { name: "Reason (optional)" }).fill("Not my field");
  await page.getByRole("button", { name: "Skip" }).click();
  await otherPrompt(page, prompt);
  // It would go by itself after some seconds, but not under the pointer.
  await page.getByRole("button", { name: "Bring back" }).hover();
  await expect
    .poll(
      async () =>
        (await instanceOf("label-skip", prompt)).assignments.find(({ state }) => state === "skipped")?.skipReason,
    )
    .toBe("Not my field");
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect.poll(() => promptText(page)).toBe(prompt);
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await otherPrompt(page, prompt);
  await expect.poll(async () => (await instanceOf("label-skip", prompt)).labels.length).toBe(1);
  const next = await promptText(page);
  await page.keyboard.press("s");
  await otherPrompt(page, next);
});

test("guidelines open and close by key, button and cross", async ({ page }) => {
  await makeProject(
    {
      slug: "label-guide",
      name: "Trial",
      guidelines: "# Rules\n\nPrefer **true** answers.\n\n<script>window.__ran = 1</script>",
    },
    pairs(1),
  );
  await openLabel(page, "label-guide");
  const panel = page.getByRole("complementary", { name: "Guidelines" });
  await page.keyboard.press("g");
  await expect(panel.getByRole("heading", { name: "Rules" })).toBeVisible();
  await expect(panel).toContainText("Version 1");
  expect(await page.evaluate(() => (window as { __ran?: unknown }).__ran)).toBeUndefined();
  await page.keyboard.press("g");
  await expect(panel).toHaveCount(0);
  await page.getByRole("button", { name: "Guidelines" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Close guidelines" }).click();
  await expect(panel).toHaveCount(0);
  await page.getByRole("button", { name: "Guidelines" }).click();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
});

test("the history shows what was submitted and revises it", async ({ page }) => {
  const slug = "label-history";
  await makeProject({ slug, name: "Trial" }, pairs(4));
  await openLabel(page, slug);
  await page.getByRole("button", { name: "History" }).click();
  const panel = page.getByRole("complementary", { name: "History" });
  await expect(panel).toContainText("What you submit appears here");
  const prompt = await promptText(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await page.keyboard.press("4");
  await page.keyboard.press("Enter");
  await expectInstance(page, 3);
  await page.getByRole("button", { name: "History" }).click();
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  await panel.getByRole("button", { name: new RegExp(prompt) }).click();
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  expect(await promptText(page)).toBe(prompt);
  await expect(page.getByRole("radio", { name: "A much better" })).toBeChecked();
  await page.getByRole("button", { name: "Back to the current one" }).click();
  await expectInstance(page, 3);
  await panel.getByRole("button", { name: new RegExp(prompt) }).click();
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expectInstance(page, 3);
  await panel.getByRole("button", { name: new RegExp(prompt) }).click();
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await page.getByText("B much better").click();
  await page.getByRole("button", { name: "Save revision" }).click();
  await expectInstance(page, 3);
  await expect(panel.getByRole("button", { name: new RegExp(prompt) })).toContainText("B much better");
  await page.getByRole("button", { name: "Close history" }).click();
  await expect(panel).toHaveCount(0);
  const { labels } = await instanceOf(slug, prompt);
  expect(labels.map(({ revision, isCurrent }) => ({ revision, isCurrent }))).toEqual([
    { revision: 1, isCurrent: false },
    { revision: 2, isCurrent: true },
  ]);
});

test("the shortcuts dialog opens by key and button, and keys wait while it is open", async ({ page }) => {
  await makeProject({ slug: "label-keys", name: "Trial" }, pairs(1));
  await openLabel(page, "label-keys");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("?");
  await expect(dialog.getByRole("row", { name: /Skip this instance/ })).toBeVisible();
  await page.keyboard.press("1");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
});

test("long texts scroll together or apart, and the prompt folds", async ({ page }) => {
  const long = Array.from({ length: 200 }, (_, i) => `Line ${i}`).join("\n\n");
  await makeProject({ slug: "label-long", name: "Trial" }, [
    {
      id: "long",
      prompt: "Short prompt",
      context: "The context of it",
      completions: [{ text: long }, { text: `${long}\n\n${long}` }],
    },
  ]);
  await openLabel(page, "label-long");
  const [a, b] = [page.getByRole("group", { name: "A" }), page.getByRole("group", { name: "B" })];
  const top = (pane: typeof a) => pane.evaluate((element) => element.scrollTop);
  await a.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect.poll(() => top(b)).toBeGreaterThan(1000);
  await page.getByRole("button", { name: "Scrolling together" }).click();
  const before = await top(b);
  await a.evaluate((element) => element.scrollTo(0, 0));
  await expect.poll(() => top(a)).toBe(0);
  expect(await top(b)).toBe(before);
  await page.reload();
  await expectInstance(page, 1);
  await page.getByRole("button", { name: "Scrolling apart" }).click();
  await page.keyboard.press("PageDown");
  await expect.poll(() => top(a)).toBeGreaterThan(0);
  await expect.poll(() => top(b)).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Context" }).click();
  await expect(page.getByText("The context of it")).toBeVisible();
  await page.getByRole("button", { name: "Prompt" }).click();
  await expect(page.getByText("Short prompt")).toBeVisible();
  await page.getByRole("button", { name: "Fold", exact: true }).click();
  await expect(page.getByRole("button", { name: "Unfold" })).toHaveAttribute("aria-expanded", "false");
  await page.getByRole("button", { name: "Unfold" }).click();
  await expect(page.getByRole("button", { name: "Fold", exact: true })).toHaveAttribute("aria-expanded", "true");
});

test("a conversation is shown by its turns, which fold", async ({ page }) => {
  await makeProject({ slug: "label-chat", name: "Trial" }, [
    {
      id: "chat",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is 2 + 2?" },
      ],
      completions: [{ text: "4" }, { text: "" }],
    },
  ]);
  await openLabel(page, "label-chat");
  const region = page.getByRole("region", { name: "Conversation" });
  await expect(region.getByText("Be brief.")).toBeVisible();
  await region.getByText("System").click();
  await expect(region.getByText("Be brief.")).toBeHidden();
  await expect(page.getByText("This completion is empty.")).toBeVisible();
  await expectAccessible(page);
});
