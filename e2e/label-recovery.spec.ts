import type { BrowserContext, Page } from "@playwright/test";
import type { AssignmentView, SubmitInput } from "@/lib/assignments/schema";
import { expectAccessible } from "./axe";
import { expectInstance, instanceOf, openLabel, pairs, promptText } from "./labelling";
import { authFile, expect, openAs, test, type Person } from "./people";
import { answerOf, enterAs, sql } from "./team";
import { apiOf, join, makeProject, takeNext } from "./workspace";

test.use({ storageState: authFile("admin") });

/** Waits until the newest words are on the device: before that the notice is busy. */
const kept = (page: Page) =>
  expect(page.getByRole("alert").filter({ hasText: "Kept on this device, not sent yet" })).toHaveAttribute(
    "aria-busy",
    "false",
  );
const reason = (page: Page) => page.getByRole("textbox", { name: "Reason (optional)" });
const news = (page: Page) => page.getByRole("status").filter({ hasText: /\bfrom\b/ });

/** Submits the first instance and begins the second, while the server cannot be had. */
async function workOffline(page: Page, context: BrowserContext): Promise<{ first: string; second: string }> {
  const first = await promptText(page);
  await context.setOffline(true);
  await page.keyboard.press("2");
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  const second = await promptText(page);
  await page.keyboard.press("4");
  await reason(page).fill("Half a thought");
  await kept(page);
  return { first, second };
}

async function expectBegun(page: Page, prompt: string): Promise<void> {
  await expect.poll(() => promptText(page)).toBe(prompt);
  await expect(page.getByRole("radio", { name: "B better" })).toBeChecked();
  await expect(reason(page)).toHaveValue("Half a thought");
}

async function countLabels(slug: string, prompt: string): Promise<number> {
  return (await instanceOf(slug, prompt)).labels.length;
}

/** Rows in all databases of this browser. */
async function countKept(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    let rows = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await answered(indexedDB.open(name!));
      rows += await answered(database.transaction("kept").objectStore("kept").count());
      database.close();
    }
    return rows;
  });
}

/** Every writing to the device takes a while, as on a disk under load: what is told of it must not be early. */
function slowDevice(): void {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...row) {
    const end = performance.now() + 300;
    // Its transaction stays open for as long as something is asked of it.
    const hold = () => {
      if (performance.now() < end) this.count().onsuccess = hold;
    };
    hold();
    return put.apply(this, row);
  };
}

test("after ten minutes offline and a reload everything is there, once", async ({ page, context }) => {
  const slug = "recovery-offline";
  await makeProject({ slug, name: "Trial" }, pairs(4));
  await page.clock.install();
  await openLabel(page, slug);
  const { first, second } = await workOffline(page, context);
  await page.clock.runFor("10:00");
  await kept(page);
  await expectAccessible(page);
  expect(await countLabels(slug, first)).toBe(0);
  // The browser asks whether to leave, as not everything is sent.
  page.on("dialog", (dialog) => void dialog.accept());
  // The old page reaches nothing any more: it is the new one that sends.
  await page.route("**/api/**", (route) => route.abort());
  await context.setOffline(false);
  expect(await countLabels(slug, first)).toBe(0);
  await page.unroute("**/api/**");
  await page.reload();
  await expectInstance(page, 2);
  await expectBegun(page, second);
  await expect.poll(() => countLabels(slug, first)).toBe(1);
});

test("a crashed tab loses neither its submission nor its draft", async ({ page, context }) => {
  const slug = "recovery-crash";
  await makeProject({ slug, name: "Trial" }, pairs(4));
  const tab = await context.newPage();
  await tab.addInitScript(slowDevice);
  await openLabel(tab, slug);
  const { first, second } = await workOffline(tab, context);
  const crashed = tab.waitForEvent("crash");
  const devtools = await context.newCDPSession(tab);
  devtools.send("Page.crash").catch(() => {});
  await crashed;
  await tab.close();
  await context.setOffline(false);
  await openLabel(page, slug);
  await expect(news(page)).toContainText("1 submission from before was sent.");
  await expect(news(page)).toContainText(/Your draft from \d\d:\d\d is back\./);
  await expectBegun(page, second);
  expect(await countLabels(slug, first)).toBe(1);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(news(page)).toHaveCount(0);
  await expect.poll(() => countLabels(slug, second)).toBe(1);
  await page.reload();
  await expectInstance(page, 3);
  await expect(news(page)).toHaveCount(0);
  // Neither words nor texts stay behind.
  await expect.poll(() => countKept(page)).toBe(0);
});

