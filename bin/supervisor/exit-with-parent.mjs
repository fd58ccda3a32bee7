import process from "node:process";

// Preloaded into Next.js's processes: they end when the process that started them is gone, however it died, so that
// the port is free for the next start.
if (process.channel) {
  process.on("disconnect", () => process.exit(1));
  process.channel.unref();
}
