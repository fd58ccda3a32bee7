import { expect, test as base, type Browser, type Page } from "@playwright/test";
import { readSite, type Site } from "./site";

/** The accounts that e2e/first-run.setup.ts makes through the pages, with the project they belong to. */
export const projectSlug = "pandalm-excerpt";
export const people = {
  admin: { name: "Site admin", email: "admin@example.com", password: "correct horse battery" },
  researcher: { name: "Project researcher", email: "researcher@example.com", password: "staple battery horse" },
  annotator: { name: "First annotator", email: "annotator@example.com", password: "horse staple correct" },
} as const;
export type Person = keyof typeof people;

export function authFile(person: Person): string {
  return `e2e/.auth/${person}.json`;
}

/** Tests that run on the started site; `page` belongs to nobody unless `test.use({ storageState: authFile(...) })`. */
export const test = base.extend<{ site: Site }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from this pattern.
  site: async ({}, use) => use(await readSite()),
  baseURL: async ({ site }, use) => use(site.url),
  context: async ({ context }, use) => {
    context.on("page", (page) => void awaitLife(page));
    await use(context);
  },
  // What a page logs as an error is a fault, as is an exception nobody caught.
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      // Chromium logs every answer of 400 and above; the specs that provoke one check what the page says about it.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        faults.push(message.text());
    });
    await use(page);
    expect(faults, "errors in the browser").toEqual([]);
  },
});

export { expect };

/** A page of its own browser profile, signed in as that person. */
export async function openAs(browser: Browser, person: Person): Promise<Page> {
  const { url } = await readSite();
  const context = await browser.newContext({ storageState: authFile(person), baseURL: url });
  return awaitLife(await context.newPage());
}

/**
 * Lets a page that is opened come to life before anything is done on it: what is pressed before is lost, and what is
 * typed may be. On a busy machine that is seconds after it is loaded.
 */
export function awaitLife(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  const lives = () =>
    expect
      .poll(() => page.evaluate(isAlive).catch(() => false), { message: "the page lives", intervals: [20, 50] })
      .toBe(true);
  page.goto = async (...given) => {
    const response = await goto(...given);
    await lives();
    return response;
  };
  page.reload = async (...given) => {
    const response = await reload(...given);
    await lives();
    return response;
  };
  return page;
}

/** Whether React has taken over all that can be pressed or typed in; texts that were rendered before stay theirs. */
function isAlive(): boolean {
  const controls = document.querySelectorAll(":is(button, input, select, textarea):not(.prose-reading *)");
  return [document.body, ...controls].every((part) => Object.keys(part).some((key) => key.startsWith("__reactProps$")));
}

/** Fills the form that asks a new person for their account. */
export async function fillAccount(
  page: Page,
  account: { name: string; email: string; password: string },
): Promise<void> {
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail address").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByLabel("Password again").fill(account.password);
}
