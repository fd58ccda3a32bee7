import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import {
  asking,
  expectInstance,
  exportedLabels,
  instanceOf,
  openLabel,
  otherPrompt,
  pairs,
  promptText,
} from "./labelling";
import { authFile, expect, test } from "./people";
import { enterAs, makeColleague } from "./team";
import { apiOf, makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const threeAspects = ["Overall", "Style", "Truth"].map((name) => ({ id: name.toLowerCase(), name, definition: name }));

/** Waits until the server has the next change of what keys do. */
const keysStored = (page: Page) =>
  page.waitForResponse(
    (response) => response.url().endsWith("/me/key-bindings") && response.request().method() === "PUT",
  );

/** The page as somebody whose keys are their own business. */
async function openAsNewcomer(page: Page, slug: string): Promise<void> {
  await enterAs(page, await makeColleague("Hands", slug, "annotator"));
  await openLabel(page, slug);
}

test("a person gives a command another key, which is theirs on every page until they give it back", async ({
  page,
}) => {
  const slug = "hands-keys";
  await makeProject({ slug, name: "Trial" }, pairs(6));
  await openAsNewcomer(page, slug);
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  const keyOf = (command: string) =>
    dialog.getByRole("row", { name: command }).getByRole("button", { name: /Change the key|Press a key/ });
  await page.keyboard.press("?");
  await keyOf("Skip this instance").click();
  await page.keyboard.press("b");
  await expect(dialog.getByRole("alert")).toHaveText("B answers that both are bad and stays so. Press another key.");
  await page.keyboard.press("u");
  await expect(dialog.getByRole("alert")).toContainText("U is already the key of “Undo the last change of an answer”.");
  await expectAccessible(page);
  const stored = keysStored(page);
  await page.keyboard.press("k");
  await stored;
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await expect(keyOf("Skip this instance")).toHaveText("K");
  await keyOf("Submit and go to").click();
  await page.keyboard.press("Escape");
  await expect(keyOf("Submit and go to")).toHaveText("Enter");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  const skip = page.getByRole("button", { name: "Skip" });
  await expect(skip).toHaveAttribute("aria-keyshortcuts", "K");
  const first = await promptText(page);
  await page.keyboard.press("s");
  expect(await promptText(page)).toBe(first);
  await page.keyboard.press("k");
  await otherPrompt(page, first);
  await page.reload();
  await expectInstance(page, 1);
  await expect(skip).toHaveAttribute("aria-keyshortcuts", "K");
  await page.keyboard.press("?");
  await dialog.getByRole("button", { name: "All standard keys" }).click();
  await expect(keyOf("Skip this instance")).toHaveText("S");
  await page.keyboard.press("Escape");
  await expect(skip).toHaveAttribute("aria-keyshortcuts", "S");
});

test("what is undone is redone, and a doubt and a flag reach the researcher, who resolves it", async ({ page }) => {
  const slug = "hands-flag";
  await makeProject({ slug, name: "Trial" }, pairs(3));
  await openLabel(page, slug);
  const chosen = page.getByRole("radio", { checked: true });
  const prompt = await promptText(page);
  await page.keyboard.press("1");
  await page.keyboard.press("4");
  await page.keyboard.press("u");
  await page.keyboard.press("Control+z");
  await expect(chosen).toHaveCount(0);
  await page.keyboard.press("Shift+U");
  await expect(page.getByRole("radio", { name: "A much better" })).toBeChecked();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByRole("radio", { name: "B better" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Redo" })).toBeDisabled();

  const unsure = page.getByRole("button", { name: "Unsure" });
  await page.keyboard.press("n");
  await expect(unsure).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("f");
  const note = page.getByRole("textbox", { name: "What is wrong with this instance?" });
  await expect(note).toBeFocused();
  await page.keyboard.insertText("The prompt is cut off");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(note).not.toBeFocused();
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "Flag", exact: true })).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("f");
  await expect(note).toHaveValue("The prompt is cut off");
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.reload();
  await expectInstance(page, 1);
  await expect(unsure).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: "Flagged" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByRole("button", { name: "Flag", exact: true })).toHaveAttribute("aria-pressed", "false");
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  expect(await exportedLabels(slug)).toMatchObject([{ meta: '{"is_unsure":true}' }]);

  await page.goto(`/projects/${slug}/instances`);
  await page.getByRole("combobox", { name: "Flags" }).selectOption("Flagged");
  await expect(page.getByRole("link", { name: "Remove the filter Flags: Flagged" })).toBeVisible();
  const rows = page.getByRole("region", { name: "Instances" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(prompt);
  await rows.nth(1).getByRole("link").click();
  await expect(page.getByText("The prompt is cut off")).toBeVisible();
  await expect(page.getByRole("region", { name: "Labels" }).getByText("Unsure")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Mark as resolved" }).click();
  await expect(page.getByText("Flagged as having a problem")).toHaveCount(0);
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByText("marked that flag as resolved")).toBeVisible();
});

test("a skip is explained while the next instance is there, and today's progress is told", async ({ page }) => {
  const slug = "hands-skip";
  await makeProject({ slug, name: "Trial", taskSchema: asking({ reason: "off" }) }, pairs(5));
  await openLabel(page, slug);
  const skipped = await promptText(page);
  await page.keyboard.press("s");
  const next = await otherPrompt(page, skipped);
  await page.keyboard.press("r");
  await expect(page.getByRole("textbox", { name: "Reason for skipping" })).toBeFocused();
  await page.keyboard.insertText("Not my field, 1 2 3");
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Skipped, with your reason")).toBeVisible();
  expect(await promptText(page)).toBe(next);
  expect((await instanceOf(slug, skipped)).assignments).toMatchObject([
    { state: "skipped", skipReason: "Not my field, 1 2 3" },
  ]);
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.getByRole("button", { name: "1 of 5 today", exact: true }).click();
  const progress = page.getByRole("dialog", { name: "My progress" });
  await expect(progress).toContainText("Submitted today1");
  await expect(progress).toContainText("Skipped today1");
  await expect(
    progress.getByRole("list", { name: "Submitted in the last seven days" }).getByRole("listitem"),
  ).toHaveCount(7);
  await expect(progress).toContainText("Days begin at midnight UTC.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(progress).toHaveCount(0);
});

test("the guidelines are searched, and tell what changed since the last label", async ({ page }) => {
  const slug = "hands-guide";
  const guidelines =
    "# Rules\n\nPrefer **true** answers.\n\nA reply that is true\nand short wins.\n\n- Untrue ones lose.";
  await makeProject({ slug, name: "Trial", guidelines }, pairs(4));
  await openLabel(page, slug);
  const panel = page.getByRole("complementary", { name: "Guidelines" });
  await page.keyboard.press("g");
  const find = panel.getByRole("searchbox", { name: "Find in the guidelines" });
  await find.fill("TRUE");
  const count = panel.getByRole("status");
  await expect(count).toHaveText("1 of 3");
  const painted = () =>
    page.evaluate(() => [...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)] as const));
  expect(await painted()).toEqual([
    ["found", ["true", "true", "true"]],
    ["found-current", ["true"]],
  ]);
  await find.press("Enter");
  await find.press("Enter");
  await expect(count).toHaveText("3 of 3");
  await find.press("Enter");
  await expect(count).toHaveText("1 of 3");
  await find.press("Shift+Enter");
  await expect(count).toHaveText("3 of 3");
  await find.fill("true answers");
  await expect(count).toHaveText("1 of 1");
  await find.fill("nowhere");
  await expect(count).toHaveText("not found");
  await expectAccessible(page);
  await expect(panel).not.toContainText("Changed since");
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  const api = await apiOf();
  expect((await api.patch(`/api/v1/projects/${slug}`, { data: { guidelines: `${guidelines}\n\nNew.` } })).ok()).toBe(
    true,
  );
  await api.dispose();
  await page.reload();
  await expectInstance(page, 2);
  await page.keyboard.press("g");
  await expect(panel).toContainText("Version 2");
  await expect(panel).toContainText("Changed since you labelled last, which was with version 1: version 2");
});

