import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { AddressInfo } from "node:net";
import { bodyOf, errorBody, type Protocol, type ScriptedAnswer } from "./provider-bodies";

/** A request as its bytes tell it, whichever protocol it is of. */
export type ProviderRequest = {
  /** Counts the requests of this server from 0. */
  number: number;
  /** When it was there, by the clock of `performance`. */
  at: number;
  protocol: Protocol;
  /** With the query. */
  path: string;
  headers: http.IncomingHttpHeaders;
  /** As it was sent. */
  body: Record<string, unknown>;
  model: string;
  temperature: number | undefined;
  /** The system prompt first. */
  messages: { role: string; content: string }[];
};

/** How a provider answers: with the text of a message, or with something that it should not do. */
export type ProviderReply =
  | ScriptedAnswer
  | { status: number; headers?: Record<string, string>; message?: string }
  | { status: number; headers?: Record<string, string>; body: string }
  /** The connection breaks in the middle of an answer that said it would be longer. */
  | "cut"
  /** The connection breaks before an answer. */
  | "reset"
  /** No answer at all. */
  | "silence"
  /** Half of an answer's JSON, and nothing that says so. */
  | "half"
  /** A page for people, as from a wrong address or a proxy. */
  | "page";

export type ProviderScript = (request: ProviderRequest) => ProviderReply | Promise<ProviderReply>;

export type ProviderServer = {
  /** For the judge's config. */
  baseUrl: string;
  /** For the list of allowed hosts. */
  host: string;
  /** Requests being answered at this moment, and the most there ever were. */
  inFlight: { now: number; most: number };
  stop: () => Promise<void>;
};

const page = "<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>";
const routes: [RegExp, Protocol][] = [
  [/\/chat\/completions(\?|$)/, "openai"],
  [/\/messages$/, "anthropic"],
];

/**
 * A server that speaks the protocols of providers over HTTP: chat completions and Anthropic's messages, not streamed.
 * With `key`, requests without it get 401, with the key they had in the message, as some providers do.
 */
export async function startProviderServer(options: {
  script: ProviderScript;
  key?: string;
  port?: number;
}): Promise<ProviderServer> {
  const inFlight = { now: 0, most: 0 };
  let count = 0;
  const server = http.createServer((request, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.once("close", () => (inFlight.now -= 1));
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const at = performance.now();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const path = request.url ?? "/";
    const protocol = routes.find(([route]) => route.test(path))?.[1];
    const sent = keyOf(request.headers, protocol);
    if (options.key !== undefined && sent !== options.key)
      return sendError(response, protocol, 401, `Incorrect API key provided: ${sent ?? "none"}.`);
    if (request.method !== "POST" || !protocol) return sendError(response, protocol, 404, `No route ${path}.`);
    const body = JSON.parse(Buffer.concat(parts).toString("utf8")) as Record<string, unknown>;
    const asked = { number: count++, at, protocol, path, headers: request.headers, body, ...readBody(body) };
    await send(response, asked, await options.script(asked));
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${host}/v1`,
    host,
    inFlight,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function keyOf(headers: http.IncomingHttpHeaders, protocol: Protocol | undefined): string | undefined {
  if (protocol === "anthropic") return headers["x-api-key"] as string | undefined;
  return (headers["api-key"] as string | undefined) ?? headers.authorization?.replace(/^Bearer /, "");
}

type Block = { type: string; text?: string };

function readBody(body: Record<string, unknown>): Pick<ProviderRequest, "model" | "temperature" | "messages"> {
  const { model, temperature, system, messages } = body as {
    model: string;
    temperature?: number;
    system?: string | Block[];
    messages: { role: string; content: string | Block[] }[];
  };
  const all = system === undefined ? messages : [{ role: "system", content: system }, ...messages];
  return { model, temperature, messages: all.map(({ role, content }) => ({ role, content: textOf(content) })) };
}

function textOf(content: string | Block[]): string {
  return typeof content === "string" ? content : content.map(({ text }) => text ?? "").join("");
}

async function send(response: http.ServerResponse, asked: ProviderRequest, reply: ProviderReply): Promise<void> {
  if (reply === "silence") return;
  if (reply === "reset") return void response.socket?.resetAndDestroy();
  if (reply === "page") return void response.writeHead(200, { "content-type": "text/html" }).end(page);
  if (typeof reply === "object" && "status" in reply) {
    if (!("body" in reply)) return sendError(response, asked.protocol, reply.status, reply.message, reply.headers);
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers }).end(reply.body);
    return;
  }
  const isBroken = reply === "cut" || reply === "half";
  const body = Buffer.from(JSON.stringify(bodyOf(isBroken ? { text: "It breaks off." } : reply, asked)));
  const half = body.subarray(0, body.length / 2);
  if (reply === "cut") {
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    return void response.write(half, () => response.destroy());
  }
  response.writeHead(200, { "content-type": "application/json" });
  if (!isBroken && reply.dripMs) await drip(response, body, reply.dripMs);
  response.end(isBroken ? half : reply.dripMs ? undefined : body);
}

/** Sends an answer in twenty pieces over a time. */
async function drip(response: http.ServerResponse, body: Buffer, forMs: number): Promise<void> {
  const size = Math.ceil(body.length / 20);
  for (let start = 0; start < body.length && !response.destroyed; start += size) {
    response.write(body.subarray(start, start + size));
    await sleep(forMs / 20);
  }
}

function sendError(
  response: http.ServerResponse,
  protocol: Protocol | undefined,
  status: number,
  message = `Scripted ${status}.`,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(errorBody(protocol ?? "openai", status, message)));
}
