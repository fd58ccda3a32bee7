import type { APIRequestContext, Page } from "@playwright/test";
import type { MeView } from "@/lib/auth/schema";
import { expectAccessible } from "./axe";
import { copyBy } from "./clipboard";
import { awaitLife, expect, fillAccount, test } from "./people";
import {
  answerOf,
  asSiteAdmin,
  enterAs,
  inDays,
  invite,
  makeColleague,
  makeProject,
  newAccount,
  signInByApi,
  sql,
  type Colleague,
} from "./team";

// Reading a page with axe, in light and in dark, takes seconds each time.
test.describe.configure({ timeout: 240_000 });

let project: { slug: string; name: string };
let admin: Colleague;
let siteAdmin: { api: APIRequestContext };

test.beforeAll(async () => {
  project = await makeProject("People");
  admin = await makeColleague("Team admin", project.slug, "admin");
  siteAdmin = { api: await asSiteAdmin() };
});

function rowOf(page: Page, text: string) {
  return page.getByRole("row").filter({ hasText: text });
}

/** The link that the open dialog shows this once. */
async function readLink(page: Page): Promise<string> {
  return await page.getByRole("dialog").getByRole("region", { name: "link" }).innerText();
}

test.describe("the team page", () => {
  test("changes a role and removes a member", async ({ page }) => {
    const member = await makeColleague("Promoted", project.slug, "annotator");
    await enterAs(page, admin);
    await page.goto(`/projects/${project.slug}/members`);
    await expectAccessible(page);
    expect((await member.api.get(`/api/v1/projects/${project.slug}/members`)).status()).toBe(403);
    await page.getByLabel(`Role of ${member.name}`).selectOption("Researcher");
    await expect(page.getByText(`${member.name} is now researcher.`)).toBeVisible();
    expect((await member.api.get(`/api/v1/projects/${project.slug}/members`)).status()).toBe(200);

    await page.getByRole("button", { name: `Remove ${member.name}` }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alertdialog")).toBeHidden();
    await page.getByRole("button", { name: `Remove ${member.name}` }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Remove member" }).click();
    await expect(page.getByText(`${member.name} is no longer a member.`)).toBeVisible();
    await expect(rowOf(page, member.email)).toHaveCount(0);
    expect((await member.api.get(`/api/v1/projects/${project.slug}`)).status()).toBe(404);
  });

  test("keeps the last admin, and lets others give up their own rights", async ({ page }) => {
    const own = await makeProject("Handed over");
    const first = await makeColleague("First admin", own.slug, "admin");
    await leaveAsMaker(own.slug);
    await enterAs(page, first);
    await page.goto(`/projects/${own.slug}/members`);
    await page.getByLabel(`Role of ${first.name}`).selectOption("Annotator");
    await expect(page.getByText(`${first.name} is the last admin of project ${own.slug}.`)).toBeVisible();
    await expect(page.getByLabel(`Role of ${first.name}`)).toHaveValue("admin");
    await page.getByRole("button", { name: `Remove ${first.name}` }).click();
    await page.getByRole("button", { name: "Leave project" }).click();
    await expect(page.getByRole("alertdialog").getByText("is the last admin of project")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();

    const second = await makeColleague("Second admin", own.slug, "admin");
    await page.getByLabel(`Role of ${first.name}`).selectOption("Researcher");
    await expect(page.getByRole("button", { name: "Invite" })).toHaveCount(0);
    await expect(rowOf(page, first.email)).toContainText("Researcher");
    await answerOf(
      await second.api.patch(`/api/v1/projects/${own.slug}/members/${first.id}`, { data: { role: "admin" } }),
    );
    await page.reload();
    await page.getByLabel(`Role of ${first.name}`).selectOption("Annotator");
    await expect(page).toHaveURL(new RegExp(`/projects/${own.slug}/label$`));
  });

  test("lets a member leave", async ({ page }) => {
    const leaver = await makeColleague("Leaver", project.slug, "admin");
    await enterAs(page, leaver);
    await page.goto(`/projects/${project.slug}/members`);
    await page.getByRole("button", { name: `Remove ${leaver.name}` }).click();
    await page.getByRole("button", { name: "Leave project" }).click();
    await expect(page).toHaveURL(/\/projects$/);
    await expect(page.getByRole("heading", { name: "No project yet" })).toBeVisible();
  });

  test("invites by a link for one address, and revokes it", async ({ page, context, site }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
    const { email } = newAccount("Awaited");
    await enterAs(page, admin);
    await page.goto(`/projects/${project.slug}/members`);
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Invite" }).click();
    await page.getByLabel("Role", { exact: true }).selectOption("Researcher");
    await expect(page.getByText("Labels, imports, watches quality and exports.")).toBeVisible();
    await page.getByLabel("E-mail address").fill("no address");
    await page.getByLabel("Valid for").selectOption("30 days");
    await page.getByRole("button", { name: "Create link" }).click();
    await expect(page.getByText("Must be an e-mail address such as name@example.org.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Create link" }).click();
    const link = await readLink(page);
    expect(await copyBy(page, page.getByRole("button", { name: "Copy link" }))).toBe(link);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Done" }).click();
    await expect(rowOf(page, email).locator("time").last()).toHaveAttribute("datetime", inDays(30));
    await expectAccessible(page);

    await page.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
    await page.getByRole("button", { name: "Revoke invitation" }).click();
    // Not by the row's role, which the dialog hides as long as it is open.
    await expect(page.getByText(email)).toHaveCount(0);
    await page.goto(link);
    await expect(page.getByText(/^This link was revoked on /)).toBeVisible();
  });

  test("shows a researcher who is who and nothing to change", async ({ page }) => {
    const researcher = await makeColleague("Onlooker", project.slug, "researcher");
    await enterAs(page, researcher);
    await page.goto(`/projects/${project.slug}/members`);
    await expect(rowOf(page, admin.email)).toContainText("Admin");
    await expect(page.getByRole("button", { name: /^(Invite|Remove|Revoke)/ })).toHaveCount(0);
    await expect(page.getByRole("combobox")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Open invitations" })).toHaveCount(0);
  });
});

test.describe("the page of an invitation", () => {
  test("asks a new person for an account, names what is wrong with it, and works once", async ({ page }) => {
    const account = newAccount("Newcomer");
    const { path } = await invite({ slug: project.slug, role: "annotator" }, account.email);
    await page.goto(path);
    await expect(page.getByRole("heading", { name: `Join ${project.name}` })).toBeVisible();
    await expect(page.getByLabel("E-mail address")).toHaveValue(account.email);
    await expect(page.getByLabel("E-mail address")).toHaveJSProperty("readOnly", true);
    await expectAccessible(page);
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByLabel("Password again").fill("short");
    await page.getByRole("button", { name: "Create account and join" }).click();
    await expect(page.getByText("Must not be empty.")).toBeVisible();
    await expect(page.getByText("Must have at least 12 characters.")).toBeVisible();
    await page.getByLabel("Name").fill(account.name);
    await page.getByLabel("Password", { exact: true }).fill(account.password);
    await page.getByLabel("Password again").fill("something else");
    await page.getByRole("button", { name: "Create account and join" }).click();
    await expect(page.getByText("Is not the same as the password above.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Password again").fill(account.password);
    await page.getByRole("button", { name: "Create account and join" }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}/label$`));

    await page.context().clearCookies();
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
    await expect(page.getByText(/^This link was used on /)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Go to sign-in" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
  });

  test("says that a link is not known", async ({ page }) => {
    await page.goto("/invite/not-a-token");
    await expect(page.getByText(/^This link is not known here\./)).toBeVisible();
  });

  test("joins somebody who signs in on the way", async ({ page }) => {
    const elsewhere = await makeProject("Elsewhere");
    const person = await makeColleague("Traveller", elsewhere.slug, "annotator");
    const { path } = await invite({ slug: project.slug, role: "researcher" });
    await page.goto(path);
    await page.getByRole("link", { name: "Sign in to join with it" }).click();
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await page.getByLabel("E-mail address").fill(person.email);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText(`You are signed in as ${person.email}.`)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Join project" }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}$`));
  });

  test("refuses another person's account and lets them use their own", async ({ page }) => {
    const { email } = newAccount("Somebody else");
    const { path } = await invite({ slug: project.slug, role: "annotator" }, email);
    await enterAs(page, admin);
    await page.goto(path);
    await page.getByRole("button", { name: "Join project" }).click();
    await expect(page.getByText(`This invitation is for ${email}, not for ${admin.email}.`)).toBeVisible();
    await page.getByRole("button", { name: "Sign out and use another account" }).click();
    await expect(page.getByRole("button", { name: "Create account and join" })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  });
});

/** All of a long table but its first and last rows, which axe need not read one by one. */
const middleRows = "tbody tr:nth-of-type(n + 5):nth-last-of-type(n + 5)";

test.describe("the users page", () => {
  test("finds everyone, disables an account, enables it and resets its password", async ({ page, context, site }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
    const crowd = await makeProject("Crowd");
    await fillWithMembers(crowd.slug, 51);
    const person = await makeColleague("Forgetful", crowd.slug, "annotator");
    await enterAs(page, siteAdmin);

    await page.goto(`/projects/${crowd.slug}/members`);
    await expect(rowOf(page, person.email)).toHaveCount(0);
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(rowOf(page, person.email)).toBeVisible();

    await page.goto("/users");
    const row = rowOf(page, person.email);
    // The newest come last, and nobody knows how many the other specs have made by now.
    await expect(async () => {
      await page.getByRole("button", { name: "Show more" }).click({ timeout: 5_000 });
      await expect(row).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await row.getByRole("button", { name: `Disable ${person.name}` }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await row.getByRole("button", { name: `Disable ${person.name}` }).click();
    await page.getByRole("button", { name: "Disable account" }).click();
    await expect(page.getByText(`The account of ${person.name} is disabled.`)).toBeVisible();
    await expect(row.getByText("Disabled", { exact: true })).toBeVisible();
    expect((await person.api.get("/api/v1/me")).status()).toBe(401);
    await expectAccessible(page, { except: middleRows });
    await row.getByRole("button", { name: `Enable ${person.name}` }).click();
    await expect(page.getByText(`The account of ${person.name} is enabled.`)).toBeVisible();
    await signInByApi(person.api, person);

    await row.getByRole("button", { name: `Reset the password of ${person.name}` }).click();
    await page.getByRole("button", { name: "Reset password", exact: true }).last().click();
    const dialog = page.getByRole("dialog", { name: `The new password of ${person.name}` });
    const password = await dialog.getByRole("region", { name: "password" }).innerText();
    expect(await copyBy(page, dialog.getByRole("button", { name: "Copy password" }))).toBe(password);
    await expectAccessible(page, { except: middleRows });
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(dialog).toBeHidden();
    expect((await person.api.get("/api/v1/me")).status()).toBe(401);
    await signInByApi(person.api, { ...person, password });
  });

  test("offers nothing that would shut oneself out", async ({ page }) => {
    await enterAs(page, siteAdmin);
    await page.goto("/users");
    await expect(
      page
        .getByRole("row")
        .filter({ has: page.getByText("You", { exact: true }) })
        .getByRole("button"),
    ).toHaveCount(0);
  });

  test("invites admins of the site, and revokes an invitation", async ({ page, browser, site }) => {
    const own = await makeProject("Climbers");
    const climber = await makeColleague("Climber", own.slug, "annotator");
    const { email } = newAccount("Never came");
    await enterAs(page, siteAdmin);
    await page.goto("/users");
    await page.getByRole("button", { name: "Invite admin" }).click();
    await expect(page.getByRole("dialog").getByLabel("Role")).toHaveCount(0);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Valid for").selectOption("1 day");
    await page.getByRole("button", { name: "Create link" }).click();
    const revoked = await readLink(page);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: `Revoke the invitation of ${email}` }).click();
    await page.getByRole("button", { name: "Revoke invitation" }).click();
    // Not by the row's role, which the dialog hides as long as it is open.
    await expect(page.getByText(email)).toHaveCount(0);

    await page.getByRole("button", { name: "Invite admin" }).click();
    await page.getByLabel("E-mail address").fill(climber.email);
    await page.getByRole("button", { name: "Create link" }).click();
    const link = await readLink(page);
    const visitor = awaitLife(await (await browser.newContext({ baseURL: site.url })).newPage());
    await visitor.goto(revoked);
    await expect(visitor.getByText(/^This link was revoked on /)).toBeVisible();
    await enterAs(visitor, climber);
    await visitor.goto(link);
    await expect(visitor.getByRole("heading", { name: "Become an admin of this site" })).toBeVisible();
    await visitor.getByRole("button", { name: "Become admin" }).click();
    await expect(visitor).toHaveURL(/\/projects$/);
    await visitor.goto("/users");
    await expect(visitor.getByRole("heading", { name: "Users", level: 1 })).toBeVisible();
    await visitor.context().close();
  });

  test("makes a new person an admin by the link", async ({ page }) => {
    const { path } = await invite("site");
    await page.goto(path);
    await fillAccount(page, newAccount("New admin"));
    await page.getByRole("button", { name: "Create account and join" }).click();
    await expect(page).toHaveURL(/\/projects$/);
    await expect(page.getByRole("link", { name: "New project" }).first()).toBeVisible();
  });
});

test.describe("the audit pages", () => {
  test("list what was done in a project, by page and by action", async ({ page }) => {
    const own = await makeProject("Audited");
    const auditor = await makeColleague("Auditor", own.slug, "admin");
    for (let number = 1; number <= 51; number++)
      await invite({ slug: own.slug, role: "annotator" }, `guest.${number}@example.com`);
    await enterAs(page, auditor);

    await page.goto(`/projects/${own.slug}/members`);
    const invitations = page.getByRole("region", { name: "Open invitations" }).getByRole("row");
    await expect(invitations).toHaveCount(51);
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(invitations).toHaveCount(52);

    await page.goto(`/projects/${own.slug}/audit`);
    await expectAccessible(page);
    const events = page.getByRole("region", { name: "Events" }).getByRole("row");
    await expect(events).toHaveCount(51);
    await page.getByRole("link", { name: "Older" }).click();
    await expect(rowOf(page, "Created the project")).toContainText(own.slug);
    await page.getByRole("link", { name: "Newest" }).click();
    await expect(rowOf(page, "guest.51@example.com")).toContainText("Invited a member");
    await page.getByLabel("Action").selectOption("member.join");
    await expect(page).toHaveURL(/action=member\.join/);
    await expect(events).toHaveCount(2);
    await expect(rowOf(page, auditor.email)).toContainText("role admin");
    await page.getByLabel("Action").selectOption("run.cancel");
    await expect(page.getByRole("heading", { name: "No events" })).toBeVisible();
    await page.getByRole("link", { name: "Show all events" }).click();
    await expect(events).toHaveCount(51);
    await expect(page.getByLabel("Action")).toHaveValue("");
  });

  test("list what was done on the whole site, by project and by action", async ({ page }) => {
    const own = await makeProject("Watched");
    await makeColleague("Watched person", own.slug, "annotator");
    await enterAs(page, siteAdmin);
    await page.goto("/audit");
    await expectAccessible(page);
    await page.getByLabel("Project").selectOption(own.slug);
    await expect(page).toHaveURL(new RegExp(`project=${own.slug}`));
    const events = page.getByRole("region", { name: "Events" }).getByRole("row");
    await expect(events).toHaveCount(4);
    await page.getByLabel("Action").selectOption("project.create");
    await expect(events).toHaveCount(2);
    await expect(page.getByLabel("Project")).toHaveValue(own.slug);
    await expectAccessible(page);
    await page.getByRole("table").getByRole("link", { name: own.slug }).click();
    await expect(page).toHaveURL(new RegExp(`/projects/${own.slug}$`));
  });
});

/** Whoever makes a project is its first member. */
async function leaveAsMaker(slug: string): Promise<void> {
  const { userId } = await answerOf<MeView>(await siteAdmin.api.get("/api/v1/me"));
  expect((await siteAdmin.api.delete(`/api/v1/projects/${slug}/members/${userId}`)).ok()).toBe(true);
}

/** Members with accounts that nobody can sign in to. */
async function fillWithMembers(slug: string, count: number): Promise<void> {
  await sql(
    `with made as (
       insert into users (id, email, name, password_hash)
       select uuidv7(), $1::text || '.' || n || '@example.com', 'Member ' || n, '' from generate_series(1, $2::int) n
       returning id)
     insert into members (project_id, user_id, role) select projects.id, made.id, 'annotator' from made, projects where slug = $1::text`,
    [slug, count],
  );
}
