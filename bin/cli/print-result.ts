import type { Command } from "commander";

/** Prints what a command did: one JSON value with --json, else the text for people. */
export function printResult(command: Command, result: unknown, text: string): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>();
  console.log(json ? JSON.stringify(result) : text);
}
