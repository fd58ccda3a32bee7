import { request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { copyBy } from "./clipboard";
import { expectFocusKept } from "./heard";
import { expect, test } from "./people";
import {
  answerOf,
  asCaller,
  enterAs,
  inDays,
  makeColleague,
  makeProject,
  newAccount,
  signInByApi,
  type Colleague,
} from "./team";

// Reading a page with axe, in light and in dark, takes seconds each time.
test.describe.configure({ timeout: 240_000 });

let slug: string;
let owner: Colleague;

test.beforeAll(async () => {
  ({ slug } = await makeProject("Accounts"));
  owner = await makeColleague("Key owner", slug, "researcher");
});

test.describe("sign-in", () => {
  test("refuses a wrong password in words, and leads back to the page that was asked for", async ({ page }) => {
    await page.goto("/account");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
    await expectAccessible(page);
    await page.getByLabel("E-mail address").fill(owner.email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(
      page.getByText("The e-mail address or the password is wrong. Check both and try again."),
    ).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Password").fill(owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByText(`You sign in as ${owner.email}.`)).toBeVisible();
  });

  test("never leads to another site", async ({ page, site }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent("//example.org/steal")}`);
    await page.getByLabel("E-mail address").fill(owner.email);
    await page.getByLabel("Password").fill(owner.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(`${site.url}/projects`);
  });

  test("stops guessing after five failures and tells the minutes to wait", async ({ page }) => {
    const { email } = newAccount("Nobody here");
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill(email);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await page.getByLabel("Password").fill(`guess number ${attempt}`);
      const answered = page.waitForResponse("**/api/auth/callback/credentials");
      await page.getByRole("button", { name: "Sign in" }).click();
      await answered;
      await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
    }
    await page.getByLabel("Password").fill("guess number 6");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText(`Too many attempts failed for ${email}. Try again in 15 minutes.`)).toBeVisible();
  });

  test("offers the theme before one is signed in", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/sign-in");
    const html = page.locator("html");
    await page.getByTitle("Dark").click();
    await expect(html).toHaveClass(/\bdark\b/);
    await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
    await page.getByRole("radio", { name: "Dark" }).press("ArrowLeft");
    await expect(html).toHaveClass(/\blight\b/);
    await page.getByTitle("System").click();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(html).toHaveClass(/\bdark\b/);
  });
});

test.describe("the account page", () => {
  test("changes the name, which the menu shows at once", async ({ page }) => {
    const person = await makeColleague("Old name", slug, "annotator");
    await enterAs(page, person);
    await page.goto("/account");
    await expectAccessible(page);
    await page.getByLabel("Name", { exact: true }).fill(" ");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("Must not be empty.")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Newly named");
    await page.getByRole("button", { name: "Save name" }).click();
    await expect(page.getByText("You are now called Newly named.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Your account: Newly named" })).toBeVisible();
  });

  test("changes the password, which ends all other sessions and not this one", async ({ page, site }) => {
    const person = await makeColleague("Cautious", slug, "annotator");
    const other = await request.newContext({ baseURL: site.url });
    await signInByApi(other, person);
    await enterAs(page, person);
    await page.goto("/account");

    const fillIn = async (current: string, next: string, again = next) => {
      await page.getByLabel("Current password").fill(current);
      await page.getByLabel("New password", { exact: true }).fill(next);
      await page.getByLabel("New password again").fill(again);
      await page.getByRole("button", { name: "Change password" }).click();
    };
    await fillIn(person.password, "a new password", "another password");
    await expect(page.getByText("Is not the same as the password above.")).toBeVisible();
    await fillIn(person.password, "short");
    await expect(page.getByText("Must have at least 12 characters.")).toBeVisible();
    await fillIn("not my password", "a new password");
    await expect(page.getByText("Is not your password.")).toBeVisible();
    expect((await other.get("/api/v1/me")).status()).toBe(200);
    await expectAccessible(page);

    await fillIn(person.password, "a new password");
    await expect(page.getByText("Your password is changed. All other sessions have ended.")).toBeVisible();
    expect((await other.get("/api/v1/me")).status()).toBe(401);
    await page.reload();
    await expect(page.getByText(`You sign in as ${person.email}.`)).toBeVisible();
    await signInByApi(other, { ...person, password: "a new password" });
  });
});

test.describe("the API keys page", () => {
  test("makes a key that is shown once, works, and is refused once it is revoked", async ({ page, context, site }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
    await enterAs(page, owner);
    await page.goto("/account");
    await page.getByRole("link", { name: "API keys" }).click();
    await expect(page.getByRole("heading", { name: "No API keys yet" })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole("button", { name: "New API key" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.getByRole("button", { name: "New API key" }).click();
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByText("Must not be empty.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Name", { exact: true }).fill("nightly import");
    await page.getByLabel("Expires").selectOption("in 30 days");
    await page.getByRole("button", { name: "Create key" }).click();
    const dialog = page.getByRole("dialog", { name: "The key nightly import" });
    const key = await dialog.getByRole("region", { name: "API key" }).innerText();
    expect(key).toMatch(/^tdm_\S{20,}$/);
    const [copied] = await Promise.all([
      copyBy(page, dialog.getByRole("button", { name: "Copy API key" })),
      expect(dialog.getByText("Copied")).toBeAttached(),
    ]);
    expect(copied).toBe(key);
    const example = await copyBy(page, dialog.getByRole("button", { name: "Copy example" }));
    expect(example).toBe(`curl -H "Authorization: Bearer ${key}" ${site.url}/api/v1/me`);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Done" }).click();

    const row = page.getByRole("row").filter({ hasText: "nightly import" });
    await expect(row.locator("time").first()).toHaveAttribute("datetime", inDays(30));
    await expect(row).toContainText("never");
    const script = await asCaller(key);
    expect(await answerOf(await script.get("/api/v1/me"))).toMatchObject({ email: owner.email });
    await page.reload();
    await expect(row).not.toContainText("never");
    expect(await page.content()).not.toContain(key);

    await page.getByRole("button", { name: "Revoke nightly import" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect((await script.get("/api/v1/me")).status()).toBe(200);
    await page.getByRole("button", { name: "Revoke nightly import" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Revoke key" }).click();
    await expect(row.getByText("Revoked")).toBeVisible();
    // The button that asked for it is gone.
    await expectFocusKept(page);
    await expectAccessible(page);
    const refused = await script.get("/api/v1/me");
    expect(refused.status()).toBe(401);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringMatching(/^The API key nightly import was revoked on /) as unknown,
    });
  });

  test("lists all keys, however many, and marks those that never expire", async ({ page }) => {
    const person = await makeColleague("Key collector", slug, "annotator");
    for (let number = 1; number <= 51; number++) {
      await answerOf(await person.api.post("/api/v1/api-keys", { data: { name: `key ${number}`, days: null } }));
    }
    await enterAs(page, person);
    await page.goto("/account/api-keys");
    const rows = page.getByRole("region", { name: "API keys" }).getByRole("row");
    await expect(rows).toHaveCount(51);
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(rows).toHaveCount(52);
    await expect(page.getByText("Never expires")).toHaveCount(51);
    await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
    await expect(page.getByText("Everything is shown.")).toBeFocused();
    await page.getByRole("link", { name: "Profile" }).click();
    await expect(page).toHaveURL(/\/account$/);
  });
});
