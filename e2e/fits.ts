import { expect, type Page } from "@playwright/test";

/** Fails when the page as a whole is wider than the window, so that a phone would scroll it sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess, `pixels by which ${page.url()} is too wide`).toBeLessThanOrEqual(0);
}
