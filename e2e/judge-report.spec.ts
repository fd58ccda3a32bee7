import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { makeProject, plainPair } from "./workspace";

test.use({ storageState: authFile("admin") });

test("a researcher sees how an AI whose labels were imported compares with people", async ({ page }) => {
  const name = "lm/of the file";
  const said = (annotator: string, kind: "human" | "lm", preferred: 0 | 1) => ({
    ...{ annotator, kind, type: "comparison", preferred, order: [0, 1] },
  });
  const records = Array.from({ length: 8 }, (_, i) => ({
    ...plainPair(`report-${i}`),
    labels: [said("one", "human", 0), said("two", "human", 0), said(name, "lm", i < 6 ? 0 : 1)],
  }));
  await makeProject({ slug: "judge-report", name: "Report" } as Parameters<typeof makeProject>[0], records);
  await page.goto("/projects/judge-report/judges");
  await page.getByRole("link", { name: "Imported AI annotators" }).click();
  await page.getByRole("button", { name: "Compute the reports" }).click();
  const row = page.getByRole("row", { name: new RegExp(`^${name}`) });
  await expect(row).toContainText(/75\.0\s%/, { timeout: 90_000 });
  await expectAccessible(page);
  await row.getByRole("link").click();
  await expect(page.getByText("is measured on 8 by what people say, of 8 prompts")).toBeVisible();
  await expect(page.getByRole("row", { name: /^Accuracy/ })).toContainText(/100\.0\s%/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  expect((await page.goto("/projects/judge-report/judges/imported?name=nobody"))?.status()).toBe(404);
});
