import type { Locator, Page } from "@playwright/test";
import type { LabelView } from "@/lib/labels/schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { asking, expectInstance, exportedLabels, instanceOf, openLabel, promptText } from "./labelling";
import { authFile, expect, test } from "./people";
import { apiOf, makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const ranking: Question = { id: "ranking", type: "ranking", name: "Order", definition: "Which is best?" };
const binary: Question = { id: "binary", type: "binary", name: "Right", definition: "Is it right?", kind: "correct" };
const rating = (scale: Extract<Question, { type: "rating" }>["scale"]): Question => ({
  ...{ id: "rating", type: "rating", scale },
  aspects: [
    { id: "helpful", name: "Helpful", definition: "Does it help?" },
    { id: "clear", name: "Clear", definition: "Is it easy to read?" },
  ],
});
const points = { kind: "points", points: 5, low: "not at all", high: "fully" } as const;

const texts = ["Red", "Green", "Blue"];
/** Instances with so many completions, each of one word. */
function groups(count: number, completions = 3): object[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `g${n + 1}`, prompt: `Question g${n + 1}` },
    completions: texts.slice(0, completions).map((text) => ({ text })),
  }));
}

async function makeAsking(slug: string, questions: Question[], records = groups(2)): Promise<void> {
  const taskSchema: TaskSchema = { questions, reason: "optional" };
  await makeProject({ slug, name: "Trial", overlap: 1, taskSchema }, records);
}

/** The current labels of the instance with that prompt, as researchers see them. */
async function labelsOf(slug: string, prompt: string): Promise<LabelView[]> {
  const { labels } = await instanceOf(slug, prompt);
  return labels.filter(({ isCurrent }) => isCurrent);
}

/** The texts in the order shown. */
async function shownTexts(page: Page): Promise<string[]> {
  const panes = page.locator("[data-pane] .prose-reading");
  await expect(panes.first()).toBeVisible();
  return (await panes.allInnerTexts()).map((text) => text.trim());
}

const row = (page: Page, name: string) => page.getByRole("radiogroup", { name, exact: true });
/** The nth choice of a row, as the mouse finds it. */
const choice = (page: Page, name: string, nth: number) =>
  row(page, name)
    .locator("label")
    .nth(nth - 1);

test("a ranking by keyboard is the same on the page, in the API and in the export", async ({ page }) => {
  const slug = "types-ranking";
  await makeAsking(slug, [ranking]);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const shown = await shownTexts(page);
  expect([...shown].sort()).toEqual([...texts].sort());

  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Order of C is not answered yet.")).toBeVisible();
  // C has the focus now, and ties with the worst so far.
  await page.keyboard.press("=");
  await expect(row(page, "Rank of C").getByRole("radio", { name: "Rank 2" })).toBeChecked();
  await expect(page.getByText("B > A = C")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();

  const ranks = texts.map((text) => [2, 1, 2][shown.indexOf(text)]);
  const order = shown.map((text) => texts.indexOf(text));
  expect(await labelsOf(slug, prompt)).toMatchObject([
    { question: "ranking", type: "ranking", target: "", payload: { ranks }, shownOrder: order },
  ]);
  const [label] = await exportedLabels(slug);
  expect(JSON.parse(label!.payload!)).toEqual({ ranks });
  expect(label!.shown_order).toBe(order.join("-"));
  // Back, and it is shown as it was said.
  await page.keyboard.press("Backspace");
  await expect(row(page, "Rank of A").getByRole("radio", { name: "Rank 2" })).toBeChecked();
  await expect(page.getByText("B > A = C")).toBeVisible();
});

/** Drags the card of a completion to a rank. */
async function drag(page: Page, letter: string, rank: number): Promise<void> {
  const middleOf = async (element: Locator) => {
    const { x, y, width, height } = (await element.boundingBox())!;
    return [x + width / 2, y + height / 2] as const;
  };
  await page.mouse.move(...(await middleOf(page.getByTitle(`Drag ${letter} to a rank`))));
  await page.mouse.down();
  await page.mouse.move(...(await middleOf(page.locator(`[data-lane="${rank}"]`))), { steps: 4 });
  await page.mouse.up();
}

test("a ranking by mouse, undone and dragged again", async ({ page }) => {
  const slug = "types-ranking-mouse";
  await makeAsking(slug, [ranking], groups(1, 2));
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const shown = await shownTexts(page);
  await choice(page, "Rank of A", 2).click();
  await choice(page, "Rank of B", 2).click();
  await expect(page.getByText("A = B")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "Rank of B").getByRole("radio", { checked: true })).toHaveCount(0);
  await drag(page, "B", 1);
  await expect(row(page, "Rank of B").getByRole("radio", { name: "Rank 1" })).toBeChecked();
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  expect(await labelsOf(slug, prompt)).toMatchObject([
    { payload: { ranks: texts.slice(0, 2).map((text) => [2, 1][shown.indexOf(text)]) } },
  ]);
});

