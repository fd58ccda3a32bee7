import type { Page } from "@playwright/test";
import type { CreateProjectInput, Question, TaskSchema } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectInstance, exportedLabels, instanceOf, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const steps: Question = {
  ...{ id: "steps", type: "steps", name: "Steps", definition: "Is the step right?" },
  ...{ cut: "line", flags: ["slip", "unclear"] },
};
const critique: Question = {
  ...{ id: "critique", type: "critique", name: "Critique", definition: "What is wrong with it?" },
  ...{ isRequired: true, rewrite: "off" },
};

async function makeAsking(slug: string, questions: Question[], records: object[]): Promise<void> {
  const taskSchema: TaskSchema = { questions, reason: "off" };
  const input: CreateProjectInput = { slug, name: "Trial", overlap: 1, taskSchema };
  await makeProject(input, records);
}

/** An instance whose completions have these steps. */
const chain = (id: string, ...completions: string[][]) => ({
  ...{ id, prompt: `Question ${id}` },
  completions: completions.map((own) => ({ text: own.join("\n"), steps: own })),
});

const stepsOf = (count: number, word = "Step") => Array.from({ length: count }, (_, n) => `${word} ${n + 1} of it`);
const judgement = (page: Page, name: string) => page.getByRole("radiogroup", { name, exact: true });
const said = (page: Page, step: string, label: string) =>
  expect(judgement(page, step).getByRole("radio", { name: label })).toBeChecked();
const row = (page: Page, number: number) => page.getByRole("listitem").filter({ hasText: `Step ${number} of it` });
const about = (page: Page, step: number) => page.getByRole("group", { name: `About step ${step} of A` });
const saved = (page: Page) => expect(page.getByText("Saved", { exact: true })).toBeVisible();

/** What the export says of one completion each, by completion, once all is saved. */
async function exportedPayloads(page: Page, slug: string): Promise<{ completion: number }[]> {
  await saved(page);
  const rows = await exportedLabels(slug);
  const payloads = rows.map(({ payload }) => JSON.parse(payload!) as { completion: number });
  return payloads.sort((a, b) => a.completion - b.completion);
}

