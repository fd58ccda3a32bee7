import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "@/lib/db/embedded";
import { writeMigration } from "@/lib/db/migrate";

/** `npm run db:migration -- NAME`: writes what schema.prisma has and the migrations do not, as a new migration. */
async function main(): Promise<void> {
  const name = process.argv[2];
  if (!name) {
    console.error("Usage: npm run db:migration -- NAME, for example: npm run db:migration -- add_judges");
    process.exitCode = 2;
    return;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-migration-"));
  // The server's account, which is another one when this runs as root, has to get through.
  await chmod(folder, 0o711);
  const server = await startEmbedded({ dataDir: path.join(folder, "postgres"), durable: false });
  try {
    const file = await writeMigration({ url: server.url, name });
    console.log(
      file
        ? `Wrote ${path.relative(process.cwd(), file)}. Read it, and add by hand what Prisma cannot express.`
        : "schema.prisma and the migrations agree: there is nothing to write.",
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
