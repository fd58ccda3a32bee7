import { setTimeout as sleep } from "node:timers/promises";
import { startProviderServer, type ProviderReply, type ProviderRequest, type ProviderServer } from "./provider-server";

/** A question as the bytes of the request tell it: all messages as sent, more than two after an unreadable answer. */
export type AskedQuestion = ProviderRequest & {
  isRepair: boolean;
  /** The conversation's last message. */
  prompt: string;
  context: string | null;
  a: string;
  b: string;
  aspect: string;
  authorization: string | undefined;
};

export type ScriptedReply = ProviderReply;

export type Script = (asked: AskedQuestion) => ScriptedReply | Promise<ScriptedReply>;

export type JudgeServer = ProviderServer & {
  requests: AskedQuestion[];
  /** Answers from now on as this says. */
  follow: (script: Script) => void;
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

/** A provider that finds the question in the prompt's text, as a model would. With `key`, requests without it get 401. */
export async function startJudgeServer(
  options: { key?: string; script?: Script; port?: number } = {},
): Promise<JudgeServer> {
  const state = { script: options.script ?? preferring((text) => text.length) };
  const requests: AskedQuestion[] = [];
  const server = await startProviderServer({
    ...options,
    script: async (request) => {
      const asked = { ...request, ...readQuestion(request.messages), number: requests.length };
      requests.push({ ...asked, authorization: request.headers.authorization });
      return await state.script(requests.at(-1)!);
    },
  });
  return { ...server, requests, follow: (script) => (state.script = script) };
}

/** The question that messages ask. Throws when the prompt does not hold exactly one. */
export function readQuestion(
  messages: AskedQuestion["messages"],
): Omit<AskedQuestion, keyof ProviderRequest | "authorization"> {
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
    isRepair: messages.length > 2,
    prompt: spoken.at(-1)![1],
    context: sections.get("CONTEXT") ?? null,
    a: sections.get("COMPLETION A")!,
    b: sections.get("COMPLETION B")!,
    aspect: /^Aspect: (.*)$/m.exec(user.slice(user.lastIndexOf(`${key} ---`)))![1]!,
  };
}
