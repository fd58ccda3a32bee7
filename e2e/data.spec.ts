import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { InstanceListItem } from "@/lib/instances/schema";
import { expectAccessible } from "./axe";
import { authFile, expect, test } from "./people";
import { apiOf, difficultTexts, importRecords, makeProject, plainPair } from "./workspace";

test.use({ storageState: authFile("admin") });

// A worker that takes over after a failure makes its own.
const slug = `data-pages-${process.env.TEST_WORKER_INDEX}`;
const path = `/projects/${slug}/instances`;
const person = (annotator: string, preferred: number | "tie") => ({
  annotator,
  kind: "human",
  type: "comparison",
  preferred,
});
const judge = { annotator: "judge", kind: "lm", type: "comparison", preferred: 1 };

test.beforeAll(async () => {
  const labelsOf = (i: number) =>
    i < 5
      ? [person("ann1", 0), person("ann2", 0)]
      : i < 8
        ? [person("ann1", 0), person("ann2", 1)]
        : i < 12
          ? [judge]
          : [];
  await makeProject({ slug, name: "Data pages", overlap: 2 }, [
    ...Array.from({ length: 64 }, (_, i) => ({
      id: `d${i}`,
      prompt: i === 20 ? "A zebra crosses the road" : `Question ${i}`,
      completions: [
        { id: "first", text: `First ${i}`, model: i % 2 ? "model-odd" : "model-even" },
        { id: "second", text: `Second ${i}`, model: "model-common", seed: 7 },
      ],
      labels: labelsOf(i),
      topic: "numbers",
      ...(i === 0 && { gold: { preferred: 0 }, context: "Some context", reference: "The reference" }),
    })),
    { id: "single", prompt: "Only one", completions: [{ text: "alone" }] },
  ]);
});

test("every filter narrows the list to what the API says, and its chip takes it back", async ({ page }) => {
  test.setTimeout(120_000);
  const api = await apiOf();
  const listed = async (query: Record<string, string>) => {
    const response = await api.get(`/api/v1${path}`, { params: { ...query, limit: "200" } });
    return ((await response.json()) as { items: InstanceListItem[] }).items;
  };
  const filters = [
    ["Status", "status", "not-labelable", "Status: Cannot be shown"],
    ["Agreement", "agreement", "draw", "Agreement: Draw"],
    ["Source", "source", "lm", "Source: LM judges"],
    ["Route", "route", "human", "Route: People"],
    ["Split", "split", "test", "Split: Test"],
    ["Model", "model", "model-odd", "Model: model-odd"],
  ] as const;
  const all = await listed({});
  expect(all).toHaveLength(65);
  await page.goto(path);
  for (const [control, name, value, chip] of filters) {
    await page.getByRole("combobox", { name: control }).selectOption(value);
    await expect(page).toHaveURL(new RegExp(`[?&]${name}=${value}`));
    const wanted = await listed({ [name]: value });
    expect(wanted.length, name).toBeGreaterThan(0);
    await expect(page.getByRole("main").getByRole("status")).toHaveText(
      wanted.length === 1 ? "1 instance that fits" : `${wanted.length} instances that fit`,
    );
    await expect(page.getByRole("combobox", { name: control })).toHaveValue(value);
    await page.getByRole("link", { name: `Remove the filter ${chip}` }).click();
    await expect(page.getByRole("main").getByRole("status")).toHaveText("65 instances in all");
  }
  const both = await listed({ source: "human", agreement: "unanimous" });
  expect(both.map(({ outsideId }) => outsideId).sort()).toEqual(["d0", "d1", "d2", "d3", "d4"]);
  await page.getByRole("combobox", { name: "Source" }).selectOption("human");
  await page.getByRole("link", { name: /^Remove the filter Source/ }).waitFor();
  await page.getByRole("combobox", { name: "Agreement" }).selectOption("unanimous");
  await expect(page.getByRole("main").getByRole("status")).toHaveText("5 instances that fit");
  await page.getByRole("link", { name: "Remove all" }).click();
  await expect(page.getByRole("main").getByRole("status")).toHaveText("65 instances in all");
  await api.dispose();
});

