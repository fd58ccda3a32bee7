import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { authFile, expect, openAs, people, projectSlug, test } from "./people";

/** What the annotator saw and pressed for one instance. */
type Click = { prompt: string; a: string; b: string; key: string; reason: string };
type FileRecord = { id: string; prompt: string; completions: { id: string; text: string }[] };
type LabelRow = {
  instance_id: string;
  payload: string;
  completion_ids: string[];
  shown_order: string;
  rationale: string;
  revision: number;
  annotator: string;
};
type PreferenceRow = {
  instance_id: string;
  prompt: string;
  chosen: string;
  rejected: string;
  strength: number;
  label_count: number;
};

const fixture = "e2e/fixtures/pandalm-excerpt.jsonl";
// Every point of the scale, both bad among them, in no order that a mirrored file could hide behind.
const keys = ["1", "5", "3", "2", "4", "b", "1", "1", "2", "5", "3", "4", "2", "1", "5", "b", "4", "2", "3", "1"];
const clicks: Click[] = [];

test.describe.configure({ mode: "serial" });

test("a researcher checks a file and imports it", async ({ browser }) => {
  const page = await openAs(browser, "researcher");
  await page.goto(`/projects/${projectSlug}/import`);
  await page.locator("input[type=file]").setInputFiles(fixture);
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("Nothing was stored: this was a check")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Import of pandalm-excerpt.jsonl" })).toBeVisible();
  await expect(page.getByText("30 created")).toBeVisible();
  await page.goto(`/projects/${projectSlug}/instances`);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(31);
  await page.context().close();
});

test("an annotator labels twenty instances with the keyboard alone", async ({ browser }) => {
  const page = await openAs(browser, "annotator");
  await page.goto(`/projects/${projectSlug}/label`);
  for (const [index, key] of keys.entries()) {
    await expect(page.getByRole("heading", { name: `Instance ${index + 1} today` })).toBeAttached();
    clicks.push({ ...(await readTexts(page)), key, reason: "" });
    await page.keyboard.press(key);
    if (index === 4) await writeReason(page, "B keeps to the question\nand is shorter");
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("heading", { name: "Instance 21 today" })).toBeAttached();
  await expect(page.getByText("Saved")).toBeVisible();

  // Back to the last one, to change her mind.
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  expect(await readTexts(page)).toMatchObject({ a: clicks.at(-1)!.a, b: clicks.at(-1)!.b });
  clicks.at(-1)!.key = "5";
  await page.keyboard.press("5");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Instance 21 today" })).toBeAttached();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.context().close();
});

test("what was clicked is what the export says, order and ties included", async ({ browser }) => {
  const page = await openAs(browser, "researcher");
  await page.goto(`/projects/${projectSlug}/export`);
  await page.getByLabel("Name").fill("first twenty");
  await page.getByRole("button", { name: "Make snapshot" }).click();
  const labels = (await download(page, "Labels (all)")) as LabelRow[];
  const preferences = (await download(page, "Standard (overall, labels)")) as PreferenceRow[];
  const manifest = await page.getByRole("table").first().innerText();

  const records = (await readFile(fixture, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as FileRecord);
  const mine = labels.filter((row) => row.annotator.startsWith("user:"));
  expect(mine).toHaveLength(clicks.length);
  for (const click of clicks) {
    // Other instances have the same prompt, some with one of the same completions.
    const shows = ({ prompt, completions }: FileRecord) =>
      isSame(prompt, click.prompt) &&
      [click.a, click.b].every((shown) => completions.some(({ text }) => isSame(text, shown)));
    const record = records.find(shows)!;
    const row = mine.find((one) => one.instance_id === record.id)!;
    const order = row.shown_order.split("-").map(Number);
    expect(order.map((index) => plain(record.completions[index]!.text))).toEqual([click.a, click.b]);
    expect(JSON.parse(row.payload)).toEqual(expectedPayload(click.key, order));
    expect(row.rationale).toBe(click.reason);
    expect(row.revision).toBe(click === clicks.at(-1) ? 2 : 1);
    const preference = preferences.find((one) => one.instance_id === record.id);
    if (click.key === "3" || click.key === "b") {
      expect(preference).toBeUndefined();
      continue;
    }
    const isFirst = Number(click.key) < 3;
    expect(plain(preference!.prompt)).toBe(click.prompt);
    expect(plain(preference!.chosen)).toBe(isFirst ? click.a : click.b);
    expect(plain(preference!.rejected)).toBe(isFirst ? click.b : click.a);
  }
  expect(manifest).toMatch(/3 ties, 2 both bad/);
  await page.context().close();
});

test("the same snapshot gives the same bytes again, whatever is labelled meanwhile", async ({ browser }) => {
  const page = await openAs(browser, "researcher");
  await page.goto(`/projects/${projectSlug}/export`);
  const before = JSON.stringify(await download(page, "Labels (all)"));
  const annotator = await openAs(browser, "annotator");
  await annotator.goto(`/projects/${projectSlug}/label`);
  await expect(annotator.getByRole("heading", { name: "Instance 21 today" })).toBeAttached();
  await annotator.keyboard.press("2");
  await annotator.keyboard.press("Enter");
  await expect(annotator.getByRole("heading", { name: "Instance 22 today" })).toBeAttached();
  expect(JSON.stringify(await download(page, "Labels (all)"))).toBe(before);
  await annotator.context().close();
  await page.context().close();
});

test.describe("the researcher", () => {
  test.use({ storageState: authFile("researcher") });

  test("sees who answered what on the instance's page", async ({ page }) => {
    await page.goto(`/projects/${projectSlug}/instances?status=in-progress`);
    await page.getByRole("table").getByRole("link").first().click();
    await expect(page.getByRole("cell", { name: people.annotator.email })).toBeVisible();
  });
});

async function readTexts(page: Page): Promise<{ prompt: string; a: string; b: string }> {
  const [prompt, a, b] = await Promise.all([
    page.getByRole("region", { name: "Prompt" }).locator(".prose-reading").innerText(),
    page.getByRole("group", { name: "A" }).innerText(),
    page.getByRole("group", { name: "B" }).innerText(),
  ]);
  return { prompt: plain(prompt), a: plain(a), b: plain(b) };
}

async function writeReason(page: Page, reason: string): Promise<void> {
  await page.keyboard.press("r");
  await page.keyboard.insertText(reason);
  await page.keyboard.press("Escape");
  clicks.at(-1)!.reason = reason;
}

/** Rows of the newest snapshot's file behind the link with that name. */
async function download(page: Page, link: string): Promise<unknown[]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link }).first().click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

function expectedPayload(key: string, order: number[]): object {
  const isTie = key === "3" || key === "b";
  const shown = Number(key) < 3 ? 0 : 1;
  return {
    pair: [0, 1],
    preferred: isTie ? "tie" : order[shown],
    bothBad: key === "b",
    strength: isTie ? 0 : Math.abs(Number(key) - 3),
    scale: 5,
  };
}

/** Letters alone: rendering moves white space, takes markup away and draws the numbers of lists itself. */
function plain(text: string): string {
  return text.replace(/[^\p{L}]+/gu, "");
}

function isSame(raw: string, shown: string): boolean {
  return plain(raw) === shown;
}
