import { readdir } from "node:fs/promises";

/** `npm run bench -- NAME [options]`: runs one measurement, bench/NAME.ts, whose `main` gets the options. */
const [name, ...options] = process.argv.slice(2);
const files = await readdir(import.meta.dirname);
const names = files.filter((file) => /^[a-z-]+\.ts$/.test(file) && file !== "run.ts" && !file.endsWith("-compare.ts"));

if (name !== undefined && names.includes(`${name}.ts`)) {
  const { main } = (await import(`./${name}.ts`)) as { main: (options: string[]) => Promise<void> };
  await main(options);
} else {
  console.error(`Name a measurement: ${names.map((file) => file.slice(0, -3)).join(", ")}.`);
  process.exitCode = 1;
}