test("a rating keeps one value after five clicks, and digits with Tab rate the rest", async ({ page }) => {
  const slug = "types-rating";
  await makeAsking(slug, [rating(points)], groups(2, 2));
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const shown = await shownTexts(page);
  const first = row(page, "Helpful of A");
  for (const point of [1, 4, 2, 5, 3]) await choice(page, "Helpful of A", point).click();
  await expect(first.getByRole("radio", { checked: true })).toHaveCount(1);
  await expect(first.getByRole("radio", { name: "3" })).toBeChecked();
  for (const key of ["2", "5", "1"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.press(key);
  }
  await expect(row(page, "Clear of B").getByRole("radio", { name: "1, not at all" })).toBeChecked();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("4");
  await expect(row(page, "Clear of A").getByRole("radio", { name: "4" })).toBeChecked();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();

  const said = { helpful: [3, 2], clear: [4, 1] };
  const labels = await labelsOf(slug, prompt);
  expect(labels).toHaveLength(4);
  for (const [aspect, values] of Object.entries(said)) {
    for (const [position, value] of values.entries()) {
      const completion = texts.indexOf(shown[position]!);
      const label = labels.find((one) => one.aspect === aspect && one.target === String(completion))!;
      expect(label).toMatchObject({ payload: { completion, aspect, value }, revision: 1 });
    }
  }
});

test("numbers of a range are typed or dragged, and one outside of it is asked for again", async ({ page }) => {
  const slug = "types-range";
  const question = rating({ kind: "range", min: 0, max: 100, step: 1 });
  await makeAsking(
    slug,
    [{ ...question, aspects: [{ id: "overall", name: "Overall", definition: "" }] } as Question],
    groups(1, 2),
  );
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const box = page.getByRole("spinbutton", { name: "Overall of A" });
  await page.keyboard.press("Tab");
  await expect(box).toBeFocused();
  await page.keyboard.type("170");
  await page.getByRole("slider", { name: "Overall of B, slider" }).fill("35");
  await expect(page.getByRole("spinbutton", { name: "Overall of B" })).toHaveValue("35");
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByText("Overall of A is not answered yet.")).toBeVisible();
  await expect(box).toBeFocused();
  await box.fill("70");
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  const values = (await labelsOf(slug, prompt)).map(({ payload }) => payload.value);
  expect(values.sort()).toEqual([35, 70]);
});

