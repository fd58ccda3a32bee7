import { expectAccessible } from "./axe";
import { authFile, expect, openAs, test } from "./people";
import { apiOf, importRecords, join, makeProject, plainPair } from "./workspace";
import type { ProjectResponse } from "@/lib/projects/schema";

test.use({ storageState: authFile("admin") });

test("a project is made with every choice there is", async ({ page }) => {
  await page.goto("/projects/new");
  await page.getByRole("link", { name: "Start empty" }).click();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Give the project a name.")).toBeVisible();

  const name = page.getByLabel("Name").first();
  await name.fill("Many Choices (é)");
  const slug = page.getByLabel("Slug");
  await expect(slug).toHaveValue("many-choices-e");
  await slug.fill("Not A Slug");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Use small letters, digits and hyphens; begin with")).toBeVisible();
  await slug.fill("many-choices");
  await name.fill("Many choices");
  await expect(slug, "a slug written by hand stays").toHaveValue("many-choices");
  await page.getByLabel("Description").fill("A project with everything.");

  const answers = page.getByRole("list", { name: "Answers it offers" }).getByRole("listitem");
  for (const [points, count] of [
    [2, 2],
    [3, 3],
    [5, 5],
    [9, 9],
    [7, 7],
  ] as const) {
    await page.getByLabel("Scale").selectOption(String(points));
    await expect(answers).toHaveCount(count);
  }
  await page.getByLabel(/Offer “both bad”/).uncheck();
  await page.getByLabel("Written reason").selectOption("required");

  const add = page.getByRole("button", { name: "Add aspect" });
  await add.click();
  const second = page.getByRole("group", { name: "Aspect 2" });
  await second.getByLabel("Name").fill("Style of writing");
  await expect(second.getByLabel("Id")).toHaveValue("style-of-writing");
  await second.getByLabel("Id").fill("overall");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(second.getByText("Another aspect has this id.")).toBeVisible();
  await second.getByLabel("Id").fill("style");
  await second.getByLabel("What annotators are asked").fill("Which reads better?");
  for (let count = 3; count <= 8; count++) await add.click();
  await expect(add).toBeDisabled();
  for (let count = 8; count > 2; count--) await page.getByRole("button", { name: `Remove aspect ${count}` }).click();
  await expect(page.getByRole("group", { name: /^Aspect \d$/ })).toHaveCount(2);

  await page.getByLabel("Labels per instance").fill("0");
  await page.getByLabel("Time to answer, in minutes").fill("1.5");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Give a whole number of people from 1 to 100.")).toBeVisible();
  await expect(page.getByText("Give a whole number of minutes from 1 to 1440.")).toBeVisible();
  await page.getByLabel("Labels per instance").fill("2");
  await page.getByLabel("Time to answer, in minutes").fill("45");
  await page.getByLabel("Guidelines in markdown").fill("# Read *both*");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/projects\/many-choices$/);

  const api = await apiOf();
  const stored = (await (await api.get("/api/v1/projects/many-choices")).json()) as ProjectResponse;
  expect(stored).toMatchObject({
    name: "Many choices",
    description: "A project with everything.",
    overlap: 2,
    leaseSeconds: 2700,
    guidelines: "# Read *both*",
  });
  expect(stored.taskSchema).toMatchObject({
    questions: [
      {
        scale: 7,
        bothBad: false,
        aspects: [{ id: "overall" }, { id: "style", name: "Style of writing", definition: "Which reads better?" }],
      },
    ],
    reason: "required",
  });
});

test("a slug that is taken is said at its field", async ({ page }) => {
  await makeProject({ slug: "taken-slug", name: "Taken" });
  await page.goto("/projects/new?template=empty");
  await page.getByLabel("Name").first().fill("Taken slug");
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByText("Is taken.")).toBeVisible();
  await expect(page.getByLabel("Slug")).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL(/\/projects\/new\?template=empty$/);
});

