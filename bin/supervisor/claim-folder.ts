import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";

type Answer = { pid: number; url: string };

/**
 * Makes sure that one supervisor runs on a data folder: whoever claims it answers on a socket with its address. A
 * socket that nobody listens on is what a killed one left behind. Throws `conflict` with the address of the other, or
 * that there seems to be one when something listens and does not answer.
 * Returns the function that gives the folder back.
 */
export async function claimFolder(dataDir: string, url: string): Promise<() => void> {
  await mkdir(dataDir, { recursive: true });
  const socket = socketPath(dataDir);
  const mine: Answer = { pid: process.pid, url };
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = await listen(socket, mine);
    if (server) {
      // Another start that also found the dead socket may have removed this live one a moment ago.
      if (attempt > 0) await sleep(200);
      const holder = await ask(socket);
      // Closing also removes the path. One that lost stays open: by now the path is the winner's.
      if (holder?.pid === mine.pid) return () => void server.close();
    }
    const other = await ask(socket);
    if (other) throw alreadyRunning(other);
    await rm(socket, { force: true });
  }
  throw new AppError(
    "conflict",
    `The folder ${dataDir} cannot be claimed: ${socket} comes back each time it is removed.`,
  );
}

/** Where the supervisor of this folder listens. */
export function socketPath(dataDir: string): string {
  const hash = createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 16);
  return path.join(os.tmpdir(), `tandem-${hash}.sock`);
}

/** Undefined when the path is taken. */
function listen(socket: string, answer: Answer): Promise<Server | undefined> {
  const server = createServer((connection) => connection.on("error", () => {}).end(JSON.stringify(answer)));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen(socket, () => resolve(server.unref()));
  });
}

/** Who answers on the socket; undefined when nobody listens. A busy or stopped one listens, but does not answer. */
async function ask(socket: string): Promise<Answer | undefined> {
  const connection = connect(socket);
  connection.setTimeout(2000, () => connection.destroy(new Error("no answer")));
  try {
    let text = "";
    for await (const chunk of connection) text += String(chunk);
    return JSON.parse(text) as Answer;
  } catch (error) {
    if (["ECONNREFUSED", "ENOENT"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw seemsToRun(socket, error as Error);
  }
}

function seemsToRun(socket: string, cause: Error): AppError {
  return new AppError(
    "conflict",
    `Tandem seems to run in this folder already, but does not say where (${socket}: ${cause.message}). Stop it with Ctrl-C where it was started, or try again in a few seconds.`,
    { cause },
  );
}

function alreadyRunning({ url, pid }: Answer): AppError {
  return new AppError(
    "conflict",
    `Tandem already runs in this folder, at ${url} (process ${pid}). Open that address, or stop it with Ctrl-C where it was started.`,
  );
}
