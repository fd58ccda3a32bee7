import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./people";
import { asSiteAdmin, enterAs, invite, makeColleague, makeProject, type Colleague } from "./team";

// Reading a page with axe, in light and in dark, takes seconds each time.
test.describe.configure({ timeout: 240_000 });

let project: { slug: string; name: string };
let other: { slug: string; name: string };
let person: Colleague;

test.beforeAll(async () => {
  project = await makeProject("Framed");
  other = await makeProject("Other frame");
  person = await makeColleague("Frame tester", project.slug, "admin");
  const { token } = await invite({ slug: other.slug, role: "admin" });
  await person.api.post("/api/v1/invitations/join", { data: { token } });
});

test.beforeEach(async ({ page }) => {
  await enterAs(page, person);
});

/** A press on the button while the menu still closes would only close it. */
async function openMenu(page: Page): Promise<void> {
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.getByRole("button", { name: /^Your account: / }).click();
}

async function choose(page: Page, entry: string): Promise<void> {
  await openMenu(page);
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
}

async function chooseTheme(page: Page, theme: "Light" | "Dark" | "System"): Promise<void> {
  await openMenu(page);
  await page.getByRole("menuitemradio", { name: theme }).click();
}

/** A choice is stored after the next page was made with the one before, and before that page is here. */
async function storeChoicesLate(page: Page): Promise<() => Promise<void>> {
  let store = () => {};
  const isMade = new Promise<void>((resolve) => (store = resolve));
  await page.route("**/api/v1/me/appearance", async (route) => {
    await isMade;
    await route.continue();
  });
  await page.route("**/projects", async (route) => {
    const response = await route.fetch();
    const stored = page.waitForResponse("**/api/v1/me/appearance");
    store();
    await stored;
    await route.fulfill({ response });
  });
  return () => page.unrouteAll();
}

async function storeTheme(page: Page, theme: "Dark" | "System"): Promise<void> {
  const stored = page.waitForResponse("**/api/v1/me/appearance");
  await chooseTheme(page, theme);
  await stored;
}

async function download(page: Page): Promise<void> {
  const headers = { "content-disposition": "attachment; filename=labels.jsonl" };
  await page.route("**/labels.jsonl", (route) => route.fulfill({ headers, body: "{}" }));
  const begun = page.waitForEvent("download");
  await page.evaluate(() => location.assign("/labels.jsonl"));
  await begun;
}

test("the theme is light, dark or the system's, and stays chosen", async ({ page }) => {
  const html = page.locator("html");
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/projects");
  await expect(html).toHaveClass(/\blight\b/);
  const letGo = await storeChoicesLate(page);
  await chooseTheme(page, "Dark");
  await expect(html).toHaveClass(/\bdark\b/);
  await page.reload();
  await letGo();
  await openMenu(page);
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeChecked();
  await expect(html).toHaveClass(/\bdark\b/);
  await page.keyboard.press("Escape");
  await page.emulateMedia({ colorScheme: "dark" });
  await chooseTheme(page, "Light");
  await expect(html).toHaveClass(/\blight\b/);
  await chooseTheme(page, "System");
  await expect(html).toHaveClass(/\bdark\b/);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(html).toHaveClass(/\blight\b/);
  await openMenu(page);
  await expect(page.getByRole("menuitemradio", { name: "System" })).toBeChecked();
  await page.keyboard.press("Escape");

  // A download begins like leaving the page, which stays: what is chosen then is not told again by the next page.
  await page.clock.install();
  await download(page);
  await storeTheme(page, "Dark");
  await expect
    .poll(async () => {
      await page.clock.runFor("00:10");
      return page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("tandem-appearance")));
    })
    .toEqual([]);
  // The account is that of the tests that follow.
  await storeTheme(page, "System");
});