test("steps are judged by keyboard, kept as a draft, submitted, exported and revised", async ({ page }) => {
  const slug = "steps-keys";
  await makeAsking(slug, [steps], [chain("q1", stepsOf(4)), chain("q2", stepsOf(2))]);
  await openLabel(page, slug);
  await page.keyboard.press("Tab");
  await expect(judgement(page, "Step 1 of A").getByRole("radio", { name: "Good" })).toBeFocused();
  await page.keyboard.press("+");
  await said(page, "Step 1 of A", "Good");
  await page.keyboard.press("4");
  await page.keyboard.press("-");
  await said(page, "Step 2 of A", "Bad");
  await expect(about(page, 2).getByRole("button", { name: "slip" })).toHaveAttribute("aria-pressed", "true");
  await expect(about(page, 2).getByRole("button", { name: "First error" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("2 of 4 judged, first error in step 2")).toBeVisible();
  await page.keyboard.press("3");
  await said(page, "Step 3 of A", "Bad");
  await page.keyboard.press("u");
  await expect(judgement(page, "Step 3 of A").getByRole("radio", { checked: true })).toHaveCount(0);
  await page.keyboard.press("3");
  await saved(page);

  await page.reload();
  await expectInstance(page, 1);
  await said(page, "Step 3 of A", "Bad");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Steps of A, step 4 is not answered yet.")).toBeVisible();
  await page.keyboard.press("0");
  await said(page, "Step 4 of A", "Neutral");
  // The second step was only careless: the error is in the third.
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("e");
  await expect(page.getByText("4 of 4 judged, first error in step 3")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  const labels = ["good", "bad", "bad", "neutral"];
  const judged = labels.map((label, index) => ({ index, label, flags: index === 1 ? ["slip"] : [] }));
  expect(await exportedPayloads(page, slug)).toEqual([{ completion: 0, steps: judged, firstError: 2 }]);

  await page.keyboard.press("Backspace");
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await about(page, 3).getByRole("button", { name: "First error" }).click();
  await expect(page.getByText("none of them the first error")).toBeVisible();
  await page.getByRole("button", { name: "Save revision" }).click();
  await expectInstance(page, 2);
  expect(await exportedPayloads(page, slug)).toEqual([{ completion: 0, steps: judged, firstError: null }]);
  const { id, labels: all } = await instanceOf(slug, "Question q1");
  expect(all.map(({ revision }) => revision)).toEqual([1, 2]);
  await page.goto(`/projects/${slug}/instances/${id}`);
  await page.getByText("Completion 1: 1 good, 1 neutral, 2 bad, no error").click();
  await expect(page.getByText("step 2: bad, slip")).toBeVisible();
  // What is half hidden under the page's head would be too small a target.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessible(page);
});

test("steps of two completions are judged by mouse", async ({ page }) => {
  const slug = "steps-mouse";
  const [long, short] = [stepsOf(3), ["Only $x^2$ here"]];
  await makeAsking(slug, [steps], [chain("q1", long, short)]);
  await openLabel(page, slug);
  const letterOfLong = (await page.getByRole("list", { name: "Steps of A" }).getByRole("listitem").count()) === 3;
  const [a, b] = letterOfLong ? ["A", "B"] : ["B", "A"];
  const press = (step: string, label: string) => judgement(page, step).getByTitle(label).click();
  await expect(page.locator(".katex")).toHaveCount(1);
  await press(`Step 1 of ${a}`, "Good");
  await press(`Step 3 of ${a}`, "Bad");
  await press(`Step 2 of ${a}`, "Bad");
  // The mouse stays at the step for its flags; the row's text leads to a step as well.
  const flags = (step: number) => page.getByRole("group", { name: `About step ${step} of ${a}` });
  await flags(2).getByRole("button", { name: "unclear" }).click();
  await page.getByText("Step 3 of it").click();
  await flags(3).getByRole("button", { name: "slip" }).click();
  await expect(flags(2).getByRole("button", { name: "slip" })).toHaveCount(0);
  await page.getByRole("button", { name: `${b}: 0 of 1 judged` }).click();
  await page.keyboard.press("2");
  await said(page, `Step 1 of ${b}`, "Neutral");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  expect(await exportedPayloads(page, slug)).toEqual([
    {
      ...{ completion: 0, firstError: 1 },
      steps: [
        { index: 0, label: "good", flags: [] },
        { index: 1, label: "bad", flags: ["unclear"] },
        { index: 2, label: "bad", flags: ["slip"] },
      ],
    },
    { completion: 1, steps: [{ index: 0, label: "neutral", flags: [] }], firstError: null },
  ]);
});

test("the step that keys judge stays in sight of a long chain, and the bar stays small", async ({ page }) => {
  const slug = "steps-long";
  await makeAsking(slug, [steps], [chain("q1", stepsOf(40))]);
  await openLabel(page, slug);
  for (let step = 1; step < 40; step += 1) await page.keyboard.press("+");
  await expect(row(page, 40)).toBeInViewport({ ratio: 1 });
  await expect(row(page, 1)).not.toBeInViewport();
  const bar = await page.getByRole("form", { name: "Answers" }).boundingBox();
  expect(bar!.height).toBeLessThan(160);
  await saved(page);
  await page.reload();
  await expectInstance(page, 1);
  await expect(row(page, 40)).toBeInViewport({ ratio: 1 });
  for (let step = 40; step > 1; step -= 1) await page.keyboard.press("ArrowUp");
  await expect(row(page, 1)).toBeInViewport({ ratio: 1 });
});

const replies = (id: string, ...texts: string[]) => ({
  ...{ id, prompt: `Question ${id}`, completions: texts.map((text) => ({ text })) },
});

test("a critique is typed where keys are text, kept as a draft, and submitted from the box", async ({ page }) => {
  const slug = "critique-keys";
  await makeAsking(slug, [critique], [replies("q1", "One reply"), replies("q2", "Another reply")]);
  await openLabel(page, slug);
  const box = page.getByRole("textbox", { name: "Critique of A (required)" });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Not answered yet.")).toBeVisible();
  await expect(box).toBeFocused();
  await page.keyboard.type("Says 1 thing, skips u and s?");
  await expect(box).toHaveValue("Says 1 thing, skips u and s?");
  await page.keyboard.press("Escape");
  await expect(box).not.toBeFocused();
  await page.keyboard.press("u");
  await expect(box).toHaveValue("");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Too short.");
  await saved(page);
  await page.reload();
  await expect(box).toHaveValue("Too short.");
  await expectAccessible(page);
  await box.focus();
  await page.keyboard.press("Control+Enter");
  await expectInstance(page, 2);
  const payload = { completion: 0, text: "Too short.", quotes: [], rewrite: null };
  expect(await exportedPayloads(page, slug)).toEqual([payload]);

  await page.keyboard.press("Backspace");
  await expect(box).toHaveValue("Too short.");
  await box.fill("Much too short.");
  await page.getByRole("button", { name: "Save revision" }).click();
  await expectInstance(page, 2);
  expect(await exportedPayloads(page, slug)).toEqual([{ ...payload, text: "Much too short." }]);
});

test("a rewrite starts from the text, shows what it changes, and goes back to it", async ({ page }) => {
  const slug = "critique-rewrite";
  const asked: Question = { ...critique, isRequired: false, rewrite: "optional" };
  await makeAsking(slug, [asked], [replies("q1", "The **cat** sat\non a mat.", "Another reply")]);
  await openLabel(page, slug);
  const letter = (await page.getByRole("group", { name: "A", exact: true }).innerText()).includes("cat") ? "A" : "B";
  await page.getByRole("button", { name: `Rewrite ${letter}` }).click();
  const box = page.getByRole("textbox", { name: `Rewrite of ${letter}` });
  const changes = page.getByRole("group", { name: `Changes to ${letter}` });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("The **cat** sat\non a mat.");
  await expect(changes).toContainText("Nothing is changed yet");
  await box.fill("The **dog** sat\non a mat.");
  await expect(changes.locator("del")).toHaveText("cat");
  await expect(changes.locator("ins")).toHaveText("dog");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back to the original" }).click();
  await expect(box).toHaveValue("The **cat** sat\non a mat.");
  await expect(box).toBeFocused();
  await box.fill("A **dog** sat\non a mat.");
  await saved(page);
  await page.reload();
  await expect(box).toHaveValue("A **dog** sat\non a mat.");
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  expect(await exportedPayloads(page, slug)).toEqual([
    { completion: 0, text: "", quotes: [], rewrite: "A **dog** sat\non a mat." },
  ]);
  const { id } = await instanceOf(slug, "Question q1");
  await page.goto(`/projects/${slug}/instances/${id}`);
  await page.getByText("rewritten", { exact: true }).click();
  await expect(page.locator("ins").first()).toBeVisible();
  await expectAccessible(page);
});

test("a rewrite that is required is asked for", async ({ page }) => {
  const slug = "critique-required";
  await makeAsking(slug, [{ ...critique, rewrite: "required" }], [replies("q1", "A reply")]);
  await openLabel(page, slug);
  await page.getByRole("textbox", { name: "Critique of A" }).fill("Dull.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Critique of A, rewrite is not answered yet.")).toBeVisible();
  const box = page.getByRole("textbox", { name: "Rewrite of A (required)" });
  await expect(box).toBeFocused();
  await box.fill("A lively reply");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  expect(await exportedPayloads(page, slug)).toEqual([
    { completion: 0, text: "Dull.", quotes: [], rewrite: "A lively reply" },
  ]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true });

  test("critiques and rewrites are written below the texts", async ({ page }) => {
    const slug = "critique-phone";
    const texts = ["A sentence that goes on. ".repeat(60), "x".repeat(600)];
    await makeAsking(slug, [{ ...critique, rewrite: "optional" }], [replies("q1", ...texts)]);
    await openLabel(page, slug);
    for (const letter of ["A", "B"]) await page.getByRole("textbox", { name: `Critique of ${letter}` }).fill("Long.");
    await page.getByRole("button", { name: "Rewrite B" }).tap();
    await page.getByRole("textbox", { name: "Rewrite of B" }).fill("Shorter");
    await expect(page.getByRole("group", { name: "Changes to B" }).locator("ins")).toHaveText("Shorter");
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Submit and next" }).tap();
    await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
    const { labels } = await instanceOf(slug, "Question q1");
    expect(labels.map(({ payload }) => payload.text)).toEqual(["Long.", "Long."]);
    expect(labels.filter(({ payload }) => payload.rewrite === "Shorter")).toHaveLength(1);
  });

  test("steps have their judgement below them", async ({ page }) => {
    const slug = "steps-phone";
    await makeAsking(slug, [steps], [chain("q1", stepsOf(6))]);
    await openLabel(page, slug);
    for (let step = 1; step <= 6; step += 1) await judgement(page, `Step ${step} of A`).getByTitle("Good").tap();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Submit and next" }).tap();
    await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  });
});
