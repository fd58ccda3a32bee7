import { findSourceMap } from "node:module";

/**
 * Has stacks of errors name places in our sources, and leave those in packages as they run. Otherwise the first error
 * that came through a package would stop this process while the package's map is read: 40 to 70 ms for the AI SDK's.
 */
export function mapOwnStacksOnly(): void {
  Error.prepareStackTrace = (error, frames) =>
    [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${describe(frame)}`)].join("\n");
}

function describe(frame: NodeJS.CallSite): string {
  const text = String(frame);
  const file = frame.getFileName();
  if (!file || file.startsWith("node:") || file.includes("/node_modules/")) return text;
  const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  if (!entry || !("originalLine" in entry)) return text;
  return text.replace(`:${line}:${column}`, `:${entry.originalLine + 1}:${entry.originalColumn + 1}`);
}
