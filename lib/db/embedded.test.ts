import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { embeddedUrl, startEmbedded, stopEmbedded } from "./embedded";

let installation: string;
let dataDir: string;

beforeAll(async () => {
  installation = await mkdtemp(path.join(os.tmpdir(), "tandem-embedded-"));
  await chmod(installation, 0o711);
  dataDir = path.join(installation, "postgres");
});

afterEach(() => stopEmbedded(dataDir));
afterAll(() => rm(installation, { recursive: true, force: true }));

const start = () => startEmbedded({ dataDir, durable: false });

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

test("two first starts at once end with one server, which the second adopts", async () => {
  const servers = await Promise.all([start(), start()]);
  expect(servers[0].url).toBe(servers[1].url);
  expect(servers.map((server) => server.adopted).sort()).toEqual([false, true]);
});

test("the server speaks UTF-8, takes 200 connections, listens to this machine only and wants a password", async () => {
  const server = await start();
  const { rows } = await query(
    server.url,
    `select current_setting('server_encoding') as encoding, current_setting('max_connections') as connections,
            current_setting('listen_addresses') as addresses, lower('ÄÖ') as lower`,
  );
  expect(rows[0]).toEqual({ encoding: "UTF8", connections: "200", addresses: "127.0.0.1", lower: "äö" });
  const wrong = new URL(server.url);
  wrong.password = "guess";
  await expect(query(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  expect((await stat(path.join(dataDir, "password"))).mode & 0o777).toBe(0o600);
});

test("what was stored survives a kill -9 of the server, at the same address", async () => {
  const first = await startEmbedded({ dataDir });
  await query(first.url, "create table kept as select 42 as answer");
  process.kill(first.pid, "SIGKILL");
  const second = await startEmbedded({ dataDir });
  expect(second).toMatchObject({ url: first.url, adopted: false });
  expect((await query(second.url, "select answer from kept")).rows).toEqual([{ answer: 42 }]);
});

test("a server whose starter was killed is adopted", async () => {
  const program = `
    import { startEmbedded } from ${JSON.stringify(path.resolve(import.meta.dirname, "embedded.ts"))};
    startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: false }).then((server) => console.log(server.pid));
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
  const [pid] = (await once(starter.stdout, "data")) as [Buffer];
  starter.kill("SIGKILL");
  await once(starter, "exit");

  const server = await start();
  expect(server).toMatchObject({ pid: Number(pid.toString()), adopted: true });
  expect(await embeddedUrl(dataDir)).toBe(server.url);
  await server.stop();
  expect(await embeddedUrl(dataDir)).toBeUndefined();
});

test("stopping does not wait for a transaction that stays open", async () => {
  const server = await start();
  const client = new pg.Client({ connectionString: server.url });
  client.on("error", () => {});
  await client.connect();
  await client.query("begin");
  const began = Date.now();
  await server.stop();
  expect(Date.now() - began).toBeLessThan(5000);
});

test("another port is taken when somebody else has the remembered one", async () => {
  const first = await start();
  await first.stop();
  const squatter = createServer().listen(first.port, "127.0.0.1");
  await once(squatter, "listening");
  const second = await start();
  expect(second.port).not.toBe(first.port);
  squatter.close();
});

test("a port that was asked for and is taken ends with the server's log", async () => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  const { port } = squatter.address() as { port: number };
  await expect(startEmbedded({ dataDir, port, durable: false })).rejects.toThrow(
    /did not start[^]*could not bind IPv4 address[^]*DATABASE_URL/,
  );
  squatter.close();
});

test("a pid file that names another program does not keep the server from starting", async () => {
  const first = await start();
  const pidFile = path.join(dataDir, "data", "postmaster.pid");
  const content = await readFile(pidFile, "utf8");
  await first.stop();
  await writeFile(pidFile, content.replace(String(first.pid), String(process.pid)));
  expect(await embeddedUrl(dataDir)).toBeUndefined();
  expect(await start()).toMatchObject({ adopted: false });
});

test("a damaged data folder is reported with what the server says", async () => {
  const damaged = path.join(installation, "damaged");
  const server = await startEmbedded({ dataDir: damaged, durable: false });
  await server.stop();
  await rm(path.join(damaged, "data", "global", "pg_control"));
  await expect(startEmbedded({ dataDir: damaged })).rejects.toThrow(/did not start[^]*pg_control[^]*DATABASE_URL/);
});

// Only root has the problem: its server runs under another account, which cannot enter root's home.
if (process.getuid?.() === 0) {
  test("a folder that the server's account cannot enter is replaced by one in /var/lib/tandem, and said so", async () => {
    const closed = path.join(installation, "closed");
    const lines: string[] = [];
    await chmod(installation, 0o700);
    const server = await startEmbedded({ dataDir: closed, durable: false, log: (line) => lines.push(line) });
    await server.stop();
    await chmod(installation, 0o711);
    const folder = /kept in (\/var\/lib\/tandem\/\w+)/.exec(lines.join("\n"))?.[1];
    expect(folder).toBeDefined();
    await rm(folder!, { recursive: true });
  });
}