test("search finds words and ids, and says when nothing fits", async ({ page }) => {
  await page.goto(path);
  const search = page.getByRole("searchbox", { name: "Search" });
  const rows = page.getByRole("region", { name: "Instances" }).getByRole("row");
  await search.fill("zebra");
  await search.press("Enter");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("A zebra crosses the road");
  await search.fill("d33");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Question 33");
  await search.fill("unicorn");
  await search.press("Enter");
  await expect(page.getByRole("heading", { name: "No instance fits these filters" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Remove all filters" }).click();
  await expect(rows).toHaveCount(51);
  await expect(search).toHaveValue("");
});

test("pages go on and back to the first, and keys move between rows", async ({ page }) => {
  await page.goto(path);
  const rows = page.getByRole("region", { name: "Instances" }).getByRole("row");
  await expect(rows).toHaveCount(51);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows).toHaveCount(16);
  await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows).toHaveCount(51);

  const links = page.getByRole("region", { name: "Instances" }).getByRole("link");
  await links.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(links.last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(links.nth(48)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/instances\/[0-9a-f-]{36}$/);
});

test("columns and density are chosen once and stay", async ({ page }) => {
  await page.goto(path);
  const table = page.getByRole("region", { name: "Instances" });
  const menu = page.getByRole("menu");
  await page.getByRole("button", { name: "View" }).click();
  for (const column of ["Prompt", "Models", "Status", "Labels", "Consensus", "Route", "Split", "Added"]) {
    const item = menu.getByRole("menuitemcheckbox", { name: column });
    const wasShown = (await item.getAttribute("aria-checked")) === "true";
    await item.click();
    await expect(table.getByRole("columnheader", { name: column })).toHaveCount(wasShown ? 0 : 1);
  }
  await expectAccessible(page);
  await menu.getByRole("menuitemradio", { name: "Compact" }).click();
  await expect(table).toHaveAttribute("data-density", "compact");
  await page.reload();
  await expect(table).toHaveAttribute("data-density", "compact");
  await expect(table.getByRole("columnheader")).toHaveText(["Instance", "Route", "Added"]);
  await page.getByRole("button", { name: "View" }).click();
  await menu.getByRole("menuitemradio", { name: "Comfortable" }).click();
  await expect(table).toHaveAttribute("data-density", "comfortable");
});

test("an instance shows its texts, and in tabs its labels, its history and its record", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${path}?q=d0`);
  await page.getByRole("region", { name: "Instances" }).getByRole("link", { name: "d0", exact: true }).click();
  await expect(page.getByRole("heading", { name: "d0", level: 1 })).toBeVisible();
  await expect(page.getByText("preferred", { exact: true })).toBeVisible();
  await page.getByText("Context", { exact: true }).click();
  await expect(page.getByText("Some context")).toBeVisible();
  await page.getByText("Reference answer").click();
  await expect(page.getByText("The reference")).toBeVisible();
  await expect(page.getByRole("region", { name: "Labels", exact: true }).getByRole("row")).toHaveCount(3);
  await expect(page.getByText("100 % of the labels")).toBeVisible();
  await page.getByRole("button", { name: "Copy instance id" }).click();
  expect(page.url()).toContain(await page.evaluate(() => navigator.clipboard.readText()));
  await expectAccessible(page);

  const tabs = page.getByRole("navigation", { name: "About this instance" });
  await tabs.getByRole("link", { name: "History" }).click();
  await expect(page.getByText("brought the instance in")).toBeVisible();
  await expect(page.getByText(/answered on Overall: first better/)).toHaveCount(2);
  await expectAccessible(page);
  await tabs.getByRole("link", { name: "Record" }).click();
  await expect(page.getByRole("region", { name: "gold", exact: true })).toContainText('"preferred": 0');
  await expect(page.getByRole("region", { name: "meta", exact: true })).toContainText('"topic": "numbers"');
  await expect(page.getByRole("region", { name: "meta of second" })).toContainText('"seed": 7');
  await page.getByRole("button", { name: "Copy meta of second" }).click();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual({ seed: 7 });
  await expectAccessible(page);
  await tabs.getByRole("link", { name: "Labels" }).click();
  await expect(tabs.getByRole("link", { name: "Labels" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("main").getByRole("link", { name: "Data" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
});

test("an unlabelled instance leads to labelling, an unknown one is not found", async ({ page }) => {
  await page.goto(`${path}?q=d60`);
  await page.getByRole("region", { name: "Instances" }).getByRole("link").first().click();
  await page.getByRole("main").getByRole("link", { name: "Label", exact: true }).click();
  await expect(page).toHaveURL(/\/label$/);
  for (const id of ["00000000-0000-7000-8000-000000000000", "nonsense"]) {
    expect((await page.goto(`${path}/${id}`))?.status()).toBe(404);
  }
  await makeProject({ slug: "data-empty", name: "Empty" });
  await page.goto("/projects/data-empty/instances");
  await page.getByRole("link", { name: "Import instances" }).click();
  await expect(page).toHaveURL(/\/import$/);
});

test("difficult texts are shown, and nothing in them runs", async ({ page }) => {
  test.setTimeout(120_000);
  const other = "data-texts";
  await makeProject(
    { slug: other, name: "Texts" },
    difficultTexts.map(({ name, text }) => ({
      id: name,
      prompt: text,
      context: text,
      completions: [
        { id: text.slice(0, 40), text },
        { text: "plain", model: "<script>window.__ran=6</script>" },
      ],
      labels: [{ ...person("<img src=x onerror=window.__ran=7>", 0), rationale: text.slice(0, 2000) }],
      note: text.slice(0, 200),
    })),
  );
  for (const { name, shows } of difficultTexts) {
    await page.goto(`/projects/${other}/instances`);
    await page.getByRole("region", { name: "Instances" }).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(page.getByText(shows).first()).toBeVisible();
    for (const tab of ["History", "Record"]) {
      await page.getByRole("navigation", { name: "About this instance" }).getByRole("link", { name: tab }).click();
      await expect(page.getByRole("link", { name: tab, exact: true })).toHaveAttribute("aria-current", "page");
    }
    expect(await page.evaluate(() => (window as { __ran?: unknown }).__ran)).toBeUndefined();
    if (name === "hostile") {
      await expect(page.locator(".prose-reading math").first()).toBeAttached();
      await expect(page.locator(".prose-reading table").first()).toBeVisible();
      // The only images are those that this site keeps.
      const foreign = '.prose-reading :is(script, img:not([src^="/api/v1/projects/"]), b, [onclick])';
      await expect(page.locator(foreign)).toHaveCount(0);
      await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
      await expectAccessible(page);
    }
  }
});

test("snapshots take the sources and the split that were asked for", async ({ page, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/projects/${slug}/export`);
  const make = page.getByRole("button", { name: "Make snapshot" });
  await make.click();
  await expect(page.getByText("Give the snapshot a name.")).toBeVisible();
  await page.getByLabel("Name").fill("people only");
  const people = page.getByRole("checkbox", { name: /^People/ });
  await expect(people).toBeChecked();
  await people.uncheck();
  await expect(page.getByText("Choose at least one source.")).toBeVisible();
  await expect(make).toBeDisabled();
  await people.check();
  await make.click();
  const first = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "people only" }) });
  await expect(first.getByRole("table")).toBeVisible();
  await expect(first.getByText("16 human", { exact: true })).toBeVisible();

  await page.getByLabel("Name").fill("both, train");
  await page.getByRole("checkbox", { name: /^LM judges/ }).check();
  await page.getByLabel("Split").selectOption("train");
  await make.click();
  const second = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "both, train" }) });
  await expect(second.getByRole("table")).toBeVisible();
  await expect(second.getByText("train only")).toBeVisible();
  await expectAccessible(page);

  const consensus = await download(page, first.getByRole("link", { name: "Standard (overall, consensus)" }));
  expect(consensus).toHaveLength(5);
  expect(consensus[0]).toHaveProperty("prompt", expect.stringMatching(/^Question/));
  expect(await download(page, first.getByRole("link", { name: "Standard (overall, labels)" }))).toHaveLength(16);
  const turns = await download(page, first.getByRole("link", { name: "Conversational (overall, labels)" }));
  expect(turns[0]).toMatchObject({ prompt: [{ role: "user" }], chosen: [{ role: "assistant" }] });
  expect(await download(page, first.getByRole("link", { name: "Conversational (overall, consensus)" }))).toHaveLength(
    5,
  );
  expect(await download(page, first.getByRole("link", { name: "Labels (all)" }))).toHaveLength(16);
  const [manifest] = await Promise.all([
    page.waitForEvent("download"),
    first.getByRole("link", { name: "Manifest" }).click(),
  ]);
  const { hash } = JSON.parse(await readFile(await manifest.path(), "utf8")) as { hash: string };
  await first.getByRole("button", { name: "Copy hash" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(hash);

  const open = first.getByRole("button", { name: "Copy curl example" });
  if (!(await open.isVisible())) await first.getByText("Use it from scripts").click();
  await open.click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`/api/v1/projects/${slug}/snapshots/`);
  for (const label of ["Command line", "Python"])
    await first.getByRole("button", { name: `Copy ${label} example` }).click();

  await importRecords(slug, [plainPair("later", { labels: [person("ann9", 0)] })]);
  await page.reload();
  await expect(first.getByText("16 human", { exact: true })).toBeVisible();
});

