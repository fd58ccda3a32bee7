import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * Fails when axe finds anything against WCAG 2.2 A or AA on the page as it is, in light or in dark. `except` is a selector
 * of repetitions that are not read.
 */
export async function expectAccessible(page: Page, { except }: { except?: string } = {}): Promise<void> {
  const read = (axe: AxeBuilder) => (except === undefined ? axe : axe.exclude(except));
  await expectNoViolation(page, "light", (axe) =>
    read(axe).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]),
  );
  // The themes differ in nothing but colours.
  await expectNoViolation(page, "dark", (axe) => read(axe).withRules(["color-contrast", "link-in-text-block"]));
}

async function expectNoViolation(
  page: Page,
  colorScheme: "light" | "dark",
  choose: (axe: AxeBuilder) => AxeBuilder,
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
  await settle(page);
  // Legacy mode spares the second page that axe opens for frames of other origins, which no page here has.
  // What is in order is not described, which takes as long as to look at it.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  // The next instance is put away two frames after it was laid out, and hands back a focus that comes before.
  axe.exclude("[data-stage=ahead]");
  const { violations } = await choose(axe).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
  expect(found, `${page.url()} in ${colorScheme}`).toEqual([]);
}

/** Colours half way through a change would be measured as they will never stay. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const finite = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(finite.map((one) => one.finished.catch(() => undefined)));
  });
}
