import { templates } from "@/lib/projects/templates/templates";
import { expectAccessible } from "./axe";
import { expectInstance, exportedLabels, openLabel, pairs } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

test("reasons are ticked by keys, go with the preferred completion, and come back for a correction", async ({
  page,
}) => {
  const slug = "label-reasons";
  await makeProject({ slug, name: "Reasons", overlap: 1, taskSchema: templates.multipref.taskSchema }, pairs(2));
  await openLabel(page, slug);
  const why = (letter: string) => page.getByRole("group", { name: `Why ${letter}? Helpfulness` });
  const box = (reason: string) => why("A").getByRole("checkbox", { name: reason });
  await page.keyboard.press("1");
  await expect(why("A")).toBeVisible();
  await expect(page.getByText("Reasons for A can be ticked: Helpfulness.")).toBeAttached();
  // The page has gone on to the next aspect: back by one stop.
  await page.keyboard.press("Shift+Tab");
  await expect(box("Does what was asked")).toBeFocused();
  for (const key of ["Space", "ArrowRight", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await expect(why("A").getByRole("checkbox", { checked: true })).toHaveCount(2);
  await expectAccessible(page);

  await page.keyboard.press("2");
  await expect(page.getByRole("radio", { name: "A slightly better" }).first()).toBeChecked();
  await expect(box("Clearer"), "still about A").toBeChecked();
  await page.keyboard.press("5");
  await expect(why("B").getByRole("checkbox", { checked: true })).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(box("Clearer")).toBeChecked();
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.reload();
  await expectInstance(page, 1);
  await expect(box("Clearer")).toBeChecked();

  for (const key of ["3", "3", "3", "Enter"]) await page.keyboard.press(key);
  await expectInstance(page, 2);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "History" }).click();
  const row = page.getByRole("button", { name: "A slightly better (Does what was asked, Clearer)" });
  await row.click();
  await expect(page.getByRole("heading", { name: "Earlier submission" })).toBeAttached();
  await expect(row, "the list makes room for what was chosen").toBeHidden();
  await expect(page.getByLabel("Reason (optional)")).toBeInViewport({ ratio: 1 });
  await box("Clearer").uncheck({ force: true });
  await page.getByRole("button", { name: "Save revision" }).click();
  await expectInstance(page, 2);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const labels = await exportedLabels(slug);
  const reasons = labels.map(({ aspect, payload }) => [
    aspect,
    (JSON.parse(payload!) as { reasons?: string[] }).reasons,
  ]);
  expect(Object.fromEntries(reasons)).toEqual({ helpful: ["Does what was asked"] });
});
