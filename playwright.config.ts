import { defineConfig } from "@playwright/test";
import { launchOptions } from "./bin/chromium";

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
  // For a machine that has other things to do. Only what fails waits so long.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "playwright-report/results.json" }]],
  use: {
    // What is to be pressed moves for a moment where motion is wanted, and every frame of that is painted without a GPU.
    contextOptions: { reducedMotion: "reduce" },
    // Filming every test took a third of the processor. `--trace on` does, for the one that is looked into.
    trace: "off",
    actionTimeout: 20_000,
    screenshot: "only-on-failure",
    launchOptions: launchOptions(),
  },
});
