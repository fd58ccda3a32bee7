import dns from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";

/** What an admin of the site allows, and how much a caller is ready to wait for and to read. */
export type Guard = {
  /** "host" or "host:port" in lower case: may be private, may be plain http. Never opens a metadata service. */
  allowedHosts: readonly string[];
  timeoutMs?: number;
  maxBytes?: number;
  /** How many redirects of a plain GET are followed, each guarded as the first address is; none unless given. */
  maxRedirects?: number;
};

/** A body that is sent whole; answers come back whole, too. */
export type GuardedInit = {
  method?: string;
  headers?: HeadersInit;
  body?: string;
  signal?: AbortSignal;
};

type Address = { address: string; family: number };

const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 1_000_000;

/** Names and addresses under which clouds hand out a machine's credentials. Nobody can allow them. */
const metadataNames = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "instance-data",
  "instance-data.ec2.internal",
]);
const metadataAddresses = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
]);

/** Statuses whose answers have no body. */
const bodiless = new Set([204, 205, 304]);

/**
 * Fetches a URL that somebody typed in, without letting it reach what only this machine can reach.
 *
 * The host is resolved once, every address of it is checked, and the connection goes to those addresses and no others,
 * so a name that changes its mind in between gains nothing. Redirects are followed only as far as the guard says. Throws
 * an AppError: `invalid` (no URL to fetch), `forbidden` (an address that is not to be reached, a redirect too many),
 * `too_large`, or `unavailable` (no such host, no connection, no answer in time). When the caller's own signal is aborted, its reason is thrown.
 */
export async function guardedFetch(url: string | URL, init: GuardedInit, guard: Guard): Promise<Response> {
  const timeoutMs = guard.timeoutMs ?? defaultTimeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([deadline, init.signal]) : deadline;
  let target = parseTarget(url, guard.allowedHosts);
  try {
    for (let left = guard.maxRedirects ?? 0; ; left -= 1) {
      const addresses = await untilAborted(resolve(target), signal);
      const limits = { signal, maxBytes: guard.maxBytes ?? defaultMaxBytes, isRedirectFollowed: left > 0 };
      const answer = await send(target, addresses, init, limits);
      if (answer instanceof Response) return answer;
      target = parseTarget(answer, guard.allowedHosts);
    }
  } catch (error) {
    if (init.signal?.aborted) throw init.signal.reason;
    if (deadline.aborted) {
      throw new AppError(
        "unavailable",
        say`${target.name} did not answer within ${timeoutMs / 1000} s. Try again later, or allow it more time.`,
        { cause: error },
      );
    }
    throw error;
  }
}

type Target = {
  url: URL;
  /** Host without brackets and final dot. */
  host: string;
  /** As messages and the allow list name it: "host:port". */
  name: string;
  isAllowed: boolean;
};

function parseTarget(url: string | URL, allowedHosts: readonly string[]): Target {
  if (!URL.canParse(String(url)))
    throw new AppError(
      "invalid",
      say`"${String(url).slice(0, 200)}" is not a URL. Give one that begins with https://.`,
    );
  const parsed = new URL(url);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
    throw new AppError("invalid", say`Only http and https can be fetched, not ${parsed.protocol} URLs.`);
  }
  const bare = parsed.hostname.replace(/\.$/, "");
  const port = parsed.port || (parsed.protocol === "https:" ? "443" : "80");
  const name = `${bare}:${port}`;
  if (parsed.username || parsed.password)
    throw new AppError("invalid", say`The URL of ${name} carries a password. Leave it out of the URL.`);
  if (metadataNames.has(bare)) throw isMetadata(name);
  const isAllowed = allowedHosts.includes(bare) || allowedHosts.includes(name);
  if (parsed.protocol === "http:" && !isAllowed) {
    throw new AppError(
      "forbidden",
      say`${name} was not contacted: plain http is for hosts on this site's list of allowed hosts. Use https, or ask an admin of the site to allow ${name}.`,
    );
  }
  return { url: parsed, host: bare.replace(/^\[(.*)\]$/, "$1"), name, isAllowed };
}

/** Every address of the target, each of them checked. */
async function resolve({ host, name, isAllowed }: Target): Promise<Address[]> {
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookUp(host);
  for (const { address } of addresses) {
    const { range, isMetadataAddress } = classify(address);
    if (isMetadataAddress) throw isMetadata(name);
    if (range !== "unicast" && !isAllowed) {
      throw new AppError(
        "forbidden",
        say`${name} was not contacted: its address ${address} is not a public one (${range}). If it is meant, ask an admin of the site to allow ${name}.`,
      );
    }
  }
  return addresses;
}

