import { randomUUID } from "node:crypto";
import { preferring, startJudgeServer, type JudgeServer } from "@/lib/testing/judge-server";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, people, test } from "./people";
import { answerOf } from "./team";
import { apiOf, join, makeProject, plainPair, takeNext } from "./workspace";

const slug = "spending";
const home = `/projects/${slug}`;
const verdict = preferring((text) => text.length, 2);
let server: JudgeServer;

test.use({ storageState: authFile("admin") });

test.beforeAll(async () => {
  // With the prices below a verdict costs 0.05, an instance 0.10.
  server = await startJudgeServer({
    script: async (asked) => {
      const reply = await verdict(asked);
      return { ...(reply as { text: string }), usage: { prompt_tokens: 500, completion_tokens: 50 } };
    },
  });
  const api = await apiOf();
  expect((await api.post("/api/v1/allowed-hosts", { data: { host: server.host } })).ok()).toBe(true);
  const records = Array.from({ length: 13 }, (_, i) => plainPair(`${slug}-${i}`));
  await makeProject({ slug, name: "Spending" } as Parameters<typeof makeProject>[0], records);
  await api.dispose();
});
test.afterAll(async () => {
  await server.stop();
});

/** The annotator answers one of the 13 instances and gets the next on loan; the rest goes to a judge that thousandths of money a token are paid for. */
async function letWorkBegin(): Promise<void> {
  await join(slug, "annotator");
  const lease = (await takeNext(slug, "annotator"))!;
  const annotator = await apiOf("annotator");
  const { schemaVersion, guidelinesVersion } = lease;
  const answers = { comparison: { overall: 1 } };
  await answerOf(
    await annotator.post(`/api/v1${home}/assignments/${lease.id}/submit`, {
      data: { submissionId: randomUUID(), schemaVersion, guidelinesVersion, answers, reason: "", activeMs: 400 },
    }),
  );
  await annotator.dispose();
  const admin = await apiOf();
  await answerOf(await admin.put(`/api/v1${home}/routing`, { data: { policy: { kind: "all-ai" } } }));
  const config = {
    ...{ baseUrl: server.baseUrl, model: "test-model", rubric: "Prefer the longer one.", concurrency: 1 },
    ...{ maxOutputTokens: 100, outputPriceMicros: 1_000_000_000 },
  };
  await answerOf(await admin.post(`/api/v1${home}/judges`, { data: { name: "Dear one", config } }));
  await admin.dispose();
}

test("an admin caps what judges may cost, sees one stop, raises the cap, and sees where the money went", async ({
  page,
}) => {
  await page.goto(home);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Spending" }).click();
  await expect(page.getByText("Nothing was paid in these days.")).toBeVisible();
  await expect(page.getByText("There is no cap: judges may cost as much as they need.")).toBeVisible();

  const prices = page.getByRole("form", { name: "Set prices" });
  await prices.getByLabel("Currency").fill("12");
  await prices.getByLabel(/^An hour/).fill("-3");
  await prices.getByRole("button", { name: "Save prices" }).click();
  await expect(prices.getByText("Give the three letters of a currency, such as EUR.")).toBeVisible();
  await expect(prices.getByText("Give an amount such as 20 or 0.5, or leave it empty.")).toBeVisible();
  await prices.getByLabel("Currency").fill("sek");
  await prices.getByLabel(/^An hour/).fill("360");
  await prices.getByRole("button", { name: "Save prices" }).click();
  await expect(page.getByText(/An hour costs 360\.00\sSEK from now on/)).toBeVisible();

  const caps = page.getByRole("form", { name: "Set caps" });
  await caps.getByLabel("A day (SEK)").fill("1,2");
  await caps.getByLabel("In all (SEK)").fill("99999999999");
  await caps.getByRole("button", { name: "Save caps" }).click();
  await expect(caps.getByText("Write 1.2, with a point.")).toBeVisible();
  await expect(caps.getByText("Give at most 999,999,999, without the commas.")).toBeVisible();
  await caps.getByLabel("A day (SEK)").fill("1");
  await caps.getByLabel("In all (SEK)").fill("");
  await caps.getByRole("button", { name: "Save caps" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: /1\.00\sSEK a day/ })).toContainText(/0\sSEK spent, 0\s%/);

  await letWorkBegin();
  await page.goto(`${home}/judges`);
  await page.getByRole("link", { name: "Dear one" }).click();
  await expect(page.getByText(/stopped at the project's cap of 1\.00\sSEK a day/)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText("Stopped at a cap", { exact: true })).toBeVisible();
  await expect(page.getByText(/The project's cap of 1\.00\sSEK a day, .* is not enough for all of it/)).toBeVisible();

  await page.goto(`${home}/spending`);
  const row = page.getByRole("row", { name: /^Dear one version 1/ });
  const stoppedAfter = Number(await row.getByRole("cell").nth(2).innerText());
  expect(stoppedAfter).toBeGreaterThan(0);
  expect(stoppedAfter).toBeLessThan(10);
  await caps.getByLabel("A day (SEK)").fill("20");
  await caps.getByRole("button", { name: "Save caps" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: /20\.00\sSEK a day/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Judge what waits" }).click();
  await expect(page.getByText("It has judged all that is routed to AI.")).toBeVisible({ timeout: 90_000 });

  await page.goto(`${home}/spending`);
  await expect(row.getByRole("cell").nth(1)).toHaveText("22");
  await expect(row.getByRole("cell").nth(2)).toHaveText("11");
  await expect(row.getByRole("cell").nth(4)).toHaveText(/^1\.10\sSEK$/);
  await expect(page.getByRole("listitem").filter({ hasText: /20\.00\sSEK a day/ })).toContainText(/1\.10\sSEK spent/);
  await expect(
    page
      .getByRole("row", { name: new RegExp(people.annotator.email) })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("1");
  await expect(page.getByRole("img", { name: /^Cost from .*; the most, 1\.1\d\sSEK/ })).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await file).suggestedFilename()).toBe(`${slug}-ledger.csv`);
});
