import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import type { Locale } from "@/lib/text/locales";
import { settle } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { readSite } from "./site";
import { makeProject } from "./workspace";

/** The class of the html element and its data-contrast. The first is read whole, the others differ in colours alone. */
const looks = [
  ["light", "system"],
  ["dark", "system"],
  ["paper", "system"],
  ["dark", "high"],
] as const;
const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A window of the admin's in a browser that asks for a language, on a page. */
async function openIn(browser: Browser, locale: Locale, path: string): Promise<Page> {
  const baseURL = (await readSite()).url;
  const page = await browser.newPage({ locale, baseURL, storageState: authFile("admin"), reducedMotion: "reduce" });
  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
  await expect(page.locator("main")).toBeVisible();
  return page;
}

/** What axe finds against WCAG 2.2 A and AA, look by look. */
async function findFaults(page: Page, locale: Locale): Promise<string[]> {
  const faults: string[] = [];
  for (const [theme, contrast] of looks) {
    await page.evaluate(
      ([theme, contrast]) => {
        document.documentElement.className = theme;
        document.documentElement.dataset.contrast = contrast;
      },
      [theme, contrast] as const,
    );
    await settle(page);
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
    axe.exclude("[data-stage=ahead]");
    const isFirst = theme === "light" && contrast === "system";
    const { violations } = await (isFirst ? axe.withTags(standard) : axe.withRules("color-contrast")).analyze();
    for (const { id, nodes } of violations)
      faults.push(
        `${locale}, ${theme}, ${contrast}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
      );
  }
  return faults;
}

/** A phone, and a window of 1,440 pixels that is zoomed to 200 %. */
async function expectToFit(page: Page): Promise<void> {
  for (const [width, height] of [
    [360, 740],
    [720, 450],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectNoSidewaysScroll(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Leaves the window open in which the page is in Arabic. */
async function expectWholeMatrix(browser: Browser, path: string): Promise<Page> {
  const faults: string[] = [];
  let page: Page | undefined;
  for (const locale of ["zh-Hans", "ar"] as const) {
    await page?.close();
    page = await openIn(browser, locale, path);
    faults.push(...(await findFaults(page, locale)));
    await expectToFit(page);
  }
  expect(faults, path).toEqual([]);
  return page!;
}

test("the labelling page can be used in every look in Chinese and Arabic", async ({ browser }) => {
  await makeProject(
    {
      ...{ slug: "access-label", name: "Trial", overlap: 1 },
      taskSchema: {
        questions: [
          { id: "order", type: "ranking", name: "Order", definition: "Which is best?" },
          {
            id: "errors",
            type: "spans",
            name: "Errors",
            definition: "What is wrong?",
            categories: [{ id: "false", name: "False", definition: "Not so." }],
            severities: [],
            onPrompt: false,
          },
        ],
        reason: "optional",
      },
    },
    [{ id: "i1", prompt: "Which way?", completions: [{ text: "This way." }, { text: "من هنا." }] }],
  );
  await (await expectWholeMatrix(browser, "/projects/access-label/label")).close();
});

test("the parts that pages are made of can be used in every look in Chinese and Arabic", async ({ browser }) => {
  await (await expectWholeMatrix(browser, "/docs/components")).close();
});

test("the page of snapshots can be used in every look in Chinese and Arabic, from right to left", async ({
  browser,
}) => {
  await makeProject({ slug: "access-dense", name: "Trial" });
  const page = await expectWholeMatrix(browser, "/projects/access-dense/export");
  const heading = page.getByRole("heading", { level: 1 });
  expect(await heading.evaluate((one) => one.closest("[lang]")!.getAttribute("lang"))).toBe("ar");
  await expect(heading).toHaveCSS("direction", "rtl");
  await expect(page.locator("nav").first()).toHaveCSS("direction", "rtl");
  await page.close();
});
