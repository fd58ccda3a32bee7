import type { Page } from "@playwright/test";
import type { Appearance } from "@/lib/auth/schema";
import { expectNoSidewaysScroll } from "./fits";
import { asking, instanceOf, openLabel, pairs, promptText, twoAspects } from "./labelling";
import { expect, test } from "./people";
import { answerOf, enterAs, makeColleague } from "./team";
import { makeProject } from "./workspace";

const slug = "reading";

const html = (page: Page) => page.locator("html");
const choose = (page: Page, value: string) => page.locator(`[role=dialog] label:has(input[value="${value}"])`).click();

/** Height of the letters of the prompt, in pixels. */
async function letters(page: Page): Promise<string> {
  return await page
    .locator(".prose-reading:visible")
    .first()
    .evaluate((text) => getComputedStyle(text).fontSize);
}

test("somebody changes the language and the look in the middle of an instance, loses nothing, and finds both, and that the language is given up, elsewhere", async ({
  page,
  browser,
  site,
}) => {
  await makeProject({ slug, name: "Reading", overlap: 1, taskSchema: asking({ aspects: twoAspects }) }, pairs(2));
  const reader = await makeColleague("Reader", slug, "annotator");
  await enterAs(page, reader);
  await openLabel(page, slug);
  const prompt = await promptText(page);
  await page.keyboard.press("1");
  await page.getByPlaceholder(/^Why/).fill("Because it is short.");
  const chosen = page.locator("[role=radiogroup] input:checked");
  await expect(chosen).toHaveCount(1);

  await page.getByRole("button", { name: "Language and reading" }).click();
  await choose(page, "24");
  await choose(page, "dyslexic");
  await expect.poll(() => letters(page)).toBe("24px");
  await choose(page, "zh-Hans");
  await expect(page.getByRole("dialog", { name: "语言与阅读" })).toBeVisible();
  await expect(html(page)).toHaveAttribute("lang", "zh-Hans");
  await choose(page, "ar");
  await expect(html(page)).toHaveAttribute("dir", "rtl");
  await choose(page, "high");
  await choose(page, "paper");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "اللغة والقراءة" })).toBeFocused();
  await expect(chosen).toHaveCount(1);
  await expect(page.locator("textarea, input[type=text]").filter({ visible: true }).first()).toHaveValue(
    "Because it is short.",
  );
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  // The rest of the answers, by the same keys as in any other language.
  await page.locator("[role=radiogroup]").nth(1).locator("input").first().check({ force: true });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "اللغة والقراءة" })).toBeVisible();
  await expect
    .poll(async () => (await instanceOf(slug, prompt)).labels.map(({ aspect, rationale }) => ({ aspect, rationale })))
    .toEqual(twoAspects.map(({ id }) => ({ aspect: id, rationale: "Because it is short." })));

  const elsewhere = await browser.newPage({ baseURL: site.url });
  await enterAs(elsewhere, reader);
  await elsewhere.goto(`/projects/${slug}/label`);
  await expect(html(elsewhere)).toHaveAttribute("lang", "ar");
  await expect(html(elsewhere)).toHaveClass(/\bpaper\b/);
  await expect(html(elsewhere)).toHaveAttribute("data-contrast", "high");
  expect(await letters(elsewhere)).toBe("24px");

  await page.getByRole("button", { name: "اللغة والقراءة" }).click();
  await choose(page, "null");
  await expect(html(page)).toHaveAttribute("lang", "en");
  await expect
    .poll(async () => (await answerOf<Appearance>(await reader.api.get("/api/v1/me/appearance"))).locale)
    .toBeNull();
  await elsewhere.reload();
  await expect(html(elsewhere)).toHaveAttribute("lang", "en");
  await elsewhere.close();
});
