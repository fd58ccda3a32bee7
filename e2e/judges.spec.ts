import type { Page } from "@playwright/test";
import { defaultComparison, type CreateProjectInput } from "@/lib/projects/schema";
import { after, preferring, saying, startJudgeServer, type JudgeServer, type Script } from "@/lib/testing/judge-server";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, openAs, test } from "./people";
import { apiOf, join, makeProject, plainPair } from "./workspace";

const key = "sk-of-the-judge-of-this-spec";
/** "Second reply to ..." is the longer one. */
const byLength = preferring((text) => text.length, 2);
let server: JudgeServer;

test.use({ storageState: authFile("admin") });

test.beforeAll(async () => {
  server = await startJudgeServer({ key, script: byLength });
});
test.afterAll(async () => {
  await server.stop();
});
test.beforeEach(() => server.follow(byLength));

/** A project of which everything goes to AI. */
async function aProjectForJudges(slug: string, instances: number): Promise<string> {
  const records = Array.from({ length: instances }, (_, i) => plainPair(`${slug}-${i}`));
  await makeProject({ slug, name: `Project ${slug}` } as Parameters<typeof makeProject>[0], records);
  const api = await apiOf();
  const applied = await api.put(`/api/v1/projects/${slug}/routing`, { data: { policy: { kind: "all-ai" } } });
  expect(applied.ok(), await applied.text()).toBe(true);
  await api.dispose();
  return `/projects/${slug}`;
}

async function allowServer(): Promise<void> {
  const api = await apiOf();
  const response = await api.post("/api/v1/allowed-hosts", { data: { host: server.host } });
  expect([201, 200, 409]).toContain(response.status());
  await api.dispose();
}

async function fillJudge(page: Page, { name, apiKey = key }: { name: string; apiKey?: string }): Promise<void> {
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("textbox", { name: "Model" }).fill("test-model");
  await page.getByRole("textbox", { name: "Address" }).fill(server.baseUrl);
  await page.getByLabel("API key").fill(apiKey);
}

