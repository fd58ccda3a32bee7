import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { asking, expectInstance, instanceOf, openLabel, otherPrompt, pairs, promptText, twoAspects } from "./labelling";
import { authFile, expect, openAs, test } from "./people";
import { apiOf, difficultTexts, importRecords, join, makeProject, plainPair, takeNext } from "./workspace";

test.use({ storageState: authFile("admin") });

test("a draft survives reloading", async ({ page }) => {
  await makeProject({ slug: "label-draft", name: "Trial" }, pairs(2));
  await openLabel(page, "label-draft");
  const prompt = await promptText(page);
  await page.keyboard.press("4");
  await page.getByRole("textbox", { name: "Reason (optional)" }).fill("Because");
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.reload();
  await expectInstance(page, 1);
  expect(await promptText(page)).toBe(prompt);
  await expect(page.getByRole("radio", { name: "B better" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Reason (optional)" })).toHaveValue("Because");
});

test("the next instance is laid out behind the first, where no key reaches it", async ({ page }) => {
  await makeProject({ slug: "label-ahead", name: "Trial" }, pairs(3));
  await openLabel(page, "label-ahead");
  const ahead = page.locator("[data-stage=ahead] [data-texts]");
  await expect(ahead).toHaveCount(1);
  await expect(ahead).toBeHidden();
  await expectAccessible(page);
  const submit = page.getByRole("button", { name: "Submit" });
  await submit.focus();
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("[data-stage=ahead]") ?? null)).toBeNull();
  }
  // As high as a window is for somebody who reads at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  await submit.scrollIntoViewIfNeeded();
  await expect(submit).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 720 });
  const next = await ahead.locator(".prose-reading").first().textContent();
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Instance 1 today" }).focus();
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  expect(await promptText(page)).toBe(next);
});

