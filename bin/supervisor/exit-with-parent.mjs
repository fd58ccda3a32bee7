import process from "node:process";

// Preloaded into Next.js's processes, and into those that they start: each ends when its parent is gone, however that
// one died, so that the port is free for the next start.
if (process.channel) {
  process.on("disconnect", () => process.exit(1));
  // The listener must not keep a process alive that is done. Next.js's own children live by their channel.
  if (process.ppid === Number(process.env.TANDEM_SUPERVISOR)) process.channel.unref();
}