test("who comes back after the lease ran out is told, sees the draft, and learns that the place is taken", async ({
  page,
  context,
}) => {
  const slug = "recovery-lease";
  await makeProject({ slug, name: "Trial", overlap: 1 }, pairs(1));
  await join(slug, "annotator");
  const tab = await context.newPage();
  await openLabel(tab, slug);
  const prompt = await promptText(tab);
  await context.setOffline(true);
  await tab.keyboard.press("4");
  await reason(tab).fill("Half a thought");
  await kept(tab);
  await tab.close();
  await sql(
    "update assignments a set lease_until = now() - interval '1 hour' from projects p where p.id = a.project_id and p.slug = $1",
    [slug],
  );
  await submitAs("annotator", slug);

  await context.setOffline(false);
  await page.goto(`/projects/${slug}/label`);
  await expect(news(page)).toContainText("is stored, but your time on its instance ran out.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByText("Your time on this ran out.")).toBeVisible();
  await expectBegun(page, prompt);
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByText("Others have taken this place")).toBeVisible();
  await expectBegun(page, prompt);
  expect(await countLabels(slug, prompt)).toBe(1);
});

test("a sign-out in between loses nothing, and nobody else sends it or sees it", async ({ browser }) => {
  const slug = "recovery-account";
  await makeProject({ slug, name: "Trial" }, pairs(3));
  await Promise.all([join(slug, "annotator"), join(slug, "researcher")]);
  const tab = await openAs(browser, "annotator");
  const context = tab.context();
  await openLabel(tab, slug);
  const first = await promptText(tab);
  await context.clearCookies();
  await tab.keyboard.press("1");
  await tab.keyboard.press("Enter");
  await expect(tab.getByText(/^Kept on this device, not sent yet: You are signed out/)).toBeVisible();

  // Somebody else signs in: the open page does nothing in their name, and a new one knows nothing of it.
  await enterAs(tab, { api: await apiOf("researcher") });
  await tab.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(
    tab.getByText(/^Kept on .* Project researcher is signed in here now, but somebody else opened this page/),
  ).toBeVisible();
  const theirs = await context.newPage();
  await openLabel(theirs, slug);
  await expect(news(theirs)).toHaveCount(0);
  expect(await countLabels(slug, first)).toBe(0);
  await theirs.close();
  await tab.close();

  await enterAs({ context: () => context } as Page, { api: await apiOf("annotator") });
  const again = await context.newPage();
  await openLabel(again, slug);
  await expect(news(again)).toContainText("1 submission from before was sent.");
  expect(await countLabels(slug, first)).toBe(1);
  await again.getByRole("button", { name: "History" }).click();
  await expect(again.getByRole("complementary", { name: "History" }).getByRole("listitem")).toHaveCount(1);
  await context.close();
});

test("an answer lost on its way and a double Enter store one label each time", async ({ page }) => {
  const slug = "recovery-double";
  await makeProject({ slug, name: "Trial" }, pairs(3));
  const [first, second] = await answerTwo(slug);
  let losses = 0;
  await page.route("**/submit", async (route) => {
    const response = await route.fetch();
    if (losses++ < 2) await route.abort("connectionreset");
    else await route.fulfill({ response });
  });
  await page.clock.install();
  await openLabel(page, slug);
  expect(await promptText(page)).toBe(first);
  // However slow the machine is, the second press comes soon after the first.
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.clock.resume();
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  expect(losses).toBe(3);
  expect(await promptText(page)).toBe(second);
  expect([await countLabels(slug, first), await countLabels(slug, second)]).toEqual([1, 0]);
});

/** Leases two instances and keeps complete drafts of both; their prompts. */
async function answerTwo(slug: string): Promise<[string, string]> {
  const api = await apiOf();
  const base = `/api/v1/projects/${slug}/assignments`;
  const prompts: string[] = [];
  const held: string[] = [];
  for (let n = 0; n < 2; n++) {
    const { id, prompt } = await answerOf<AssignmentView>(await api.post(`${base}/next`, { data: { held } }));
    const draft = { schemaVersion: 1, answers: { comparison: { overall: 2 } }, reason: "", activeMs: 0 };
    await answerOf(await api.put(`${base}/${id}/draft`, { data: draft }));
    held.push(id);
    prompts.push(prompt!.text);
  }
  await api.dispose();
  return prompts as [string, string];
}

/** Labels the next instance of a project as somebody else would. */
async function submitAs(person: Person, slug: string): Promise<void> {
  const { id } = (await takeNext(slug, person))!;
  const api = await apiOf(person);
  const input: Partial<SubmitInput> = {
    ...{ submissionId: crypto.randomUUID(), schemaVersion: 1, guidelinesVersion: 1, activeMs: 0 },
    answers: { comparison: { overall: 1 } },
  };
  await answerOf(await api.post(`/api/v1/projects/${slug}/assignments/${id}/submit`, { data: input }));
  await api.dispose();
}