test("the second of two tabs that submit one assignment is told, and decides", async ({ page, context }) => {
  const slug = "label-tabs";
  await makeProject({ slug, name: "Trial" }, pairs(4));
  await openLabel(page, slug);
  const other = await context.newPage();
  await openLabel(other, slug);
  const prompt = await promptText(page);
  expect(await promptText(other)).toBe(prompt);
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();

  await other.keyboard.press("5");
  await other.keyboard.press("Enter");
  await expect(other.getByText("Submitted in another tab")).toBeVisible();
  expect(await promptText(other)).toBe(prompt);
  await expectAccessible(other);
  expect((await instanceOf(slug, prompt)).labels).toHaveLength(1);
  await other.getByRole("button", { name: "Use these answers as a revision" }).click();
  await expect(other.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await other.getByRole("button", { name: "Save revision" }).click();
  await expect.poll(async () => (await instanceOf(slug, prompt)).labels.length).toBe(2);

  // Once more, and this time the second tab gives way.
  await otherPrompt(other, prompt);
  const next = await promptText(page);
  await expect.poll(() => promptText(other)).toBe(next);
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await otherPrompt(page, next);
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await other.keyboard.press("4");
  await other.keyboard.press("Enter");
  await other.getByRole("button", { name: "Go on without" }).click();
  await otherPrompt(other, next);
  expect((await instanceOf(slug, next)).labels).toHaveLength(1);
});

test("what is submitted offline is sent once the network is back", async ({ page, context }) => {
  const slug = "label-offline";
  await makeProject({ slug, name: "Trial" }, pairs(4));
  await openLabel(page, slug);
  const prompt = await promptText(page);
  await context.setOffline(true);
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Kept on this device, not sent yet/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Instance 2 today" })).toBeAttached();
  await context.setOffline(false);
  await expect(page.locator("[data-save-state=saved]")).toBeVisible({ timeout: 90_000 });
  const { labels } = await instanceOf(slug, prompt);
  expect(labels).toHaveLength(1);
});

test("the page says why nothing is left", async ({ page }) => {
  const slug = "label-nothing";
  await makeProject({ slug, name: "Trial", overlap: 1 });
  await page.goto(`/projects/${slug}/label`);
  await expect(page.getByRole("heading", { name: "No instances yet" })).toBeVisible();
  await expectAccessible(page);
  await importRecords(slug, pairs(1));
  await page.getByRole("button", { name: "Look again" }).click();
  await expectInstance(page, 1);
  await page.keyboard.press("3");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open history" }).click();
  await expect(page.getByRole("complementary", { name: "History" }).getByRole("listitem")).toHaveCount(1);

  await importRecords(slug, [plainPair("lent")]);
  await join(slug, "researcher");
  expect(await takeNext(slug, "researcher")).not.toBeNull();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Nothing is left for you at the moment" })).toBeVisible();
});

test("changed guidelines and changed questions are told", async ({ page }) => {
  const slug = "label-changes";
  await makeProject({ slug, name: "Trial", guidelines: "Old rules" }, pairs(6));
  await openLabel(page, slug);
  const api = await apiOf();
  const patch = async (data: object) => {
    const response = await api.patch(`/api/v1/projects/${slug}`, { data });
    expect(response.ok(), await response.text()).toBe(true);
  };
  await patch({ guidelines: "New rules" });
  for (let i = 1; i <= 2; i++) {
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await expectInstance(page, i + 1);
    await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  }
  await page.getByRole("button", { name: "Load the new ones" }).click();
  await expect(page.getByText("The guidelines of this project have changed.")).toHaveCount(0);
  await page.keyboard.press("g");
  await expect(page.getByRole("complementary", { name: "Guidelines" })).toContainText("New rules");
  await page.keyboard.press("g");

  await patch({ taskSchema: asking({ aspects: twoAspects }) });
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Load the new questions" }).click();
  await expect(page.getByRole("radiogroup", { name: "Style" })).toBeVisible();
  await api.dispose();
});

test("neither the page nor what it fetches tells models, ids or what others said", async ({ page, browser }) => {
  const slug = "label-blind";
  const secrets = [
    "secret-model-x",
    "secret-model-y",
    "secret-instance",
    "secret-completion",
    "secret-annotator",
    "secret-reason",
    "secret-gold",
    "secret-meta",
    "secret-reference",
  ];
  await makeProject(
    { slug, name: "Trial" },
    [1, 2, 3].map((i) => ({
      id: `secret-instance-${i}`,
      prompt: `Question ${i}`,
      reference: "secret-reference",
      gold: "secret-gold",
      origin: "secret-meta",
      completions: [
        { id: "secret-completion-1", text: `one ${i}`, model: "secret-model-x" },
        { id: "secret-completion-2", text: `two ${i}`, model: "secret-model-y" },
      ],
      labels: [
        { annotator: "secret-annotator", kind: "lm", type: "comparison", preferred: 0, rationale: "secret-reason" },
      ],
    })),
  );
  await join(slug, "annotator");
  const annotator = await openAs(browser, "annotator");
  const bodies: Promise<string>[] = [];
  annotator.on("response", (response) => {
    if (!response.url().includes("/_next/")) bodies.push(response.text().catch(() => ""));
  });
  await openLabel(annotator, slug);
  const first = await promptText(annotator);
  await annotator.keyboard.press("1");
  await annotator.keyboard.press("Enter");
  await otherPrompt(annotator, first);
  await expect(annotator.locator("[data-save-state=saved]")).toBeVisible();
  await annotator.getByRole("button", { name: "History" }).click();
  await expect(annotator.getByRole("complementary", { name: "History" }).getByRole("listitem")).toHaveCount(1);
  bodies.push(annotator.content());
  const all = (await Promise.all(bodies)).join("\n");
  expect(all).toContain("Question 1");
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  await annotator.context().close();
  await page.goto(`/projects/${slug}/instances`);
  await expect(page.getByText("secret-model-x").first()).toBeAttached();
});

test("difficult texts are shown side by side, and nothing in them runs", async ({ page }) => {
  await makeProject(
    { slug: "label-texts", name: "Trial" },
    difficultTexts.map(({ name, text }) => ({
      id: name,
      prompt: text,
      completions: [{ text }, { text: `other: ${text}` }],
    })),
  );
  await openLabel(page, "label-texts");
  for (let i = 1; i <= difficultTexts.length; i++) {
    await expectInstance(page, i);
    const { shows } = await findShown(page);
    await expect(page.getByRole("group", { name: "A" }).getByText(shows).first()).toBeAttached();
    expect(await page.evaluate(() => (window as { __ran?: unknown }).__ran)).toBeUndefined();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 375, height: 667 }, hasTouch: true });

  test("labelling needs no sideways scroll, and turns between questions", async ({ page }) => {
    const slug = "label-phone";
    await makeProject(
      { slug, name: "Trial", guidelines: "Rules", taskSchema: asking({ scale: 9, aspects: twoAspects }) },
      [
        {
          id: "wide",
          prompt: `A ${"w".repeat(300)}`,
          completions: [
            { text: "| a | b |\n| - | - |\n| " + "c".repeat(200) + " | d |" },
            { text: "```\n" + "x".repeat(300) + "\n```" },
          ],
        },
        plainPair("next"),
      ],
    );
    await openLabel(page, slug);
    await expectNoSidewaysScroll(page);
    await page.getByRole("radiogroup", { name: "Overall" }).getByText("A 1").tap();
    await expect(page.getByRole("radio", { name: "A slightly better" }).first()).toBeChecked();
    await expect(page.getByRole("radiogroup", { name: "Style" })).toBeHidden();
    await page.getByRole("group", { name: "Questions" }).getByRole("button", { name: "Style" }).tap();
    await page.getByRole("radiogroup", { name: "Style" }).getByText("Both bad").tap();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Guidelines" }).tap();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close guidelines" }).tap();
    await page.getByRole("button", { name: "Submit and next" }).tap();
    await expectInstance(page, 2);
  });
});

async function findShown(page: Page) {
  const prompt = await page.getByRole("region", { name: "Prompt" }).locator(".prose-reading").innerText();
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "").slice(0, 12);
  return difficultTexts.find(({ text }) => words(text) === words(prompt))!;
}
