import dns from "node:dns/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guardedFetch } from "./http";

// The one thing here that is not ours: what the world's name servers say.
const names = new Map<string, { address: string; family: number }[]>();
const { lookup } = dns;
const told = vi.spyOn(dns, "lookup");

let server: http.Server;
let seen: { method?: string; host?: string; body: string }[] = [];
let port = 0;

beforeAll(async () => {
  told.mockImplementation(((host: string, options: never) =>
    Promise.resolve(names.get(host) ?? lookup(host, options))) as typeof lookup);
  server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  told.mockRestore();
  server.closeAllConnections();
  server.close();
});

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  let body = "";
  for await (const part of request) body += String(part);
  seen.push({ method: request.method, host: request.headers.host, body });
  const path = request.url ?? "/";
  if (path === "/redirect") response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
  else if (path === "/moved") response.writeHead(301, { location: "/echo" }).end();
  else if (path === "/large") response.end("x".repeat(1_000_001));
  else if (path === "/cut") response.writeHead(200, { "content-length": 100 }).write("half", () => response.destroy());
  else if (path === "/none") response.writeHead(204).end();
  else if (path !== "/silent")
    response.writeHead(path === "/busy" ? 429 : 200, { "retry-after": "7" }).end(`got ${body}`);
}

const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const open = () => ({ allowedHosts: ["127.0.0.1"] });
const refused = (url: string, allowedHosts: string[] = []) =>
  guardedFetch(url, {}, { allowedHosts, timeoutMs: 2_000 }).then(
    () => undefined,
    (error: unknown) => error as Error & { code: string },
  );

test("an allowed host gets the request and gives the answer", async () => {
  seen = [];
  const response = await guardedFetch(at("/echo"), { method: "POST", body: "é", headers: { "x-a": "1" } }, open());
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("got é");
  expect(seen).toEqual([{ method: "POST", host: `127.0.0.1:${port}`, body: "é" }]);
});

test("statuses and headers come through, also those without a body", async () => {
  const busy = await guardedFetch(at("/busy"), {}, open());
  expect([busy.status, busy.headers.get("retry-after")]).toEqual([429, "7"]);
  expect((await guardedFetch(at("/none"), {}, open())).status).toBe(204);
});

test("the port can be part of the allowance", async () => {
  expect((await guardedFetch(at("/"), {}, { allowedHosts: [`127.0.0.1:${port}`] })).status).toBe(200);
  expect(await refused(at("/"), [`127.0.0.1:${port + 1}`])).toMatchObject({ code: "forbidden" });
});

test.each([
  "https://127.0.0.1/",
  "https://localhost/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://0.0.0.0/",
  "https://10.0.0.8/",
  "https://172.16.3.4/",
  "https://192.168.1.1/",
  "https://169.254.1.1/",
  "https://100.64.0.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::1]/",
  "https://[::]/",
  "https://[fe80::1]/",
  "https://[fc00::1]/",
  "https://[::ffff:10.0.0.8]/",
  "https://[64:ff9b::a00:8]/",
  "https://[2002:a00:8::]/",
])("%s is refused unless an admin allowed it", async (url) => {
  expect(await refused(url)).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("was not contacted"),
  });
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "http://[fd00:ec2::254]/",
  "http://[::ffff:169.254.169.254]/",
  "http://[64:ff9b::a9fe:a9fe]/",
  "http://[2002:a9fe:a9fe::]/",
  "http://metadata.google.internal/",
  "http://METADATA.google.internal./",
  "http://innocent.example/",
])("%s is refused whatever the list says", async (url) => {
  names.set("innocent.example", [{ address: "169.254.169.254", family: 4 }]);
  const { hostname } = new URL(url);
  const error = await refused(url, [hostname, hostname.replace(/\.$/, "")]);
  expect(error).toMatchObject({ code: "forbidden", message: expect.stringContaining("metadata") });
});

test("plain http is for allowed hosts", async () => {
  names.set("api.example", [{ address: "93.184.216.34", family: 4 }]);
  expect(await refused("http://api.example/v1")).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("https"),
  });
});

test("one private address among public ones is enough to refuse", async () => {
  names.set("mixed.example", [
    { address: "93.184.216.34", family: 4 },
    { address: "10.1.2.3", family: 4 },
  ]);
  expect(await refused("https://mixed.example/")).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("10.1.2.3"),
  });
});

test("the connection goes to the address that was checked, whatever the name says later", async () => {
  names.set("pinned.example", [{ address: "127.0.0.1", family: 4 }]);
  seen = [];
  // No name server knows the name, so a second look-up by the connection would fail.
  const response = await guardedFetch(`http://pinned.example:${port}/`, {}, { allowedHosts: ["pinned.example"] });
  expect(response.status).toBe(200);
  expect(seen[0]!.host).toBe(`pinned.example:${port}`);
});

test("the next of several addresses is tried when the first does not answer", async () => {
  names.set("two.example", [
    { address: "::1", family: 6 },
    { address: "127.0.0.1", family: 4 },
  ]);
  expect((await guardedFetch(`http://two.example:${port}/`, {}, { allowedHosts: ["two.example"] })).status).toBe(200);
});

test.each(["ftp://example.org/", "file:///etc/passwd", "nonsense", "https://user:pw@example.org/"])(
  "%s is no URL to fetch",
  async (url) => {
    expect(await refused(url)).toMatchObject({ code: "invalid" });
  },
);

test("a redirect is not followed", async () => {
  expect(await refused(at("/redirect"), ["127.0.0.1"])).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("169.254.169.254"),
  });
});

test("redirects are followed where the guard says so, each address guarded as the first one", async () => {
  const follow = (path: string, maxRedirects: number) => guardedFetch(at(path), {}, { ...open(), maxRedirects });
  expect(await (await follow("/moved", 1)).text()).toBe("got ");
  await expect(follow("/moved", 0)).rejects.toMatchObject({ code: "forbidden" });
  await expect(follow("/redirect", 3)).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("169.254.169.254"),
  });
});

test("an answer over the cap is refused", async () => {
  expect(await refused(at("/large"), ["127.0.0.1"])).toMatchObject({
    code: "too_large",
    message: expect.stringContaining("1000000 bytes"),
  });
});

test("silence, broken answers, closed ports and unknown names say what is wrong", async () => {
  const silent = guardedFetch(at("/silent"), {}, { ...open(), timeoutMs: 50 });
  await expect(silent).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("within 0.05 s"),
  });
  expect(await refused(at("/cut"), ["127.0.0.1"])).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("broke off"),
  });
  expect(await refused("http://127.0.0.1:1/", ["127.0.0.1"])).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("ECONNREFUSED"),
  });
  expect(await refused("https://nowhere.invalid/")).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("no address"),
  });
});

test("the caller's own signal ends the request with the caller's reason", async () => {
  const stop = new AbortController();
  const fetching = guardedFetch(at("/silent"), { signal: stop.signal }, open());
  setTimeout(() => stop.abort(new Error("changed my mind")), 20);
  await expect(fetching).rejects.toThrow("changed my mind");
});