test("the menu leads to every page of the project, and folds to its icons", async ({ page }) => {
  await page.goto(`/projects/${project.slug}`);
  const menu = page.getByRole("navigation", { name: "Main" });
  const entries = {
    Overview: "",
    Data: "/instances",
    Import: "/import",
    Judges: "/judges",
    Routing: "/routing",
    Models: "/reward-models",
    Export: "/export",
    Spending: "/spending",
    Runs: "/runs",
    Team: "/members",
    "Task schema": "/task-schema",
    Settings: "/settings",
    Audit: "/audit",
    Label: "/label",
  };
  for (const [name, path] of Object.entries(entries)) {
    await menu.getByRole("link", { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}${path}$`));
    await expect(menu.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "page");
  }
  await page.goto(`/projects/${project.slug}/members`);
  const width = async () => (await menu.boundingBox())!.width;
  await menu.getByRole("button", { name: "Fold menu" }).click();
  await expect.poll(width).toBeLessThan(60);
  await menu.getByRole("link", { name: "Data", exact: true }).hover();
  await expect(page.getByRole("tooltip", { name: "Data" })).toBeVisible();
  await page.reload();
  expect(await width()).toBeLessThan(60);
  await expectAccessible(page);
  await menu.getByRole("button", { name: "Unfold menu" }).click();
  await expect.poll(width).toBeGreaterThan(150);
  await page.reload();
  expect(await width()).toBeGreaterThan(150);
  await menu.getByRole("link", { name: "Tandem" }).click();
  await expect(page).toHaveURL(/\/projects$/);
});

test("a phone has the menu at the lower edge, the rest of it under More", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/projects/${project.slug}/members`);
  const menu = page.getByRole("navigation", { name: "Main" });
  await expectAccessible(page);
  await menu.getByRole("button", { name: "More" }).click();
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: "Audit" }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}/audit$`));
  await menu.getByRole("link", { name: "Data" }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}/instances$`));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole("banner").getByRole("link", { name: "Tandem" }).click();
  await expect(page).toHaveURL(/\/projects$/);
});

test("the project switcher leads to the other projects and to all", async ({ page }) => {
  await page.goto(`/projects/${project.slug}/members`);
  await page.getByRole("button", { name: `Switch project: ${project.name}` }).click();
  await expect(page.getByRole("menuitem", { name: project.name })).toHaveAttribute("aria-current", "true");
  await expectAccessible(page);
  await page.getByRole("menuitem", { name: other.name }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${other.slug}$`));
  await page.getByRole("button", { name: `Switch project: ${other.name}` }).click();
  await page.getByRole("menuitem", { name: "All projects" }).click();
  await expect(page).toHaveURL(/\/projects$/);
  await expect(page.getByRole("button", { name: "Switch project: Projects" })).toBeVisible();
});

test("one's own menu leads to one's account, keys and the documentation", async ({ page }) => {
  await page.goto("/projects");
  await openMenu(page);
  await expect(page.getByRole("menu")).toContainText(person.email);
  await expectAccessible(page);
  await expect(page.getByRole("menuitem", { name: "Users" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await choose(page, "Account");
  await expect(page).toHaveURL(/\/account$/);
  await choose(page, "API keys");
  await expect(page).toHaveURL(/\/account\/api-keys$/);
  await choose(page, "API documentation");
  await expect(page).toHaveURL(/\/docs\/api$/);
});

test("an admin of the site finds users and audit in their menu", async ({ page }) => {
  await enterAs(page, { api: await asSiteAdmin() });
  await page.goto("/projects");
  for (const [entry, path] of [
    ["Users", "/users"],
    ["Audit", "/audit"],
  ] as const) {
    await choose(page, entry);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
});

test("signing out ends the session of this browser", async ({ page }) => {
  await page.goto("/account");
  await choose(page, "Sign out");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
});

test("the first press of Tab offers to skip to the content", async ({ page }) => {
  await page.goto(`/projects/${project.slug}/members`);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Invite" })).toBeFocused();
});

test("a message of success can be closed", async ({ page }) => {
  await page.goto("/account");
  await page.getByRole("button", { name: "Save name" }).click();
  const message = page.getByText(`You are now called ${person.name}.`);
  // It would go by itself after some seconds, but not under the pointer.
  await message.hover();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Close toast" }).click();
  await expect(message).toBeHidden();
});

test("an address with nothing at it says so and leads back", async ({ page }) => {
  for (const path of [
    "/nothing/here",
    "/projects/no-such-project",
    `/projects/${project.slug}/nothing`,
    "/audit",
    "/account/nothing",
  ]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing to show at this address" })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole("link", { name: "Back to projects" }).click();
  await expect(page).toHaveURL(/\/projects$/);
});