test("answers by key go on to the next question, and Tab, undo and the person's choice have their way", async ({
  page,
}) => {
  const slug = "hands-on";
  await makeProject({ slug, name: "Trial", taskSchema: asking({ aspects: threeAspects }) }, pairs(5));
  await openAsNewcomer(page, slug);
  const points = (aspect: string) =>
    page.getByRole("radiogroup", { name: aspect }).getByRole("radio", { checked: true });
  const expectAnswers = async (answers: (string | null)[]) => {
    for (const [index, answer] of answers.entries()) {
      const chosen = points(threeAspects[index]!.name);
      if (answer === null) await expect(chosen).toHaveCount(0);
      else await expect(chosen).toHaveAccessibleName(answer);
    }
  };
  for (const key of ["1", "2", "b"]) await page.keyboard.press(key);
  await expectAnswers(["A much better", "A better", "Both bad"]);
  // The last one stays, to be corrected at once.
  await page.keyboard.press("3");
  await expectAnswers(["A much better", "A better", "Tie"]);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);

  // Hands that press Tab between the questions come to the same.
  for (const key of ["Tab", "1", "Tab", "2", "Tab", "3"]) await page.keyboard.press(key);
  await expectAnswers(["A much better", "A better", "Tie"]);
  await page.keyboard.press("Enter");
  await expectInstance(page, 3);

  // Undo goes back to where the slip was made.
  for (const key of ["1", "u", "5", "4"]) await page.keyboard.press(key);
  await expectAnswers(["B much better", "B better", null]);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  const goesOn = dialog.getByRole("switch", { name: "Go on to the next question after an answer" });
  const stored = keysStored(page);
  await goesOn.click();
  await stored;
  await expect(goesOn).not.toBeChecked();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  for (const key of ["1", "2"]) await page.keyboard.press(key);
  await expectAnswers(["B much better", "B better", "A better"]);
  await page.reload();
  await expectInstance(page, 3);
  await page.keyboard.press("Enter");
  await expectInstance(page, 4);
  for (const key of ["1", "2"]) await page.keyboard.press(key);
  await expectAnswers(["A better", null, null]);
});
