import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { root } from "./settings";

export type Service = {
  /** Asks it to end, and makes it end after the grace. */
  stop: () => Promise<void>;
  kill: () => void;
  /** Ends it politely and starts it anew. */
  restart: () => void;
};

type Options = {
  name: string;
  /** Arguments of node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  say: (line: string) => void;
  /** Called when it ends early again and again, with the end of its log. */
  onBroken: (logTail: string) => void;
};

const graceMs = 8000;
const shortLifeMs = 10_000;
const earlyEndsUntilBroken = 3;
const longestPauseMs = 10_000;

/** Runs a program of ours and starts it again whenever it ends, after a pause that grows while it keeps failing. */
export function keepRunning(options: Options): Service {
  const { name, say } = options;
  let child: ChildProcess | undefined;
  let pause: NodeJS.Timeout | undefined;
  let isStopping = false;
  let isRestarting = false;
  let earlyEnds = 0;

  function start(): void {
    const startedAt = Date.now();
    const logFile = openSync(options.logFile, "a");
    child = spawn(process.execPath, options.args, {
      cwd: root,
      env: options.env,
      // Its own process group, so that Ctrl-C in the terminal reaches the supervisor only, which stops things in order.
      detached: true,
      // Its own log file, so that its output outlives the supervisor; the channel tells it when the supervisor is gone.
      stdio: ["ignore", logFile, logFile, "ipc"],
    });
    closeSync(logFile);
    child.once("exit", (code, signal) => {
      child = undefined;
      if (isStopping) return;
      if (isRestarting) {
        isRestarting = false;
        return start();
      }
      earlyEnds = Date.now() - startedAt < shortLifeMs ? earlyEnds + 1 : 0;
      say(`The ${name} process ended unexpectedly (${signal ?? `exit code ${code}`}); starting it again.`);
      if (earlyEnds === earlyEndsUntilBroken) options.onBroken(readTail(options.logFile));
      pause = setTimeout(start, Math.min(250 * 2 ** earlyEnds, longestPauseMs));
    });
  }

  start();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(pause);
      if (!child) return;
      const ended = new Promise((resolve) => child!.once("exit", resolve));
      child.kill("SIGTERM");
      const force = setTimeout(() => killGroup(child), graceMs);
      await ended;
      clearTimeout(force);
    },
    restart() {
      if (!child || isStopping) return;
      isRestarting = true;
      child.kill("SIGTERM");
    },
    kill() {
      isStopping = true;
      clearTimeout(pause);
      killGroup(child);
    },
  };
}

function killGroup(child: ChildProcess | undefined): void {
  if (!child?.pid) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

function readTail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
