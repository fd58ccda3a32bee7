import { fork, type ChildProcess } from "node:child_process";
import os from "node:os";
import path from "node:path";
import type { StartTrainer, Trainer, TrainerJob } from "@/lib/reward/trainer-protocol";

const root = path.resolve(import.meta.dirname, "..");

/** Forks workers/trainer.ts. It ends when its channel to this process closes, however this process ended. */
export const startTrainer: StartTrainer = (job) => follow(forkTrainer(), job);

/** The same, after all else that the machine has to do: pages and jobs come first. */
export const startTrainerLast: StartTrainer = (job) => {
  const child = forkTrainer();
  const trainer = follow(child, job);
  try {
    // At once: its threads keep the priority they begin with.
    if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, which the trainer tells.
  }
  return trainer;
};

function forkTrainer(): ChildProcess {
  return fork(path.join(root, "workers", "trainer.ts"), {
    cwd: root,
    execArgv: ["--import", "tsx"],
    // Bytes stay bytes.
    serialization: "advanced",
  });
}

function follow(child: ChildProcess, job: TrainerJob): Trainer {
  // Its last messages may come after its exit; after the channel's end there are none.
  const silent = new Promise<void>((resolve) => void child.once("disconnect", resolve));
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      void silent.then(() => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    });
  });
  child.send(job);
  return {
    onMessage: (listener) => void child.on("message", listener),
    ended,
    kill: () => void child.kill("SIGKILL"),
  };
}
