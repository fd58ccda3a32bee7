import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

test("stacks name lines of our sources, and places in packages as they run", async () => {
  // Inside of the repository, so that packages are found.
  const folder = await mkdtemp(path.join(root, "workers", "stacks-"));
  const lines = [
    'import { LRUCache } from "lru-cache";',
    'import { mapOwnStacksOnly } from "../stack-traces";',
    "",
    "mapOwnStacksOnly();",
    "type Nothing = { never: true };",
    "try {",
    "  new LRUCache<string, Nothing>({ max: -1 });",
    "} catch (error) {",
    "  console.log((error as Error).stack);",
    "}",
  ];
  try {
    const file = path.join(folder, "fails.ts");
    await writeFile(file, lines.join("\n"));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: root });
    expect(stdout).toMatch(/^TypeError: max option must be/);
    expect(stdout).toMatch(/at new \w+ \(.*node_modules\/lru-cache\/dist\//);
    expect(stdout).toMatch(/fails\.ts:7:3/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
