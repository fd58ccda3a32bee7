import { readdir } from "node:fs/promises";

/** `npm run bench -- NAME [options]`: runs one measurement, the script bench/NAME.ts, with the options. */
const name = process.argv[2] ?? "";
const files = await readdir(import.meta.dirname);
const names = files.filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "run.ts" && !file.endsWith("-compare.ts"));

if (names.includes(`${name}.ts`)) {
  // The script finds its options where it would find them if it were started by itself.
  process.argv.splice(2, 1);
  await import(`./${name}.ts`);
} else {
  console.error(`Name a measurement: ${names.map((file) => file.slice(0, -3)).join(", ")}.`);
  process.exitCode = 1;
}
