import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/**
 * Where the browser for the tests is: CHROMIUM_PATH, the system's, or the one that Playwright installed. Chromium without
 * a window needs a fifth less time than the whole browser with its window hidden.
 */
export function findChromium(): string | undefined {
  const system = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
  const candidates = [process.env.CHROMIUM_PATH, ...system, chromium.executablePath()];
  return candidates.find((file) => file !== undefined && file !== "" && existsSync(file));
}

/** Installs Chromium: Debian's package with all it needs when this is root, otherwise Playwright's own. */
export function installChromium(): void {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    execFileSync("apt-get", ["update"], { stdio: "inherit" });
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const install = (name: string) =>
      execFileSync("apt-get", ["install", "-y", "--no-install-recommends", name], { stdio: "inherit", env });
    try {
      install("chromium-headless-shell");
    } catch {
      // Older releases have the whole browser alone.
      install("chromium");
    }
  } else {
    execFileSync("node_modules/.bin/playwright", ["install", "chromium"], { stdio: "inherit" });
  }
}
