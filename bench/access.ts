import AxeBuilder from "@axe-core/playwright";
import { chromium, type Browser, type Page } from "@playwright/test";
import { parseArgs } from "node:util";
import { launchOptions } from "../bin/chromium";
import { locales, type Locale } from "@/lib/text/locales";

/**
 * Reads every page of a running site with axe (WCAG 2.2 A and AA), in every language and look, and looks whether it fits a
 * phone (360 px) and a window of 1,440 px that is zoomed to 200 %:
 *
 *     npm run bench -- access --url http://localhost:3000 --email ... --password ... --project SLUG [--only label] [--language ar]
 *
 * Pages of a judge, a model, an instance, a run or a snapshot are those that the project's lists name first. Prints a table
 * of findings by page, language and look, then each finding once.
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://localhost:3000" },
    email: { type: "string" },
    password: { type: "string" },
    project: { type: "string", default: "demo" },
    only: { type: "string" },
    language: { type: "string" },
  },
});

/** The class of the html element and its data-contrast. */
const looks = {
  light: ["light", "system"],
  dark: ["dark", "system"],
  paper: ["paper", "system"],
  "light, high": ["light", "high"],
  "dark, high": ["dark", "high"],
} as const;
type Look = keyof typeof looks;

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const projectPages = [
  ...[
    "",
    "/label",
    "/instances",
    "/import",
    "/judges",
    "/judges/new",
    "/judges/imported",
    "/routing",
    "/routing/backtest",
  ],
  ...[
    "/reward-models",
    "/export",
    "/spending",
    "/runs",
    "/members",
    "/task-schema",
    "/task-schema/versions",
    "/settings",
    "/audit",
  ],
];
const sitePages = [
  ...[
    "/projects",
    "/projects/new",
    "/account",
    "/account/reading",
    "/account/api-keys",
    "/users",
    "/allowed-hosts",
    "/audit",
  ],
  ...["/docs/api", "/docs/components", "/no-such-page"],
];

type Row = { page: string; locale: Locale; findings: Record<Look, number>; sideways: string };

const details = new Set<string>();
const languages = locales.filter((locale) => values.language === undefined || locale === values.language);

async function main(): Promise<void> {
  const browser = await chromium.launch(launchOptions());
  const pages = new Map<Locale, Page>();
  for (const locale of languages) pages.set(locale, await signIn(browser, locale));
  const home = `/projects/${values.project}`;
  const known = [...sitePages, ...projectPages.map((path) => home + path)];
  const paths = [...known, ...(await firstOfLists(pages.get(languages[0]!)!, home))].filter((path) =>
    path.includes(values.only ?? ""),
  );
  const rows: Row[] = [];
  for (const path of paths) {
    for (const locale of languages) {
      const row = await readPage(pages.get(locale)!, path, locale);
      rows.push(row);
      console.log([row.page, row.locale, ...Object.values(row.findings), row.sideways || "fits"].join("\t"));
    }
  }
  console.log(`\npages × languages × looks: ${rows.length} × ${Object.keys(looks).length}`);
  for (const look of Object.keys(looks) as Look[]) {
    for (const locale of languages) {
      const sum = rows.filter((row) => row.locale === locale).reduce((total, row) => total + row.findings[look], 0);
      console.log(`${look}\t${locale}\t${sum} findings`);
    }
  }
  console.log([...details].join("\n"));
  await browser.close();
}

/** A window of a browser that asks for a language; the account must have none of its own. */
async function signIn(browser: Browser, locale: Locale): Promise<Page> {
  const context = await browser.newContext({ baseURL: values.url, reducedMotion: "reduce", locale });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator("input[type=email]").fill(values.email ?? "");
  await page.locator("input[type=password]").fill(values.password ?? "");
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
}

/** Pages of single things, where the project has any. */
async function firstOfLists(page: Page, home: string): Promise<string[]> {
  const found: string[] = [];
  for (const list of ["/instances", "/judges", "/reward-models", "/export", "/runs"]) {
    await open(page, home + list);
    const hrefs = await page.locator("main a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const one = hrefs.find((href) => href !== null && new RegExp(`^${home}${list}/[0-9a-f-]{36}`).test(href));
    if (one) found.push(one);
  }
  return found;
}

async function readPage(page: Page, path: string, locale: Locale): Promise<Row> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page, path);
  const findings = {} as Record<Look, number>;
  for (const look of Object.keys(looks) as Look[]) findings[look] = await read(page, look, `${path} ${locale}`);
  const sideways: string[] = [];
  for (const [what, width] of [
    ["phone", 360],
    ["200 %", 720],
  ] as const) {
    await page.setViewportSize({ width, height: what === "phone" ? 740 : 450 });
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (excess > 0) sideways.push(`${what} +${excess} px`);
    const lost = await page.evaluate(findLost);
    if (lost.length > 0) sideways.push(`${what} out of reach: ${lost.slice(0, 3).join("; ")}`);
  }
  return { page: path.replace(/[0-9a-f-]{36}/, "[id]"), locale, findings, sideways: sideways.join(", ") };
}

/** Texts and controls that stand beyond the edge of the window where nothing scrolls to them, as to the right in Arabic. */
function findLost(): string[] {
  const lost: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if ((left >= -1 && right <= window.innerWidth + 1) || width <= 1 || height <= 1) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    let around = element;
    for (let style = getComputedStyle(around); style.overflowX === "visible" && style.position !== "fixed";) {
      around = around.parentElement!;
      if (around === document.body) break;
      style = getComputedStyle(around);
    }
    if (around === document.body)
      lost.push(`${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 30)}`);
  }
  return lost;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle", { timeout: 5000 }).catch(() => undefined);
}

/** The number of elements that axe finds fault with. The looks after the first differ in colours alone. */
async function read(page: Page, look: Look, where: string): Promise<number> {
  const [theme, contrast] = looks[look];
  await page.evaluate(
    ([theme, contrast]) => {
      document.documentElement.className = theme!;
      document.documentElement.dataset.contrast = contrast;
    },
    [theme, contrast],
  );
  // Colours half way through a change would be measured as they will never stay.
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const finite = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map((one) => one.finished));
  });
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  // What is laid out ahead of time, unseen; and the operations of the API after the first, which are made of the same parts.
  axe.exclude("[data-stage=ahead]").exclude("article:nth-of-type(n + 2)");
  const chosen = look === "light" ? axe.withTags(standard) : axe.withRules(["color-contrast", "link-in-text-block"]);
  const { violations } = await chosen.analyze();
  // A page that wakes late under load puts its own theme back.
  const isWorn = await page.evaluate((theme) => document.documentElement.classList.contains(theme), theme);
  if (!isWorn) return await read(page, look, where);
  for (const { id, nodes } of violations) {
    const [first] = nodes;
    details.add(
      `${where} ${look}: ${id} ×${nodes.length} at ${first?.target.join(" ")}: ${first?.failureSummary?.split("\n")[1]?.trim()}`,
    );
  }
  return violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
}

await main();