async function lookUp(host: string): Promise<Address[]> {
  try {
    return await dns.lookup(host, { all: true, verbatim: true });
  } catch (error) {
    throw new AppError("unavailable", say`There is no address for the host ${host}. Check its spelling.`, {
      cause: error,
    });
  }
}

/** The kind of an address, seen through the IPv6 forms that carry an IPv4 address. */
function classify(address: string): { range: string; isMetadataAddress: boolean } {
  const parsed = ipaddr.process(address.replace(/%.*$/, ""));
  const carried = parsed instanceof ipaddr.IPv6 ? carriedIPv4(parsed) : undefined;
  const isMetadataAddress = [parsed, carried].some((one) => one && metadataAddresses.has(one.toString()));
  return { range: parsed.range(), isMetadataAddress };
}

/** The IPv4 address inside one of 6to4 (2002::/16) or of the last 32 bits (NAT64, IPv4-compatible). */
function carriedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 {
  const bytes = address.toByteArray();
  return new ipaddr.IPv4(address.range() === "6to4" ? bytes.slice(2, 6) : bytes.slice(12));
}

function isMetadata(name: string): AppError {
  return new AppError(
    "forbidden",
    say`${name} was not contacted: it is a cloud's metadata service, which no allow list opens.`,
  );
}

/** Kept connections, apart by the addresses they were checked for: a name that moves gets a new one. */
const agents = new LRUCache<string, http.Agent>({ max: 100 });

function agentFor({ url, name }: Target, addresses: Address[]): http.Agent {
  const key = [url.protocol, name, ...addresses.map(({ address }) => address).sort()].join(" ");
  let agent = agents.get(key);
  if (!agent) {
    const make = url.protocol === "https:" ? https.Agent : http.Agent;
    // Idle connections go before most servers would drop them under us.
    agent = new make({ keepAlive: true, timeout: 4_000 });
    agents.set(key, agent);
  }
  return agent;
}

/** The answer, or where a redirect that may be followed leads. */
async function send(
  target: Target,
  addresses: Address[],
  init: GuardedInit,
  limits: { signal: AbortSignal; maxBytes: number; isRedirectFollowed: boolean },
): Promise<Response | URL> {
  const answer = await request(target, addresses, init, limits.signal);
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
    answer.destroy();
    const { location } = answer.headers;
    if (limits.isRedirectFollowed && URL.canParse(location, target.url)) return new URL(location, target.url);
    throw new AppError(
      "forbidden",
      say`${target.name} sends requests on to ${location.slice(0, 200)}, which is not followed. Use the final address.`,
    );
  }
  const body = await readAtMost(answer, target.name, limits.maxBytes);
  if (status < 200 || status > 599)
    throw new AppError("unavailable", say`${target.name} answered with the unknown status ${status}.`);
  return new Response(bodiless.has(status) ? null : body, {
    status,
    statusText: answer.statusMessage,
    headers: headersOf(answer),
  });
}

function request(
  target: Target,
  addresses: Address[],
  init: GuardedInit,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const headers = Object.fromEntries(new Headers(init.headers));
  const client = target.url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const sent = client.request(target.url, {
      method: init.method ?? "GET",
      headers: {
        ...headers,
        "accept-encoding": "identity",
        ...(init.body !== undefined && { "content-length": Buffer.byteLength(init.body) }),
      },
      agent: agentFor(target, addresses),
      lookup: pinned(addresses),
      signal,
    });
    sent.on("response", resolve);
    sent.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      reject(
        new AppError(
          "unavailable",
          say`${target.name} cannot be reached (${reason}). Check the address and that the server runs.`,
          { cause: error },
        ),
      );
    });
    sent.end(init.body);
  });
}

/** Answers every look-up of the connection with the addresses that were checked. */
function pinned(addresses: Address[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}

async function readAtMost(answer: http.IncomingMessage, name: string, maxBytes: number): Promise<ArrayBuffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.byteLength;
      if (size > maxBytes)
        throw new AppError(
          "too_large",
          say`${name} answered with more than ${maxBytes} bytes, which is the most that is read.`,
        );
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("unavailable", say`${name} broke off in the middle of its answer.`, { cause: error });
  }
  return new Uint8Array(Buffer.concat(parts)).buffer;
}

function headersOf(answer: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i < answer.rawHeaders.length; i += 2)
    headers.append(answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!);
  return headers;
}

/** The name look-up of the system cannot be called off, only left alone. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}