test("the list of projects leads to each and to older ones", async ({ page }) => {
  const api = await apiOf();
  for (let i = 0; i < 25; i++) {
    const made = await api.post("/api/v1/projects", { data: { slug: `listed-${i}`, name: `Listed ${i}` } });
    expect(made.status()).toBe(201);
  }
  await page.goto("/projects");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(24);
  await page.getByRole("link", { name: "Older projects" }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(page.getByRole("link", { name: "Listed 0", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Listed 0", exact: true }).click();
  await expect(page).toHaveURL(/\/projects\/listed-0$/);
  await page.getByRole("main").getByRole("link", { name: "Projects" }).click();
  await expect(page).toHaveURL(/\/projects$/);
  await page.getByRole("link", { name: "New project" }).click();
  await expect(page).toHaveURL(/\/projects\/new$/);
});

test("the overview of an empty project leads on, that of a labelled one counts", async ({ page, browser }) => {
  await makeProject({ slug: "overview", name: "Overview", overlap: 1 });
  const main = page.getByRole("main");
  const steps = [
    ["Import", /\/import$/],
    ["Invite", /\/members$/],
    ["Label", /\/label$/],
  ] as const;
  for (const [action, url] of steps) {
    await page.goto("/projects/overview");
    await main.getByRole("list").getByRole("link", { name: action, exact: true }).click();
    await expect(page).toHaveURL(url);
  }

  const labelled = (annotator: string, preferred: number) => ({
    annotator,
    kind: "human",
    type: "comparison",
    preferred,
  });
  await importRecords("overview", [
    plainPair("o1", { labels: [labelled("ann1", 0), labelled("ann2", 0)] }),
    plainPair("o2", { labels: [{ annotator: "judge", kind: "lm", type: "comparison", preferred: 1 }] }),
    plainPair("o3"),
    { id: "o4", prompt: "Only one", completions: [{ text: "alone" }] },
  ]);
  await page.goto("/projects/overview");
  const fact = (name: string) => main.getByRole("term").filter({ hasText: name }).locator("xpath=../dd");
  await expect(fact("Instances")).toHaveText("4");
  await expect(fact("With a label")).toContainText("2");
  await expect(page.getByRole("img", { name: /^Labels by source: / })).toHaveAccessibleName(/People 2.*LM judges 1/);
  await expect(page.getByRole("img", { name: /^Instances by progress: / })).toHaveAccessibleName(/Cannot be shown 1/);
  await expect(page.getByRole("region", { name: "Agreement between people" }).last()).toContainText("100");
  const newest = page.getByRole("region", { name: "Newest labels" });
  await expect(newest.getByRole("row")).toHaveCount(4);
  await expectAccessible(page);
  await newest.getByRole("link", { name: "o2" }).click();
  await expect(page.getByRole("heading", { name: "o2", level: 1 })).toBeVisible();
  for (const [action, url] of [
    ["Import", /\/import$/],
    ["Export", /\/export$/],
  ] as const) {
    await page.goto("/projects/overview");
    await main.getByRole("link", { name: action, exact: true }).click();
    await expect(page).toHaveURL(url);
  }

  await join("overview", "annotator");
  const annotator = await openAs(browser, "annotator");
  await annotator.goto("/projects/overview");
  await expect(annotator).toHaveURL(/\/projects\/overview\/label$/);
  await annotator.context().close();
});

test("settings change the question, the people and the guidelines, each change a version", async ({ page }) => {
  await makeProject({ slug: "settings", name: "Settings", guidelines: "Old." });
  await page.goto("/projects/settings/settings");
  await expect(page.getByLabel("Slug")).toHaveAttribute("readonly", "");
  const overlap = page.getByLabel("Labels per instance");
  await overlap.fill("5");
  await expect(page.getByText("There are unsaved changes.")).toBeVisible();
  await page.getByLabel("Guidelines in markdown").fill("New.");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();
  await expect(page.getByText("There are unsaved changes.")).toHaveCount(0);
  const versions = page.getByRole("region", { name: /^Versions/ });
  await expect(versions.getByRole("row", { name: /^Guidelines 2 / })).toBeVisible();

  await page.getByRole("button", { name: "Add aspect" }).click();
  await page.getByRole("group", { name: "Aspect 2" }).getByLabel("Name").fill("Tone");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(versions.getByRole("row", { name: /^Question 2 / })).toBeVisible();
  await expect(versions.getByRole("row")).toHaveCount(5);
  await page.reload();
  await expect(overlap).toHaveValue("5");
  await expect(page.getByLabel("Guidelines in markdown")).toHaveValue("New.");
  await expect(page.getByRole("group", { name: "Aspect 2" }).getByLabel("Id")).toHaveValue("tone");
  await expectAccessible(page);
});

test("a project is deleted once its slug is typed", async ({ page }) => {
  await makeProject({ slug: "to-delete", name: "To delete" }, [plainPair("d1")]);
  await page.goto("/projects/to-delete/settings");
  const open = page.getByRole("button", { name: "Delete project" });
  await open.click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Delete project" });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel("Type to-delete to confirm").fill("to-delet");
  await expect(confirm).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await open.click();
  await expect(dialog.getByLabel("Type to-delete to confirm")).toHaveValue("");
  await dialog.getByLabel("Type to-delete to confirm").fill("to-delete");
  await confirm.click();
  await expect(page).toHaveURL(/\/projects$/);
  await expect(page.getByText("Project to-delete was deleted.")).toBeVisible();
  const response = await page.goto("/projects/to-delete");
  expect(response?.status()).toBe(404);
});
