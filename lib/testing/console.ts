import { afterEach, beforeEach } from "vitest";

// An error that is only printed is a failure nobody sees. A test that expects one replaces console.error by a spy.
const print = console.error;
let printed: unknown[][] = [];

beforeEach(() => {
  printed = [];
  console.error = (...args: unknown[]) => {
    printed.push(args);
    print(...args);
  };
});

afterEach(() => {
  console.error = print;
  if (printed.length > 0)
    throw new Error(`Unexpected console.error: ${printed.map((args) => args.join(" ")).join("\n")}`);
});