test("an admin allows a host and takes it off again", async ({ page }) => {
  await page.goto("/allowed-hosts");
  await page.getByRole("textbox", { name: "Host" }).fill("http://model.internal");
  await page.getByRole("button", { name: "Allow host" }).click();
  await expect(page.getByText("must be a host such as")).toBeVisible();
  await page.getByRole("textbox", { name: "Host" }).fill("model.internal:8000");
  await page.getByRole("button", { name: "Allow host" }).click();
  await expect(page.getByRole("cell", { name: "model.internal:8000", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove model.internal:8000" }).click();
  await page.getByRole("button", { name: "Remove host" }).click();
  await expect(page.getByRole("cell", { name: "model.internal:8000", exact: true })).toBeHidden();
});

test("a judge is tried, added, labels what is routed to AI, and gets a new version", async ({ page }) => {
  await allowServer();
  const home = await aProjectForJudges("judges-journey", 6);
  await page.goto(`${home}/judges`);
  await expect(page.getByText("6 instances wait for a judge")).toBeVisible();
  await page.getByRole("link", { name: "Add judge" }).first().click();
  await fillJudge(page, { name: "Longer", apiKey: "sk-wrong" });
  await page.getByRole("textbox", { name: "Price of a million input tokens" }).fill("0.15");

  await page.getByRole("button", { name: "Try on this instance" }).click();
  await expect(page.getByText(/refuses the key/)).toBeVisible();
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Try on this instance" }).click();
  await expect(page.getByText("Both orders agree")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByRole("heading", { name: "Longer" })).toBeVisible();
  await expect(page.getByText("It has judged all that is routed to AI.")).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("status").getByText("Done")).toBeVisible();
  await expect(
    page
      .getByRole("row", { name: /test-model/ })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("6");
  await expect(page.getByText(`stored, ends in ${key.slice(-4)}`)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Rubric" }).fill("Prefer the shorter one.");
  await expect(page.getByText("Saving makes version 2")).toBeVisible();
  server.follow(preferring((text) => -text.length));
  await page.getByRole("button", { name: "Save judge" }).click();
  await expect(page.getByText("6 instances that are routed to AI wait for it.")).toBeVisible();
  await page.getByRole("button", { name: "Judge what waits" }).click();
  await expect(page.getByText("It has judged all that is routed to AI.")).toBeVisible({ timeout: 90_000 });
  await expect(
    page
      .getByRole("row", { name: /^2 test-model/ })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("6");
  await page.getByText("Version 2 Rubric").click();
  await expect(page.getByRole("insertion").filter({ hasText: "shorter" })).toBeVisible();
});

/** Marks "First" in what it is shown, and a quote that is nowhere. */
const marking: Script = () => {
  const mark = (quote: string) => ({ quote, category: "wrong", severity: "minor" });
  return { text: JSON.stringify({ reasoning: "It is off.", spans: [mark("First"), mark("Nowhere to be found")] }) };
};

test("a judge is tried on a question about spans, a trial is given up, and its settings are told", async ({ page }) => {
  await allowServer();
  const slug = "judges-spans";
  const category = { id: "wrong", name: "Not true", definition: "Contradicts the facts.", letter: "x", colour: 7 };
  const errors = {
    ...{ id: "errors", type: "spans", name: "Errors", definition: "What is wrong?" },
    ...{ categories: [category], severities: ["minor"], onPrompt: false },
  } as const;
  await makeProject(
    {
      slug,
      name: "Spans",
      taskSchema: { questions: [defaultComparison, errors], reason: "off" },
    } as CreateProjectInput,
    [plainPair("one"), plainPair("two")],
  );
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`/projects/${slug}/judges/new`);
  await fillJudge(page, { name: "Marker" });
  await page.getByRole("checkbox", { name: "All 2, also those to come" }).uncheck();
  await page.getByRole("checkbox", { name: /Comparison/ }).uncheck();
  await page.getByText("How it is asked").click();
  await page.getByRole("textbox", { name: "Samples" }).fill("3");
  await expect(page.getByText("With 3 samples it must be above 0")).toBeVisible();
  await page.getByRole("textbox", { name: "Temperature" }).fill("0.7");
  await expect(page.getByText("With 3 samples it must be above 0")).toBeHidden();
  await page.getByRole("textbox", { name: "Longest answer, tokens" }).fill("1");
  await expect(page.getByRole("combobox", { name: "Question" })).toHaveValue("errors");

  server.follow(() => "silence");
  await page.getByRole("button", { name: "Next instance" }).click();
  await expect(page.getByRole("link", { name: "two", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Try on this instance" }).click();
  await expect(page.getByRole("form", { name: "Settings" }).getByText("Must be at least 16.")).toBeVisible();
  await page.getByRole("textbox", { name: "Longest answer, tokens" }).fill("2048");
  await page.getByRole("button", { name: "Try on this instance" }).click();
  await page.getByRole("button", { name: "Cancel the trial" }).click();
  await expect(page.getByRole("button", { name: "Try on this instance" })).toBeEnabled();

  server.follow(marking);
  await page.getByRole("button", { name: "Try on this instance" }).click();
  const said = page.getByRole("region", { name: "What it says" });
  await expect(said.locator("mark", { hasText: "First" })).toBeVisible();
  const mark = said.locator("mark").first();
  await expect(mark, "the colour of the task schema").toHaveAttribute("style", /var\(--span-7\)/);
  await expect(mark).toHaveText("xFirst");
  await expect(said.getByRole("list", { name: "Categories" }).first()).toHaveText("xNot true");
  await expect(said.getByText("Nowhere to be found", { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByRole("heading", { name: "Marker" })).toBeVisible();
  await expect(page.getByText("3, most decide")).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test("a judge is switched off and on, and one that has judged nothing is deleted", async ({ page }) => {
  await allowServer();
  await makeProject({ slug: "judges-switch", name: "Switch" } as Parameters<typeof makeProject>[0]);
  await page.goto("/projects/judges-switch/judges/new");
  await fillJudge(page, { name: "Idle" });
  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByRole("heading", { name: "Idle" })).toBeVisible();
  const onOff = page.getByRole("switch", { name: "Idle labels what is routed to AI" });
  await onOff.click();
  await expect(page.getByText("Idle is off.")).toBeVisible();
  await page.goto("/projects/judges-switch/judges");
  await expect(onOff).not.toBeChecked();
  await onOff.click();
  await expect(page.getByText("Idle is on")).toBeVisible();
  await expect(onOff).toBeChecked();
  await page.getByRole("link", { name: "Idle" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete judge" }).click();
  await expect(page.getByText("There is no judge yet")).toBeVisible();
});

test("a wrong key fails the run in words, and an unreadable answer is shown with its text", async ({ page }) => {
  await allowServer();
  const home = await aProjectForJudges("judges-faults", 2);
  await page.goto(`${home}/judges/new`);
  await fillJudge(page, { name: "Faulty", apiKey: "sk-wrong" });
  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByText(/The provider refuses the key of judge Faulty/)).toBeVisible({ timeout: 90_000 });

  server.follow(({ prompt }) => (prompt.endsWith("0") ? { text: "Who am I to judge?" } : saying("tie")));
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Save judge" }).click();
  await page.getByRole("button", { name: "Judge what waits" }).click();
  await expect(page.getByText("Cannot be used: it contains no JSON object.")).toBeVisible({ timeout: 90_000 });
  await page.getByText("What it answered").click();
  await expect(page.getByRole("region", { name: "What it answered" })).toContainText("Who am I to judge?");
});

test("the reward model of a project can be its judge, and waits until one is promoted", async ({ page }) => {
  const home = await aProjectForJudges("judges-rm", 1);
  await page.goto(`${home}/judges/new`);
  await page.getByRole("link", { name: "Reward model of this project" }).click();
  await page.getByRole("textbox", { name: "Tie below, per cent" }).fill("20");
  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByText("must be at least 0.5")).toBeVisible();
  await page.getByRole("textbox", { name: "Tie below, per cent" }).fill("60");
  await page.getByRole("button", { name: "Add judge" }).click();
  await expect(page.getByText("It waits until a version of the reward model is promoted.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Judge what waits" })).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Own model");
  await page.getByRole("button", { name: "Save judge" }).click();
  await expect(page.getByRole("heading", { name: "Own model" })).toBeVisible();
  await page.goto(`${home}/judges`);
  await expect(page.getByText("no version of it is promoted yet")).toBeVisible();
});

test("a researcher runs judges and changes none", async ({ browser }) => {
  await allowServer();
  const home = await aProjectForJudges("judges-roles", 3);
  await join("judges-roles", "researcher");
  server.follow(after(50, byLength));
  const api = await apiOf();
  const config = { baseUrl: server.baseUrl, model: "test-model", rubric: "Longer." };
  await api.post(`/api/v1${home}/judges`, { data: { name: "Longer", config, apiKey: key, isEnabled: false } });
  await api.dispose();
  const page = await openAs(browser, "researcher");
  await page.goto(`${home}/judges`);
  await expect(page.getByRole("link", { name: "Add judge" })).toHaveCount(0);
  await page.getByRole("link", { name: "Longer" }).click();
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await page.getByRole("button", { name: "Judge what waits" }).click();
  await expect(page.getByText("It has judged all that is routed to AI.")).toBeVisible({ timeout: 90_000 });
  await page.context().close();
});
