import { expectAccessible } from "./axe";
import { copyBy } from "./clipboard";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { importRecords, makeProject, plainPair } from "./workspace";

const slug = `pages-${process.env.TEST_WORKER_INDEX}`;
const home = `/projects/${slug}`;
const pages = [
  "/projects",
  "/projects/new",
  "/projects/new?template=safety-two-scores",
  home,
  `${home}/settings`,
  `${home}/import`,
  `${home}/instances`,
  `${home}/export`,
  `${home}/routing/backtest`,
  `${home}/label`,
  "/docs/api",
];

test.use({ storageState: authFile("admin") });

test.beforeAll(async () => {
  const label = { annotator: "ann", kind: "human", type: "comparison", preferred: 0 };
  await makeProject({ slug, name: "Pages", description: "For looking at every page." }, [
    ...Array.from({ length: 12 }, (_, i) =>
      plainPair(`page ${i}`, { labels: [label, { ...label, annotator: "bob" }].slice(0, i % 3) }),
    ),
    plainPair("w".repeat(120), { prompt: "w".repeat(500) }),
  ]);
  await importRecords(slug, [{ instance: "page 0", ...label, annotator: "cyd", preferred: "tie" }], "labels");
});

for (const path of pages) {
  const name = path.replace(home, "/projects/[slug]");

  test(`${name} is accessible in both themes and fits a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('[role=status][aria-label^="Loading"]')).toHaveCount(0);
    // All operations of the API are shown by the same parts; reading dozens of them takes axe half a minute.
    await expectAccessible(page, { except: "article:nth-of-type(n + 2)" });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.reload();
    await expect(page.locator('[role=status][aria-label^="Loading"]')).toHaveCount(0);
    await expectNoSidewaysScroll(page);
  });
}

test("an instance's page fits a phone, tab by tab", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${home}/instances?q=${"w".repeat(120)}`);
  await page.getByRole("region", { name: "Instances" }).getByRole("link").click();
  for (const tab of ["Labels", "History", "Record"]) {
    await page.getByRole("navigation", { name: "About this instance" }).getByRole("link", { name: tab }).click();
    await expect(page.getByRole("link", { name: tab, exact: true })).toHaveAttribute("aria-current", "page");
    await expectNoSidewaysScroll(page);
  }
});

test.describe("without signing in", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the API can be read, opened, copied from and fetched", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/docs/api");
    const contents = page.getByRole("navigation", { name: "Contents" }).getByRole("link");
    const tag = await contents.last().innerText();
    await contents.last().click();
    await expect(page.getByRole("heading", { name: tag, level: 2 })).toBeInViewport();

    const operation = page.getByRole("article").filter({ hasText: "Body" }).first();
    await operation.getByText(/^Body/).click();
    await expect(operation.getByRole("region", { name: "Body" })).toBeVisible();
    await operation.getByText(/^Answer 2/).click();
    await expect(operation.getByRole("region", { name: /^Answer 2/ })).toBeVisible();
    const curl = await copyBy(page, operation.getByRole("button", { name: /^Copy curl for/ }));
    expect(curl).toMatch(/^curl [\s\S]*\/api\/v1\//);
    const request = await copyBy(page, page.getByRole("button", { name: "Copy first request" }));
    expect(request).toContain(`${new URL(page.url()).origin}/api/v1/projects`);
    await operation.getByRole("link").first().click();
    await expect(page).toHaveURL(/#\w+$/);

    for (const theme of ["Dark", "Light", "System"]) {
      await page.getByTitle(theme, { exact: true }).click();
      await expect(page.getByRole("radio", { name: theme })).toBeChecked();
      if (theme !== "System") await expect(page.locator("html")).toHaveClass(new RegExp(theme.toLowerCase()));
    }
    const link = page.getByRole("link", { name: "the OpenAPI 3.1 document" });
    const response = await page.request.get((await link.getAttribute("href"))!);
    expect(await response.json()).toHaveProperty("openapi", expect.stringMatching(/^3\.1\./));
    await page.getByRole("banner").getByRole("link").click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
