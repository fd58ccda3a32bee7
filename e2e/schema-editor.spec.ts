import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { expectInstance, exportedLabels, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { apiOf, makeProject, plainPair } from "./workspace";
import type { ProjectResponse } from "@/lib/projects/schema";

test.use({ storageState: authFile("admin") });

async function projectOf(slug: string): Promise<ProjectResponse> {
  const api = await apiOf();
  const project = (await (await api.get(`/api/v1/projects/${slug}`)).json()) as ProjectResponse;
  await api.dispose();
  return project;
}

/** Goes on with Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not reach ${target}.`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

const question = (page: Page, number: number) => page.getByRole("group", { name: `Question ${number}`, exact: true });
const add = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Add a question" }).getByRole("button", { name });

test("a task schema is built from nothing by keyboard, and faults stand beside their fields", async ({ page }) => {
  const slug = "schema-keyboard";
  await makeProject({ slug, name: "Built by keyboard" }, [plainPair("k1")]);
  await page.goto(`/projects/${slug}/settings`);
  await press(page, page.getByRole("main").getByRole("link", { name: "Task schema" }));
  await expect(page.getByRole("heading", { name: "Task schema", level: 1 })).toBeVisible();
  await expect(page.getByText("Version 1 is in use.")).toBeVisible();

  await press(page, page.getByRole("button", { name: "Remove question 1" }));
  await press(page, add(page, /^Rating/));
  // The first box of what was added has the focus, its text selected.
  await expect(question(page, 1).getByLabel("Id").first()).toBeFocused();
  await page.keyboard.type("quality");
  await type(page, question(page, 1).getByLabel("What 1 means"), "not at all");
  await type(page, question(page, 1).getByLabel("What 3 means"), "in parts");
  const aspect = question(page, 1).getByRole("group", { name: "Aspect 1" });
  await type(page, aspect.getByLabel("Name"), "Helpful");
  await expect(aspect.getByLabel("Id"), "the id goes with the name").toHaveValue("helpful");
  // One more and another, which is not wanted after all: the focus is at what is beside it, and that is told.
  const addAspect = question(page, 1).getByRole("button", { name: "Add aspect" });
  for (const name of ["Clear", "Short"]) {
    await press(page, addAspect);
    await page.keyboard.type(name);
  }
  await expect(question(page, 1).getByRole("status").filter({ hasText: "Added: aspect 3." })).toBeAttached();
  await tabTo(page, question(page, 1).getByRole("button", { name: "Remove aspect 3" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(question(page, 1).getByRole("button", { name: "Remove aspect 2" })).toBeFocused();

  await press(page, add(page, /^Spans/));
  await page.keyboard.type("Errors");
  const category = question(page, 2).getByRole("group", { name: "Category 1" });
  await type(page, category.getByLabel("Name"), "Wrong");
  await tabTo(page, category.getByLabel("Letter"));
  await page.keyboard.type("X");
  await tabTo(page, category.getByLabel("Colour"));
  await page.keyboard.type("Colour 4");
  await press(page, question(page, 2).getByRole("button", { name: "Add category" }));
  await page.keyboard.press("Delete");
  const button = page.getByRole("button", { name: "Save task schema" });
  await press(page, button);
  const other = question(page, 2).getByRole("group", { name: "Category 2" });
  await expect(other.getByText("Needs at least one character.")).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, page.getByRole("button", { name: /^Question 2, category 2, name: needs/ }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(other.getByLabel("Name"), "the list of faults leads to the field").toBeFocused();
  await page.keyboard.type("Irrelevant");
  await tabTo(page, question(page, 2).getByRole("button", { name: "Move question 2 up" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(question(page, 1).getByRole("button", { name: "Move question 1 down" })).toBeFocused();
  await press(page, add(page, /^Yes or no/));
  await page.keyboard.type("Mended");
  await tabTo(page, question(page, 3).getByLabel("Asked", { exact: true }));
  await page.keyboard.type("Only when");
  await tabTo(page, question(page, 3).getByLabel("3 in parts"));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByLabel("Prompt or conversation"));
  await page.keyboard.type("After Errors");
  await tabTo(page, page.getByLabel("Guidelines in markdown"));
  await page.keyboard.type("Be fair.");
  await press(page, button);
  await expect(page.getByText("Saved as task schema version 2 and guidelines version 2.")).toBeVisible();
  await expect(page.getByText("Version 2 is in use.")).toBeVisible();
  await expect(button, "what was pressed has the focus still").toBeFocused();

  const { taskSchema, guidelines } = await projectOf(slug);
  expect(guidelines).toBe("Be fair.");
  expect(taskSchema).toEqual({
    questions: [
      {
        ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
        categories: [
          { id: "wrong", name: "Wrong", definition: "", letter: "x", colour: 4 },
          { id: "irrelevant", name: "Irrelevant", definition: "" },
        ],
      },
      {
        ...{ id: "quality", type: "rating" },
        aspects: [
          { id: "helpful", name: "Helpful", definition: "" },
          { id: "clear", name: "Clear", definition: "" },
        ],
        scale: { kind: "points", points: 5, names: ["not at all", "", "in parts", "", ""] },
      },
      {
        ...{ id: "binary", type: "binary", name: "Mended", definition: "", kind: expect.any(String) as unknown },
        when: { question: "quality", is: [1, 3] },
      },
    ],
    reason: "optional",
    reveal: [{ show: "prompt", after: "errors" }],
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});

test("what is written is previewed on the project's instances, and what saving does is told before", async ({
  page,
}) => {
  const slug = "schema-preview";
  const label = { annotator: "ann", kind: "human", type: "comparison", preferred: 0 };
  await makeProject({ slug, name: "Previewed" }, [plainPair("p1", { labels: [label] }), plainPair("p2")]);
  await page.goto(`/projects/${slug}/task-schema`);
  const preview = page.getByRole("dialog", { name: "Preview" });
  const frame = preview.frameLocator("iframe");
  await expect(preview.getByText("Instance p1")).toBeVisible();
  await expect(frame.getByText("Question p1")).toBeVisible();
  await frame.getByRole("radiogroup", { name: "Overall" }).getByText("A better").click();
  await frame.getByRole("button", { name: /^Submit/ }).click();
  await expect(frame.getByText("Nothing was stored")).toBeVisible();
  await frame.getByRole("button", { name: "Show it again" }).click();
  await expect(frame.getByRole("radiogroup", { name: "Overall" }).getByRole("radio", { checked: true })).toHaveCount(0);

  await preview.getByRole("button", { name: "Next instance" }).click();
  await expect(preview.getByText("Instance p2")).toBeVisible();
  await expect(preview.getByRole("button", { name: "Next instance" })).toBeDisabled();
  await question(page, 1).getByRole("group", { name: "Aspect 1" }).getByLabel("Name").fill("Safety");
  await page.getByLabel("Prompt or conversation").selectOption("After Safety");
  await expect(frame.getByText("The prompt opens when Safety is answered.")).toBeVisible();
  await expect(frame.getByText("Question p2")).toHaveCount(0);
  await frame.getByRole("radiogroup", { name: "Safety" }).locator("label").nth(2).click();
  await frame.getByRole("button", { name: "Show the prompt" }).click();
  await expect(frame.getByText("Question p2")).toBeVisible();
  const effects = page.getByRole("list", { name: "What saving does" });
  await expect(effects).toContainText("Safety (comparison) changes. It keeps 1 label of people.");
  await expectAccessible(page);

  await preview.getByText("Phone").click();
  const width = () => frame.locator("html").evaluate((root) => root.ownerDocument.defaultView!.innerWidth);
  await expect.poll(width).toBe(375);
  await preview.getByRole("button", { name: "Enlarge the preview" }).click();
  await expect(preview.getByRole("button", { name: "Make the preview small again" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(preview.getByRole("button", { name: "Enlarge the preview" })).toBeVisible();
  await expect(frame.getByText("Question p2"), "the frame stays as it was").toBeVisible();

  await add(page, /^Rating/).click();
  await page.getByRole("button", { name: "Remove question 1" }).click();
  await expect(page.getByText("Is comparison, but no question has this id.")).toBeVisible();
  const counts = await holdCounts(page);
  await page.getByLabel("Prompt or conversation").selectOption("From the start");
  await expect.poll(counts.asked).toBe(1);
  await question(page, 1).getByRole("group", { name: "Aspect 1" }).getByLabel("Name").fill("Clarity");
  await expect(frame.getByRole("radiogroup", { name: "Clarity of A" })).toBeVisible();
  // Longer than the editor waits for the next letter before it asks.
  await page.waitForTimeout(1_000);
  expect(counts.asked(), "what changes meanwhile is counted after").toBe(1);
  counts.letGo();
  await expect.poll(counts.asked).toBe(2);
  await expect(effects).toContainText("not asked any more. 1 label of people stay stored and exported");
  await expect(effects).toContainText("Clarity (rating) is asked from now on");
  await question(page, 1).getByLabel("Id").first().fill("");
  await expect(question(page, 1).getByText("Must be small letters, digits, hyphens or underscores.")).toBeVisible();
  await expect(frame.getByText("As it was before the faults")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  expect(await projectOf(slug)).toMatchObject({ schemaVersion: 1 });
});

/** Keeps the server's counts of what saving does back until they are let go, and tells how many were asked for. */
async function holdCounts(page: Page): Promise<{ asked: () => number; letGo: () => void }> {
  let [asked, letGo] = [0, () => {}];
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/task-schema/effects", async (route) => {
    asked += 1;
    await held;
    await route.continue();
  });
  return { asked: () => asked, letGo };
}

