import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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

/** Where the browser for the tests is: CHROMIUM_PATH, the system's, or the one that Playwright installed. */
export function findChromium(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", chromium.executablePath()];
  return candidates.find((file) => file !== undefined && file !== "" && existsSync(file));
}

/** Installs a browser: Debian's package with all it needs when this is root, otherwise Playwright's own. */
export function installChromium(): void {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    execFileSync("apt-get", ["update"], { stdio: "inherit" });
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "inherit", env });
  } else {
    execFileSync("node_modules/.bin/playwright", ["install", "chromium"], { stdio: "inherit" });
  }
}