test("categories and yes or no, for one completion", async ({ page }) => {
  const slug = "types-single";
  const categories = ["no", "unsure", "yes"].map((value) => ({ value, name: `It is: ${value}` }));
  await makeAsking(slug, [rating({ kind: "categories", categories }), binary], groups(2, 1));
  await openLabel(page, slug);
  const prompt = await promptText(page);
  await page.keyboard.press("3");
  await expect(row(page, "Helpful of A").getByRole("radio", { name: "It is: yes" })).toBeChecked();
  await row(page, "Clear of A").getByText("It is: unsure").click();
  await page.keyboard.press("Tab");
  await page.keyboard.press("2");
  await expect(row(page, "Right of A").getByRole("radio", { name: "No" })).toBeChecked();
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();
  const labels = await labelsOf(slug, prompt);
  expect(labels.map(({ question, aspect, payload }) => [question, aspect, payload.value])).toEqual([
    ["rating", "helpful", "yes"],
    ["rating", "clear", "unsure"],
    ["binary", "correct", false],
  ]);
  await page.goto(`/projects/${slug}/instances/${labels[0]!.instanceId}`);
  const table = page.getByRole("region", { name: "Labels", exact: true });
  await expect(table.getByText("Completion 1: It is: yes")).toBeVisible();
  await expect(table.getByText("Completion 1: no")).toBeVisible();
  await expectAccessible(page);
});

test("a comparison beside other questions is about the first two shown", async ({ page }) => {
  const slug = "types-mixed";
  await makeAsking(slug, [...asking({}).questions, binary]);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  const shown = (await shownTexts(page)).map((text) => texts.indexOf(text));
  await page.keyboard.press("Tab");
  await page.keyboard.press("1");
  for (const key of ["1", "2", "1"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.press(key);
  }
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  await expect(page.getByText("Saved")).toBeVisible();
  const labels = await labelsOf(slug, prompt);
  const pair = shown.slice(0, 2).sort();
  expect(labels.find(({ type }) => type === "comparison")!.payload).toMatchObject({
    pair,
    preferred: pair.indexOf(shown[0]!),
  });
  const binaries = labels.filter(({ type }) => type === "binary").map(({ payload }) => payload);
  expect(binaries).toHaveLength(3);
  expect(binaries.find(({ value }) => value === false)).toMatchObject({ completion: shown[1] });
});

test("the settings page shows other questions than a comparison and leaves them as they are", async ({ page }) => {
  const slug = "types-settings";
  await makeAsking(slug, [rating(points), ranking], []);
  await page.goto(`/projects/${slug}/settings`);
  const questions = page.getByRole("list", { name: "Questions" });
  await expect(questions.getByRole("listitem")).toHaveCount(2);
  await expect(questions).toContainText("Rating of each completion: 1 to 5");
  await expect(page.getByRole("link", { name: "Edit the task schema" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Description").fill("Changed");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  const api = await apiOf();
  const stored = (await (await api.get(`/api/v1/projects/${slug}`)).json()) as Record<string, unknown>;
  expect(stored).toMatchObject({
    ...{ description: "Changed", schemaVersion: 1 },
    taskSchema: { questions: [rating(points), ranking] },
  });
  await api.dispose();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true });

  test("ratings and rankings fit, one question at a time", async ({ page }) => {
    const slug = "types-phone";
    await makeAsking(slug, [rating({ kind: "points", points: 10 }), ranking, binary], groups(1));
    await openLabel(page, slug);
    const tabs = page.getByRole("group", { name: "Questions" });
    for (const letter of ["A", "B", "C"]) await choice(page, `Helpful of ${letter}`, 10).tap();
    await expect(row(page, "Clear of A")).toBeHidden();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await tabs.getByRole("button", { name: "Clear" }).tap();
    for (const letter of ["A", "B", "C"]) await choice(page, `Clear of ${letter}`, 7).tap();
    await tabs.getByRole("button", { name: "Order" }).tap();
    for (const [letter, rank] of Object.entries({ A: 3, B: 1, C: 2 }))
      await choice(page, `Rank of ${letter}`, rank).tap();
    await expectAccessible(page);
    await tabs.getByRole("button", { name: "Right" }).tap();
    for (const letter of ["A", "B", "C"]) await choice(page, `Right of ${letter}`, 1).tap();
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: "Submit and next" }).tap();
    await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
    const labels = await labelsOf(slug, "Question g1");
    expect(labels.map(({ type }) => type).sort()).toEqual([
      ...["binary", "binary", "binary", "ranking", ...Array<string>(6).fill("rating")],
    ]);
  });
});
