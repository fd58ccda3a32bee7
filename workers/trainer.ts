import process from "node:process";
import { AppError } from "@/lib/errors";
import { trainVersion } from "@/lib/reward/trainer";
import { trainerJob, type TrainerMessage } from "@/lib/reward/trainer-protocol";

// The worker is gone: whoever takes its run over starts a trainer of its own.
process.on("disconnect", () => process.exit(1));

process.once("message", (message) => void work(message));

async function work(message: unknown): Promise<void> {
  try {
    const version = await trainVersion(trainerJob.parse(message), (news) => void process.send!(news));
    await finish({ kind: "trained", version });
  } catch (error) {
    // Anything else ends this process with its stack in the log, and the worker tries again.
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    await finish({ kind: "refused", message: error.message });
  }
}

/** Ends when the last message is with the worker. */
async function finish(message: TrainerMessage): Promise<void> {
  await new Promise((resolve) => process.send!(message, resolve));
  process.exit(0);
}
