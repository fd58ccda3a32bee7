import { after, preferring, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import type { RunView } from "@/lib/jobs/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectFocusKept } from "./heard";
import { authFile, expect, openAs, test } from "./people";
import { apiOf, join, makeProject, plainPair } from "./workspace";

const slug = "runs-spec";
const home = `/projects/${slug}`;
let server: JudgeServer;

test.use({ storageState: authFile("admin") });
test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  server = await startJudgeServer({
    script: after(
      150,
      preferring((text) => text.length),
    ),
  });
  await makeProject(
    { slug, name: "Runs" } as Parameters<typeof makeProject>[0],
    Array.from({ length: 200 }, (_, i) => plainPair(`runs-${i}`)),
  );
  await join(slug, "researcher");
  await join(slug, "annotator");
  const api = await apiOf();
  await api.post("/api/v1/allowed-hosts", { data: { host: server.host } });
  await api.dispose();
});
test.afterAll(async () => {
  await server.stop();
});

/** Starts a run that takes a while: a slow judge on all instances. */
async function startSlowRun(name: string): Promise<{ runId: string; judgeId: string }> {
  const api = await apiOf();
  const config = { baseUrl: server.baseUrl, model: "slow-model", rubric: "Longer.", concurrency: 2 };
  const judge = await api.post(`/api/v1${home}/judges`, { data: { name, config, isEnabled: false } });
  const { id: judgeId } = (await judge.json()) as { id: string };
  const run = await api.post(`/api/v1${home}/judges/${judgeId}/run`, { data: { filter: {} } });
  expect(run.ok(), await run.text()).toBe(true);
  const { id: runId } = (await run.json()) as { id: string };
  await api.dispose();
  return { runId, judgeId };
}

test("runs are listed, narrowed by kind and state, and lead to what they made", async ({ page }) => {
  await page.goto(home);
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  const row = page.getByRole("row", { name: /^Import Done \d+ kB Site admin/ });
  await expect(row).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Kind").selectOption("Snapshot");
  await expect(page).toHaveURL(/kind=snapshot/);
  await expect(page.getByText("No run fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all runs" }).click();
  await expect(row).toBeVisible();
  await page.getByLabel("State").selectOption("Done");
  await expect(page).toHaveURL(/state=succeeded/);
  await row.getByRole("link", { name: "Report" }).click();
  await expect(page).toHaveURL(/\/import\?run=/);
});

test("a run moves on the list and on its judge's page without a reload, and can be cancelled", async ({ page }) => {
  const { judgeId } = await startSlowRun("Slow");
  await page.goto(`${home}/runs`);
  const row = page.getByRole("row", { name: /^Judging/ }).first();
  await expect(row).toContainText("Running");
  await expect(row).toContainText(/[1-9]\d* of 200 instances/, { timeout: 90_000 });

  await row.getByRole("link", { name: "Judge" }).click();
  await expect(page).toHaveURL(new RegExp(`/judges/${judgeId}$`));
  await expect(page.getByRole("status").getByText("Running")).toBeVisible();
  const facts = page.getByText(/\d+ of 200 instances/);
  const before = await facts.textContent();
  await expect(facts).not.toHaveText(before!);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByRole("status").getByText("Cancelled")).toBeVisible({ timeout: 90_000 });
  await expectFocusKept(page);

  await startSlowRun("Slow too");
  await page.goto(`${home}/runs`);
  const second = page.getByRole("row", { name: /^Judging/ }).first();
  await second.getByRole("button", { name: "Cancel the judge" }).click();
  await expect(second).toContainText("Cancelled", { timeout: 90_000 });
});

test("the events of a run tell it at once and end with it", async () => {
  const { runId } = await startSlowRun("Third");
  const api = await apiOf();
  await api.post(`/api/v1${home}/runs/${runId}/cancel`);
  const response = await api.get(`/api/v1${home}/runs/${runId}/events`);
  expect(response.headers()["content-type"]).toContain("text/event-stream");
  const events = [...(await response.text()).matchAll(/^event: run\ndata: (.*)$/gm)];
  expect(JSON.parse(events.at(-1)![1]!) as RunView).toMatchObject({ id: runId, kind: "judge", state: "cancelled" });
  await api.dispose();
});

test("pages of the list lead to older runs and back", async ({ page }) => {
  await page.goto(`${home}/runs?limit=1`);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(page).not.toHaveURL(/cursor=/);
});

test("a project without runs says what comes here, on a phone too", async ({ page }) => {
  await makeProject({ slug: "runs-none", name: "None" } as Parameters<typeof makeProject>[0]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/projects/runs-none/runs");
  await expect(page.getByText("Nothing has run yet")).toBeVisible();
  await expectNoSidewaysScroll(page);
  await page.goto(`${home}/runs`);
  await expectNoSidewaysScroll(page);
});

test("researchers see runs, annotators do not", async ({ browser }) => {
  const researcher = await openAs(browser, "researcher");
  await researcher.goto(`${home}/runs`);
  await expect(researcher.getByRole("heading", { name: "Runs" })).toBeVisible();
  await researcher.context().close();
  const annotator = await openAs(browser, "annotator");
  await annotator.goto(`${home}/label`);
  await expect(annotator.getByRole("link", { name: "Runs", exact: true })).toHaveCount(0);
  await annotator.context().close();
});
