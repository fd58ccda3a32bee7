import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { chromium, type LaunchOptions } from "@playwright/test";

// The last list given counts, so Playwright's own is repeated as far as it matters here. The whole Chromium, which Debian
// has, otherwise keeps pages for its address bar and a spare renderer ready for every window: half of a test's time.
const disabledFeatures = [
  ...["DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter"],
  ...["PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying"],
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"],
];

/** How tests and measurements start the browser that `findChromium` finds. */
export function launchOptions(): LaunchOptions {
  const executablePath = findChromium();
  return {
    ...(executablePath && { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${disabledFeatures.join(",")}`,
    ],
  };
}

const shell = "/usr/bin/chromium-headless-shell";

/** Where the browser for the tests is: CHROMIUM_PATH, the system's, or the one that Playwright installed. */
export function findChromium(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH, shell, "/usr/bin/chromium", chromium.executablePath()];
  return candidates.find((file) => file !== undefined && file !== "" && existsSync(file));
}

/**
 * Installs a browser where there is none: Debian's when this is root, otherwise Playwright's own. Of Debian's the one
 * without windows, also beside the whole one: a test is a sixth less work in it. Throws when there is none afterwards.
 */
export function provideChromium(): void {
  if (process.env.CHROMIUM_PATH || existsSync(shell)) return;
  try {
    if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
      execFileSync("apt-get", ["update"], { stdio: "inherit" });
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      const install = ["install", "-y", "--no-install-recommends", "chromium-headless-shell"];
      execFileSync("apt-get", install, { stdio: "inherit", env });
    } else if (!findChromium()) {
      execFileSync("node_modules/.bin/playwright", ["install", "chromium"], { stdio: "inherit" });
    }
  } catch (error) {
    if (!findChromium()) throw error;
  }
}

/**
 * The environment in which WebGPU runs without a GPU: Chromium has a Vulkan driver in software beside it, and the loader by
 * which onnxruntime finds that driver. Empty where there is no such Chromium.
 */
export function softwareVulkan(): Record<string, string> {
  const driver = "vk_swiftshader_icd.json";
  const browser = findChromium();
  const folders = ["/usr/lib/chromium", ...(browser === undefined ? [] : [path.dirname(realpathSync(browser))])];
  const folder = folders.find((each) => existsSync(path.join(each, driver)));
  if (folder === undefined) return {};
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter((each) => each !== undefined && each !== "");
  return { VK_ICD_FILENAMES: path.join(folder, driver), LD_LIBRARY_PATH: libraries.join(path.delimiter) };
}