test("without labels there is nothing to export, and more than a page of snapshots can be read", async ({ page }) => {
  test.setTimeout(120_000);
  const other = "data-snapshots";
  await makeProject({ slug: other, name: "Snapshots" });
  await page.goto(`/projects/${other}/export`);
  await expect(page.getByText("There are no labels to export yet")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No snapshot yet" })).toBeVisible();
  await expectAccessible(page);
  await importRecords(other, [plainPair("s1", { labels: [person("ann", 0)] })]);
  const api = await apiOf();
  for (let i = 0; i < 21; i++) {
    const made = await api.post(`/api/v1/projects/${other}/snapshots`, {
      data: { name: `snapshot ${i}`, filter: { sources: ["human"] } },
    });
    expect(made.ok(), await made.text()).toBe(true);
  }
  await page.reload();
  await expect(page.getByRole("heading", { name: /^snapshot \d+$/ })).toHaveCount(20);
  await page.getByRole("button", { name: "Older snapshots" }).click();
  await expect(page.getByRole("heading", { name: "snapshot 0", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Older snapshots" })).toHaveCount(0);
  await api.dispose();
});

/** The rows of the file behind a link. */
async function download(page: Page, link: ReturnType<Page["getByRole"]>): Promise<object[]> {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = await readFile(await file.path(), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
}
