import type { Locator, Page } from "@playwright/test";
import { expect } from "./people";

/** Presses a button that copies, and gives what it copied, which is there some time after the press. */
export async function copyBy(page: Page, button: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await button.click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read).not.toBe("");
  return await read();
}
