import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin"), locale: "ar" });

/** From where a thing begins to the left edge of the window. */
async function leftOf(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).first().boundingBox())!.x;
}

test("in Arabic the first completion stands on the right, and the arrow that points at one prefers it", async ({
  page,
}) => {
  const slug = "label-arabic";
  const aspects = [{ id: "overall", name: "Overall", definition: "Which is better?" }];
  await makeProject(
    {
      ...{ slug, name: "Trial", overlap: 1 },
      taskSchema: {
        questions: [
          { id: "comparison", type: "comparison", scale: 5, bothBad: true, aspects },
          { id: "order", type: "ranking", name: "Order", definition: "Which is best?" },
        ],
        reason: "optional",
      },
    },
    [{ id: "i1", prompt: "Which way?", completions: [{ text: "This way." }, { text: "من هنا." }] }],
  );
  await page.goto(`/projects/${slug}/label`);
  await expect(page.getByRole("heading", { name: "العيّنة 1 اليوم" })).toBeAttached();
  expect(await leftOf(page, '[data-pane="A"]')).toBeGreaterThan(await leftOf(page, '[data-pane="B"]'));
  // Texts keep the directions of their own.
  const directions = await page
    .locator("[data-pane] .prose-reading")
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(directions.toSorted()).toEqual(["ltr", "rtl"]);

  // The tie, and then what stands to the left of it: B.
  const choice = page.getByRole("radiogroup", { name: "Overall" }).getByRole("radio", { checked: true });
  await page.keyboard.press("Tab");
  await page.keyboard.press("3");
  await expect(choice).toHaveAccessibleName("تعادل");
  await page.keyboard.press("ArrowLeft");
  await expect(choice).toHaveAccessibleName("B أفضل");
  await expect(choice).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(choice).toHaveAccessibleName("A أفضل");
  expect(await leftOf(page, 'label:has(input[value="1"])')).toBeGreaterThan(
    await leftOf(page, 'label:has(input[value="5"])'),
  );

  await page.keyboard.press("Tab");
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("2");
  await expect(page.getByText("A > B")).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "انتهى كل شيء" })).toBeVisible();
});
