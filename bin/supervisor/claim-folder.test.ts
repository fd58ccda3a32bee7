import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimFolder, socketPath } from "./claim-folder";

const url = "http://localhost:1";
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "tandem-claim-"));
});

afterEach(async () => {
  await rm(socketPath(dataDir), { force: true });
  await rm(dataDir, { recursive: true, force: true });
});

test("a folder is claimed once until it is given back", async () => {
  const release = await claimFolder(dataDir, url);
  await expect(claimFolder(dataDir, url)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining(`already runs in this folder, at ${url}`),
  });
  release();
  (await claimFolder(dataDir, url))();
});

test("the socket of a killed process does not count", async () => {
  const listen = "require('node:net').createServer().listen(process.argv[1], () => console.log('listens'))";
  const child = spawn(process.execPath, ["-e", listen, socketPath(dataDir)]);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  await access(socketPath(dataDir));
  (await claimFolder(dataDir, url))();
});

test("a socket whose owner does not answer, or answers nothing, is left alone", async () => {
  const socket = socketPath(dataDir);
  for (const hangUp of [false, true]) {
    const server = createServer((connection) => hangUp && connection.end()).listen(socket);
    await once(server, "listening");
    await expect(claimFolder(dataDir, url)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("seems to run in this folder already"),
    });
    await access(socket);
    await new Promise((resolve) => server.close(resolve));
  }
});