test("versions are compared, and an older one is restored as the next", async ({ page }) => {
  const slug = "schema-versions";
  await makeProject({ slug, name: "Older and newer", guidelines: "Be kind." }, [plainPair("v1")]);
  const api = await apiOf();
  const { taskSchema } = await projectOf(slug);
  const [comparison] = taskSchema.questions;
  const ranking = { id: "order", type: "ranking", name: "Order", definition: "Which is best?" };
  await api.patch(`/api/v1/projects/${slug}`, {
    data: { taskSchema: { ...taskSchema, questions: [{ ...comparison, scale: 7 }] }, guidelines: "Be fair." },
  });
  await api.patch(`/api/v1/projects/${slug}`, { data: { taskSchema: { questions: [ranking], reason: "off" } } });
  await api.dispose();

  await page.goto(`/projects/${slug}/task-schema`);
  await page.getByRole("link", { name: "Versions", exact: true }).click();
  await expect(page.getByRole("heading", { name: "From version 2 to version 3" })).toBeVisible();
  const changes = page.getByRole("list", { name: "Changes" });
  await expect(changes.getByRole("heading", { name: "Order (order) New" })).toBeVisible();
  await expect(changes.getByRole("heading", { name: "Overall (comparison) Removed" })).toBeVisible();
  await page.getByLabel("Older").selectOption("Version 1");
  await page.getByLabel("Newer").selectOption("Version 2");
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { name: "From version 1 to version 2" })).toBeVisible();
  await expect(changes.getByRole("listitem").filter({ hasText: "Scale" })).toContainText("57 points");
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Versions of" }).getByRole("link", { name: "Guidelines" }).click();
  await expect(page.getByText("Be kindfair.")).toBeVisible();
  await page.getByRole("navigation", { name: "Versions of" }).getByRole("link", { name: "Task schema" }).click();
  await expect(page.getByRole("heading", { name: "From version 2 to version 3" })).toBeVisible();

  await page.getByRole("link", { name: "Restore version 1" }).click();
  await expect(page.getByText("This is version 1 of the task schema.")).toBeVisible();
  await expect(page.getByRole("list", { name: "What saving does" })).toContainText(
    "Order (order) is not asked any more",
  );
  await page.getByRole("button", { name: "Save task schema" }).click();
  await expect(page.getByText("Saved as task schema version 4.")).toBeVisible();
  expect(await projectOf(slug)).toMatchObject({ schemaVersion: 4, taskSchema, guidelines: "Be fair." });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/projects/${slug}/task-schema/versions?from=1&to=3`);
  await expectNoSidewaysScroll(page);
});

test("a question with a condition is asked when it is met, and what was said to it before is kept", async ({
  page,
}) => {
  const slug = "schema-condition";
  const aspects = [{ id: "clear", name: "Clear", definition: "" }];
  await makeProject(
    {
      ...{ slug, name: "Conditions", overlap: 1 },
      taskSchema: {
        questions: [
          { id: "ok", type: "binary", name: "Right", definition: "", kind: "correct" },
          { id: "stars", type: "rating", aspects, scale: { kind: "points", points: 3 } },
        ],
        reason: "off",
      },
    },
    [plainPair("c1"), plainPair("c2")],
  );
  await page.goto(`/projects/${slug}/task-schema`);
  await question(page, 2).getByLabel("Asked", { exact: true }).selectOption("Only when Right is …");
  const is = question(page, 2).getByRole("group", { name: "Right is, for any completion" });
  await is.getByLabel("No", { exact: true }).check();
  await is.getByLabel("Yes", { exact: true }).uncheck();
  await page.getByRole("button", { name: "Save task schema" }).click();
  await expect(page.getByText("Saved as task schema version 2.")).toBeVisible();

  await openLabel(page, slug);
  const row = (name: string) => page.getByRole("radiogroup", { name, exact: true });
  await expect(row("Right of A")).toBeVisible();
  await expect(row("Clear of A")).toHaveCount(0);
  /** The nth answer of a row, by its key. */
  const say = async (name: string, nth: number) => {
    await row(name)
      .getByRole("radio")
      .nth(nth - 1)
      .focus();
    await page.keyboard.press(String(nth));
  };
  await say("Right of A", 2);
  await expect(row("Clear of A")).toBeVisible();
  await say("Clear of A", 3);
  await say("Right of A", 1);
  await expect(row("Clear of A")).toHaveCount(0);
  await say("Right of B", 2);
  await expect(row("Clear of A").getByRole("radio", { checked: true }), "the answer is kept").toHaveValue("3");
  await say("Right of B", 1);
  await expect(row("Clear of A")).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expectInstance(page, 2);
  for (const name of ["Right of A", "Right of B"]) await say(name, 2);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Clear of A is not answered yet.")).toBeVisible();
  for (const name of ["Clear of A", "Clear of B"]) await say(name, 1);
  await page.keyboard.press("Enter");
  await expect(row("Right of A")).toHaveCount(0);
  await expect(page.locator("[data-save-state=saving]")).toHaveCount(0);
  const labels = await exportedLabels(slug);
  expect(labels.map(({ question: id }) => id).sort()).toEqual(["ok", "ok", "ok", "ok", "stars", "stars"]);
});
