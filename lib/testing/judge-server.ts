import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { AddressInfo } from "node:net";

/** A question as the bytes of the request tell it. */
export type AskedQuestion = {
  /** Counts the requests of this server from 0. */
  number: number;
  model: string;
  temperature: number | undefined;
  /** All messages as sent; more than two after an unreadable answer. */
  messages: { role: string; content: string }[];
  isRepair: boolean;
  /** The conversation's last message. */
  prompt: string;
  context: string | null;
  a: string;
  b: string;
  aspect: string;
  authorization: string | undefined;
};

/** How the server answers: with the text of a message, or with something a provider should not do. */
export type ScriptedReply =
  | { text: string; finishReason?: string; usage?: { prompt_tokens: number; completion_tokens: number } }
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The connection breaks after half of an answer. */
  | "cut"
  /** No answer at all. */
  | "silence";

export type Script = (asked: AskedQuestion) => ScriptedReply | Promise<ScriptedReply>;

export type JudgeServer = {
  /** For the judge's config. */
  baseUrl: string;
  /** For the list of allowed hosts. */
  host: string;
  requests: AskedQuestion[];
  /** Requests being answered at this moment, and the most there ever were. */
  inFlight: { now: number; most: number };
  /** Answers from now on as this says. */
  follow: (script: Script) => void;
  stop: () => Promise<void>;
};

/** A verdict as a well-behaved model gives it. */
export function saying(preferred: "A" | "B" | "tie", strength = 1, reasoning = "It is better."): ScriptedReply {
  const verdict = preferred === "tie" ? { reasoning, preferred } : { reasoning, preferred, strength };
  return { text: `Let me compare them.\n\n${JSON.stringify(verdict)}` };
}

/** Prefers the completion for which `rate` is higher, wherever it is shown; equal ones are a tie. */
export function preferring(rate: (completion: string) => number, strength = 1): Script {
  return ({ a, b }) => saying(rate(a) > rate(b) ? "A" : rate(a) < rate(b) ? "B" : "tie", strength);
}

/** Waits before it answers as another script does. */
export function after(ms: number, script: Script): Script {
  return async (asked) => {
    await sleep(ms);
    return await script(asked);
  };
}

/**
 * A server that speaks the chat completions protocol over HTTP. It sees nothing but the bytes of requests and finds the
 * question in the prompt's text, as a model would. With `key`, requests without it as bearer get 401.
 */
export async function startJudgeServer(
  options: { key?: string; script?: Script; port?: number } = {},
): Promise<JudgeServer> {
  const state = { script: options.script ?? preferring((text) => text.length) };
  const requests: AskedQuestion[] = [];
  const inFlight = { now: 0, most: 0 };
  const server = http.createServer((request, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.once("close", () => (inFlight.now -= 1));
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { authorization } = request.headers;
    if (options.key !== undefined && authorization !== `Bearer ${options.key}`) {
      return sendError(response, 401, `Incorrect API key provided: ${authorization?.slice(7) ?? "none"}.`);
    }
    if (request.method !== "POST" || request.url !== "/v1/chat/completions")
      return sendError(response, 404, `No route ${request.url}.`);
    const asked = { ...readQuestion(Buffer.concat(parts).toString("utf8")), number: requests.length, authorization };
    requests.push(asked);
    send(response, asked, await state.script(asked));
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${host}/v1`,
    host,
    requests,
    inFlight,
    follow: (script) => (state.script = script),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The question in the body of a request. Throws when the prompt does not hold exactly one. */
export function readQuestion(body: string): Omit<AskedQuestion, "number" | "authorization"> {
  const { model, temperature, messages } = JSON.parse(body) as Pick<
    AskedQuestion,
    "model" | "temperature" | "messages"
  >;
  const user = messages.find(({ role }) => role === "user")!.content;
  const key = /^The key of this request is ([0-9a-f]{16})\.$/m.exec(user)![1]!;
  const sections = new Map<string, string>();
  for (const [, name, text] of user.matchAll(
    new RegExp(`^--- BEGIN (.+) ${key} ---\\n([^]*?)\\n--- END \\1 ${key} ---$`, "gm"),
  )) {
    if (sections.has(name!)) throw new Error(`The prompt has two sections ${name}.`);
    sections.set(name!, text!);
  }
  const spoken = [...sections].filter(([name]) => name.startsWith("MESSAGE "));
  return {
    model,
    temperature,
    messages,
    isRepair: messages.length > 2,
    prompt: spoken.at(-1)![1],
    context: sections.get("CONTEXT") ?? null,
    a: sections.get("COMPLETION A")!,
    b: sections.get("COMPLETION B")!,
    aspect: /^Aspect: (.*)$/m.exec(user.slice(user.lastIndexOf(`${key} ---`)))![1]!,
  };
}

function send(response: http.ServerResponse, asked: AskedQuestion, reply: ScriptedReply): void {
  if (reply === "silence") return;
  if (reply === "cut") {
    response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
    response.write('{"id": "cut', () => response.destroy());
    return;
  }
  if ("status" in reply) {
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(reply.body ?? JSON.stringify({ error: { message: `Scripted ${reply.status}.` } }));
    return;
  }
  const length = asked.messages.reduce((sum, { content }) => sum + content.length, 0);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: `chatcmpl-${asked.number}`,
      object: "chat.completion",
      created: 1_700_000_000,
      model: asked.model,
      choices: [
        { index: 0, message: { role: "assistant", content: reply.text }, finish_reason: reply.finishReason ?? "stop" },
      ],
      usage: reply.usage ?? {
        prompt_tokens: Math.ceil(length / 4),
        completion_tokens: Math.ceil(reply.text.length / 4),
      },
    }),
  );
}

function sendError(response: http.ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error: { message } }));
}
