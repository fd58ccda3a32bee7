import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
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
  await type(page, question(page, 1).getByLabel("What 3 means"), "in parts");
  const aspect = question(page, 1).getByRole("group", { name: "Aspect 1" });
  await type(page, aspect.getByLabel("Name"), "Helpful");
  await expect(aspect.getByLabel("Id"), "the id goes with the name").toHaveValue("helpful");

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
  await tabTo(page, page.getByLabel("Prompt or conversation"));
  await page.keyboard.type("After Errors");
  await tabTo(page, page.getByLabel("Guidelines in markdown"));
  await page.keyboard.type("Be fair.");
  await press(page, button);
  await expect(page.getByText("Saved as task schema version 2 and guidelines version 2.")).toBeVisible();
  await expect(page.getByText("Version 2 is in use.")).toBeVisible();

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
        aspects: [{ id: "helpful", name: "Helpful", definition: "" }],
        scale: { kind: "points", points: 5, names: ["", "", "in parts", "", ""] },
      },
    ],
    reason: "optional",
    reveal: [{ show: "prompt", after: "errors" }],
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
});
