import { people, projectSlug, authFile, awaitLife, expect, fillAccount, test, type Person } from "./people";

test.describe.configure({ mode: "serial" });

const invited: Exclude<Person, "admin">[] = ["researcher", "annotator"];

test("the first person opens the printed link and becomes admin", async ({ page, site }) => {
  await page.goto(site.firstRunLink);
  await fillAccount(page, people.admin);
  await page.getByRole("button", { name: "Create admin account" }).click();
  await expect(page).toHaveURL(/\/projects$/);
  await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
  await page.context().storageState({ path: authFile("admin") });
});

test("the first-run link works once", async ({ page, site }) => {
  await page.goto(site.firstRunLink);
  await expect(page.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Create admin account" })).toHaveCount(0);
});

test.describe("as admin", () => {
  test.use({ storageState: authFile("admin") });

  test("the admin creates a project", async ({ page }) => {
    await page.goto("/projects");
    await page.getByRole("link", { name: "New project" }).first().click();
    await page.getByRole("link", { name: "Start empty" }).click();
    await page.getByLabel("Name").first().fill("PandaLM excerpt");
    await expect(page.getByLabel("Slug")).toHaveValue(projectSlug);
    await page.getByRole("button", { name: "Create project" }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${projectSlug}$`));
  });

  for (const person of invited) {
    test(`the admin invites the ${person}, who joins by the link`, async ({ page, browser, site }) => {
      await page.goto(`/projects/${projectSlug}/members`);
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByLabel("Role", { exact: true }).selectOption(person);
      await page.getByRole("button", { name: "Create link" }).click();
      const link = await page
        .getByRole("dialog")
        .getByText(/\/invite\//)
        .innerText();
      expect(link).toContain(`${site.url}/invite/`);

      const context = await browser.newContext({ baseURL: site.url, storageState: { cookies: [], origins: [] } });
      const stranger = awaitLife(await context.newPage());
      await stranger.goto(link);
      await fillAccount(stranger, people[person]);
      await stranger.getByRole("button", { name: "Create account and join" }).click();
      await expect(stranger).toHaveURL(person === "annotator" ? /\/label$/ : new RegExp(`/projects/${projectSlug}$`));
      await context.storageState({ path: authFile(person) });
      await context.close();
    });
  }
});
