import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

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
