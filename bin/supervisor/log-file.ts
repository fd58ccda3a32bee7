import { existsSync, renameSync, statSync } from "node:fs";
import { open } from "node:fs/promises";

const rotateBytes = 20_000_000;
const lookMs = 1000;
/** An error that repeats is shown once in this time. */
const quietMs = 30_000;

/** Moves a log that has grown large aside; one earlier log is kept. */
export function rotateLog(file: string): void {
  if (existsSync(file) && statSync(file).size > rotateBytes) renameSync(file, `${file}.1`);
}

/** Shows the errors that a process writes to its log from now on. Returns the function that ends it. */
export function followErrors(file: string, show: (error: string) => void): () => void {
  let offset = existsSync(file) ? statSync(file).size : 0;
  let rest = "";
  let isReading = false;
  const shown = new Map<string, number>();

  async function look(): Promise<void> {
    const added = await readFrom(file, offset);
    offset += added.length;
    const lines = (rest + added.toString("utf8")).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const error = describeError(line);
      if (error === undefined || Date.now() - (shown.get(error) ?? 0) < quietMs) continue;
      if (shown.size > 500) shown.clear();
      shown.set(error, Date.now());
      show(error);
    }
  }

  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    void look()
      .catch(() => {})
      .finally(() => (isReading = false));
  }, lookMs);
  return () => clearInterval(timer);
}

/** What a line of a log says went wrong, in one line; undefined when nothing did. */
export function describeError(line: string): string | undefined {
  if (!line.startsWith("{")) return /^\s*(⨯|Uncaught |\w*Error: )/.test(line) ? line.trim() : undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as { level: number; msg: string; err?: { message?: string } };
    if (level < 50) return undefined;
    const reason = err?.message?.trim().split("\n").at(-1);
    return [msg.split("\n")[0], reason].filter(Boolean).join(": ");
  } catch {
    return undefined;
  }
}

async function readFrom(file: string, offset: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, Math.min(size - offset, 1_000_000)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
