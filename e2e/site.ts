import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** Where a running site is, as the specs read it. */
export type Site = { url: string; firstRunLink: string; dataDir: string };

const siteFile = path.join(tmpdir(), `tandem-e2e-${process.env.TANDEM_E2E_RUN ?? "local"}.json`);

/** Starts the product as a stranger would, on an empty database and a free port, and waits for its first-run link. */
export async function startSite(): Promise<{ site: Site; process: ChildProcess }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tandem-e2e-"));
  // When this runs as root the database server runs as another account, which has to get through.
  await chmod(dataDir, 0o711);
  const child = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(await freePort()),
      TANDEM_DATA_DIR: dataDir,
      DATABASE_URL: "",
      TANDEM_SECRET: "",
      TANDEM_MODELS_DIR: "lib/encoders/testing-models",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const firstRunLink = await firstMatch(child, /(http:\/\/\S+\/first-run\?token=\S+)/, 180_000);
  return { site: { url: new URL(firstRunLink).origin, firstRunLink, dataDir }, process: child };
}

/** Stops a site with Ctrl-C's signal and returns the milliseconds that took. */
export async function stopSite(child: ChildProcess, site: Site): Promise<number> {
  const started = performance.now();
  if (child.exitCode === null) {
    child.kill("SIGINT");
    await once(child, "exit");
  }
  const ms = performance.now() - started;
  await rm(site.dataDir, { recursive: true, force: true });
  return ms;
}

export async function saveSite(site: Site): Promise<void> {
  await writeFile(siteFile, JSON.stringify(site));
}

export async function readSite(): Promise<Site> {
  return JSON.parse(await readFile(siteFile, "utf8")) as Site;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function firstMatch(child: ChildProcess, pattern: RegExp, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => reject(new Error(`The site did not print ${pattern} within ${timeoutMs} ms:\n${output}`)),
      timeoutMs,
    );
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = pattern.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`The site ended with code ${code} before it was ready:\n${output}`)));
  });
}
