import { defineConfig } from "@playwright/test";
import { findChromium } from "./bin/chromium";

const executablePath = findChromium();

// The last list given counts, so Playwright's own is repeated as far as it matters here. The whole Chromium, which Debian
// has, otherwise keeps pages for its address bar and a spare renderer ready for every window: half of a test's time.
const disabledFeatures = [
  ...["DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter"],
  ...["PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying"],
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"],
];

export default defineConfig({
  testDir: "e2e",
  // The setup makes the people and the project that all specs share, through the pages a stranger meets first.
  projects: [
    { name: "setup", testMatch: "**/*.setup.ts" },
    { name: "specs", testMatch: "**/*.spec.ts", dependencies: ["setup"] },
  ],
  globalSetup: "./e2e/global-setup.ts",
  forbidOnly: true,
  // A test that passes at the second try has a fault, in itself or in the product.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "playwright-report/results.json" }]],
  use: {
    // What is to be pressed moves for a moment where motion is wanted, and every frame of that is painted without a GPU.
    contextOptions: { reducedMotion: "reduce" },
    // Filming every test took a third of the processor. `--trace on` does, for the one that is looked into.
    trace: "off",
    actionTimeout: 20_000,
    screenshot: "only-on-failure",
    launchOptions: {
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
    },
  },
});
