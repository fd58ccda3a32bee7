import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { provideChromium, softwareVulkan } from "./chromium";
import {
  playwrightOutcome,
  summary,
  vitestOutcome,
  type Outcome,
  type PlaywrightReport,
  type VitestReport,
} from "./test-report";

const vitestFile = "test-results/vitest.json";
const playwrightFile = "playwright-report/results.json";

/**
 * `npm test`: types, lint, build, unit and database tests, browser tests. Every stage runs, whatever the earlier ones found.
 * Ends with the line "N passed, N failed"; a skipped test counts as failed, and so does a run in which nothing passed.
 */
async function main(): Promise<void> {
  const outcomes: Outcome[] = [
    // Each of the two lines keeps one processor busy.
    ...(await Promise.all([check("lint", ["eslint", "."]), typesAndBuild()])).flat(),
  ];
  // Before the unit tests, some of which run WebGPU on the driver that comes with it.
  const failure = requireChromium();
  outcomes.push(await unitAndDatabase(), failure ?? (await browser()));
  const { text, isGood } = summary(outcomes);
  console.log(`\n${text}`);
  process.exitCode = isGood ? 0 : 1;
}

/** The build is made here, and not in the first test that starts the site, whose clock runs. */
async function typesAndBuild(): Promise<Outcome[]> {
  return [
    await check("types", ["next", "typegen"], ["tsc", "--noEmit"]),
    await check("build", ["tsx", "bin/build.ts"]),
  ];
}

/** A stage that counts as one test: it passes when all its commands do. */
async function check(name: string, ...commands: string[][]): Promise<Outcome> {
  for (const command of commands) {
    if ((await run(command)) !== 0) return { passed: 0, failures: [name] };
  }
  return { passed: 1, failures: [] };
}

function requireChromium(): Outcome | null {
  try {
    provideChromium();
    return null;
  } catch (error) {
    return { passed: 0, failures: [`no Chromium for the browser tests; set CHROMIUM_PATH (${String(error)})`] };
  }
}

async function unitAndDatabase(): Promise<Outcome> {
  await rm(vitestFile, { force: true });
  const code = await run(
    ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestFile}`],
    softwareVulkan(),
  );
  return vitestOutcome(await readReport<VitestReport>(vitestFile), code);
}

async function browser(): Promise<Outcome> {
  await rm(playwrightFile, { force: true });
  const code = await run(["playwright", "test"]);
  return playwrightOutcome(await readReport<PlaywrightReport>(playwrightFile), code);
}

async function readReport<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/** Runs a program of node_modules/.bin with its output shown, and returns its exit code. */
function run([program = "", ...args]: string[], environment: Record<string, string> = {}): Promise<number> {
  console.log(`\n> ${program} ${args.join(" ")}`);
  return new Promise((resolve, reject) => {
    const child = spawn(path.join("node_modules", ".bin", program), args, {
      stdio: "inherit",
      env: { ...process.env, ...environment },
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

await main();
