import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { CreateProjectInput } from "@/lib/projects/schema";
import { preferring, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { openLabel, promptText } from "./labelling";
import { authFile, expect, openAs, test } from "./people";
import { join, makeProject } from "./workspace";

const slug = "whole-loop";
const home = `/projects/${slug}`;
const key = "sk-of-the-whole-loop";
const instances = 60;
const retrainAfter = 55;
const clear = "It answers clearly and gives its sources";
const vague = "Perhaps so, perhaps not, nobody can tell";
let server: JudgeServer;

type LabelRow = { instance_id: string; source: string; payload: string; completion_ids: string[] };

test.use({ storageState: authFile("admin") });
test.describe.configure({ mode: "serial" });

/** People and judge agree: what is clear is better. The clear one comes first and second by turns. */
function records(): object[] {
  return Array.from({ length: instances }, (_, n) => {
    const texts = [`${clear} on subject ${n}.`, `${vague} on subject ${n}.`];
    const completions = (n % 2 === 0 ? texts : texts.toReversed()).map((text) => ({ text }));
    return { id: `loop-${n}`, prompt: `What is known of subject ${n}?`, completions };
  });
}

test.beforeAll(async () => {
  server = await startJudgeServer({ key, script: preferring((text) => (text.includes(clear) ? 1 : 0), 2) });
  await makeProject({ slug, name: "The whole loop", overlap: 1 } as CreateProjectInput, records());
  await join(slug, "annotator");
});
test.afterAll(() => server.stop());

test("an admin lets the model train itself, sends 30 % to people and 10 % to both, and sets a judge", async ({
  page,
}) => {
  await page.goto(`${home}/reward-models`);
  await page.getByRole("switch", { name: "Train again by itself" }).check();
  await page.getByLabel("After so many new labels").fill(String(retrainAfter));
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByText("Schedule saved")).toBeVisible();

  await page.goto(`${home}/routing`);
  // The form is in the browser's hands once it knows what applying would do.
  await expect(page.getByRole("button", { name: /^Apply/ })).toBeEnabled();
  await page.getByRole("radio", { name: "Random share" }).check();
  await page.getByLabel("Share for people, %").fill("30");
  await page.getByLabel("Share for both, %").fill("10");
  await page.getByRole("button", { name: /^Apply: move/ }).click();
  await expect(page.getByText(/^Policy 2 applies\./)).toBeVisible();
  await expect(page.getByText(/\d+ instances wait for an AI/)).toBeVisible();

  await page.goto("/allowed-hosts");
  await page.getByRole("textbox", { name: "Host" }).fill(server.host);
  await page.getByRole("button", { name: "Allow host" }).click();
  await expect(page.getByRole("cell", { name: server.host, exact: true })).toBeVisible();
  await page.goto(`${home}/judges/new`);
  await page.getByRole("textbox", { name: "Name" }).fill("Clear first");
  await page.getByRole("textbox", { name: "Model" }).fill("test-model");
  await page.getByRole("textbox", { name: "Address" }).fill(server.baseUrl);
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByText("It has judged all that is routed to AI.")).toBeVisible({ timeout: 90_000 });
  expect(server.requests.length).toBeGreaterThan(0);
});

test("an annotator labels the people's share until nothing is left", async ({ browser }) => {
  test.setTimeout(360_000);
  const page = await openAs(browser, "annotator");
  await openLabel(page, slug);
  const done = page.getByText("All done");
  const checked = page.getByRole("radio", { checked: true });
  for (let before = ""; ;) {
    await expect
      .poll(async () => (await done.isVisible()) || !["", before].includes(await promptText(page)))
      .toBe(true);
    if (await done.isVisible()) break;
    before = await promptText(page);
    const [a] = await page.locator("[data-pane]").first().allInnerTexts();
    await page.keyboard.press(a!.includes(clear) ? "1" : "5");
    await expect(checked).toHaveCount(1);
    await page.keyboard.press("Enter");
  }
  await page.context().close();
});

test("the reward model has trained by itself, serves, and tells clear from vague", async ({ page }) => {
  test.setTimeout(360_000);
  await page.goto(`${home}/reward-models`);
  await expect(page.getByRole("heading", { name: /^Version 1/ })).toBeVisible({ timeout: 240_000 });
  await page.getByLabel("Prompt").fill("What is known of the moon?");
  await page.getByRole("textbox", { name: "Completion A" }).fill(`${vague} on the moon.`);
  await page.getByRole("textbox", { name: "Completion B" }).fill(`${clear} on the moon.`);
  await page.getByRole("button", { name: "Score completions" }).click();
  const rewards = page.getByRole("region", { name: "Rewards" });
  await expect(rewards).toBeVisible();
  const [vagueReward, clearReward] = await Promise.all(
    ["Completion A", "Completion B"].map((name) => rewardOf(rewards.getByRole("row", { name }))),
  );
  expect(clearReward).toBeGreaterThan(vagueReward!);

  await page.goto(`${home}/runs?kind=score`);
  await expect(page.getByRole("row", { name: /Done/ }).first()).toBeVisible({ timeout: 90_000 });
});

test("the export has the labels of both sources, each instance by whom it was routed to", async ({ page }) => {
  await page.goto(`${home}/export`);
  await page.getByLabel("Name").fill("both sources");
  await page.getByRole("checkbox", { name: /^LM judges/ }).check();
  await page.getByRole("button", { name: "Make snapshot" }).click();
  const snapshot = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "both sources" }) });
  await expect(snapshot.getByRole("table")).toBeVisible();
  const labels = (await download(page, snapshot.getByRole("link", { name: "Labels (all)" }))) as LabelRow[];
  const of = (source: string) => new Set(labels.filter((row) => row.source === source).map((row) => row.instance_id));
  const [people, judges] = [of("human"), of("lm")];
  expect(people.size + judges.size).toBe(labels.length);
  expect(new Set([...people, ...judges]).size).toBe(instances);
  expect(people.size).toBeGreaterThan(0);
  expect(judges.size).toBeGreaterThan(people.size);
  // Both orders of everything the judge was asked about, and nothing twice.
  expect(server.requests).toHaveLength(2 * judges.size);

  await page.goto(`${home}/routing`);
  const mix = await page.getByRole("img", { name: /^Instances by route:/ }).getAttribute("aria-label");
  const [, human, lm, dual] = /People (\d+), AI (\d+), Both (\d+)/.exec(mix!)!;
  expect({ people: people.size, judges: judges.size }).toEqual({
    people: Number(human) + Number(dual),
    judges: Number(lm) + Number(dual),
  });
});

async function rewardOf(row: ReturnType<Page["getByRole"]>): Promise<number> {
  return Number(await row.getByRole("cell").nth(1).innerText());
}

/** The rows of the file behind a link. */
async function download(page: Page, link: ReturnType<Page["getByRole"]>): Promise<object[]> {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = await readFile(await file.path(), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
}
