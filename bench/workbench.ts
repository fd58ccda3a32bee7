import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { ensureBuilt } from "@/bin/build";
import { launchOptions } from "@/bin/chromium";
import { disconnect } from "@/lib/db/client";
import { PASSWORD } from "@/lib/testing/builders";
import { startSite } from "./shared/site";
import { makeProject } from "./workbench/project";

/**
 * The labelling page in a real browser with a slowed-down processor: how soon the next instance is painted after Enter,
 * how soon a key shows, what the page weighs and how soon it is there at first.
 */
const { values: flags } = parseArgs({
  options: {
    instances: { type: "string", default: "40" },
    words: { type: "string", default: "2000" },
    spans: { type: "string", default: "40" },
    /** How many times slower the processor is. */
    slowdown: { type: "string", default: "4" },
    /** Seconds of reading before the first key. */
    read: { type: "string", default: "2" },
    /** First visits, each with an empty cache. */
    visits: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const size = {
  instances: Number(flags.instances),
  words: Number(flags.words),
  spans: Number(flags.spans),
  seed: Number(flags.seed),
};
const slowdown = Number(flags.slowdown);
const say = flags.json ? () => {} : console.log;

/** Keys pressed on each instance before Enter: points of the comparison, then words, a category and a severity of a span. */
const keys = ["1", "5", "4", "2", "Tab", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "a", "2", "1", "Delete", "0"];

await ensureBuilt({ say: console.error, logFile: path.resolve(import.meta.dirname, "../.data/logs/build.log") });
const site = await startSite();
const browser = await chromium.launch(launchOptions());
try {
  process.env.DATABASE_URL = site.databaseUrl;
  process.env.TANDEM_SECRET = "x".repeat(32);
  say(`Making a project of ${size.instances} instances.`);
  const project = await makeProject(size);
  const storageState = await signIn(browser, project.email);
  const address = `${site.urls[0]}/projects/${project.slug}/label`;
  // The server compiles what it renders with at its first request.
  await visit(browser, { address, storageState });
  const visits: Visit[] = [];
  for (let n = 0; n < Number(flags.visits); n++) visits.push(await visit(browser, { address, storageState }));
  say("Labelling.");
  const { next, keys: slowKeys, pressed } = await label(browser, { address, storageState });
  // The API tells nothing of keys that were painted within 16 ms.
  const keyTimes = [...slowKeys, ...Array<number>(Math.max(0, pressed - slowKeys.length)).fill(16)];
  console.log(
    JSON.stringify({
      ...{
        ...size,
        slowdown,
        reading_s: Number(flags.read),
        next_instances: next.length,
        keys: pressed,
        keys_over_16_ms: slowKeys.length,
      },
      next_instance_ms_p50: round(quantile(next, 0.5)),
      next_instance_ms_p95: round(quantile(next, 0.95)),
      key_to_paint_ms_p50: round(quantile(keyTimes, 0.5)),
      key_to_paint_ms_p95: round(quantile(keyTimes, 0.95)),
      annotate_js_kb_gzip: round(visits[0]!.scriptBytes / 1000),
      lcp_ms: round(
        quantile(
          visits.map(({ lcp }) => lcp),
          0.5,
        ),
      ),
    }),
  );
} finally {
  await browser.close();
  await disconnect();
  await site.stop();
}

/** What bench/workbench/watch.mjs keeps in the page. */
type Watched = { next: number[]; keys: number[]; lcp: number };
type WatchedWindow = Window & { watched: Watched };
type Storage = Awaited<ReturnType<BrowserContext["storageState"]>>;
type Where = { address: string; storageState: Storage };
type Visit = { lcp: number; scriptBytes: number };

async function signIn(browser: Browser, email: string): Promise<Storage> {
  const context = await browser.newContext({ baseURL: site.urls[0] });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/projects/);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** A page of a new profile on the labelling page, slowed down from before its first byte, with an instance on it. */
async function open(browser: Browser, { address, storageState }: Where, onScript?: (bytes: number) => void) {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript({ path: path.resolve(import.meta.dirname, "workbench/watch.mjs") });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const reading: Promise<void>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    reading.push(response.body().then((body) => onScript?.(gzipSync(body).length)));
  });
  await page.goto(address);
  // What the server rendered is there before; keys mean nothing until the page lives.
  await page.locator("[data-stage=shown] [data-pane]").nth(1).waitFor();
  await page.waitForLoadState("networkidle");
  await Promise.all(reading);
  return { page, context };
}

/** Everything that scripts weigh until an instance is on the screen and the network is quiet, and when it was painted. */
async function visit(browser: Browser, where: Where): Promise<Visit> {
  let scriptBytes = 0;
  const { page, context } = await open(browser, where, (bytes) => (scriptBytes += bytes));
  const { lcp } = await watchedBy(page);
  await context.close();
  say(`Visited: ${round(scriptBytes / 1000)} kB of scripts, largest paint after ${round(lcp)} ms.`);
  return { lcp, scriptBytes };
}

async function label(browser: Browser, where: Where): Promise<Watched & { pressed: number }> {
  const { page, context } = await open(browser, where);
  let pressed = 0;
  // The last one is followed by no other.
  for (let done = 1; done < size.instances; done++) {
    await sleep(1000 * Number(flags.read));
    for (const key of keys) {
      await page.keyboard.press(key);
      await painted(page);
      pressed += key.startsWith("Shift+") ? 2 : 1;
    }
    await page.keyboard.press("Enter");
    await page.waitForFunction((count) => (window as never as WatchedWindow).watched.next.length === count, done);
    if (done % 10 === 0) say(`${done} of ${size.instances}`);
  }
  const watched = await watchedBy(page);
  await context.close();
  return { ...watched, pressed };
}

/** Two frames later: what the key did is on the screen, and its entry is with the observers. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

async function watchedBy(page: Page): Promise<Watched> {
  await painted(page);
  return await page.evaluate(() => (window as never as WatchedWindow).watched);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
