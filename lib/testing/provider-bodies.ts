export type Protocol = "openai" | "anthropic";

type Token = { text: string; alternatives: { text: string; logprob: number }[] };

/** What a model says, and what it took. */
export type ScriptedAnswer = {
  text: string;
  /** The model that it says answered: the one that was asked unless given. */
  model?: string;
  /** What it thought before, told apart from the text. */
  reasoning?: string;
  /** As chat completions name it: "stop" unless given, "length", "content_filter". */
  finishReason?: string;
  usage?: { prompt_tokens: number; completion_tokens: number; cached_tokens?: number };
  /** The tokens of the text, for requests that want their probabilities; else pieces of it, each of them certain. */
  tokens?: Token[];
  /** It comes bit by bit over so many milliseconds. */
  dripMs?: number;
};

type Asked = {
  number: number;
  protocol: Protocol;
  model: string;
  body: Record<string, unknown>;
  messages: { content: string }[];
};

const stopReasons: Record<string, string> = { stop: "end_turn", length: "max_tokens", content_filter: "refusal" };

/** The body of an answer in the protocol it was asked for. */
export function bodyOf(answer: ScriptedAnswer, asked: Asked): unknown {
  const length = asked.messages.reduce((sum, { content }) => sum + content.length, 0);
  const usage = answer.usage ?? {
    prompt_tokens: Math.ceil(length / 4),
    completion_tokens: Math.ceil((answer.text.length + (answer.reasoning?.length ?? 0)) / 4),
  };
  const said = {
    model: asked.model,
    ...answer,
    usage: { cached_tokens: 0, ...usage },
    finishReason: answer.finishReason ?? "stop",
  };
  return asked.protocol === "anthropic" ? messageOf(said, asked) : completionOf(said, asked);
}

/** The body of a failure. */
export function errorBody(protocol: Protocol, status: number, message: string): unknown {
  const error = { type: status === 429 ? "rate_limit_error" : "api_error", message };
  return protocol === "anthropic" ? { type: "error", error } : { error };
}

type Said = ScriptedAnswer & {
  model: string;
  usage: Required<NonNullable<ScriptedAnswer["usage"]>>;
  finishReason: string;
};

function completionOf({ text, model, reasoning, tokens, usage, finishReason }: Said, { number, body }: Asked): unknown {
  const pieces = tokens ?? (text.match(/\s*\S+|\s+$/g) ?? []).map((piece) => certain(piece));
  const content = pieces.map(({ text: token, alternatives }) => ({
    token,
    logprob: alternatives.find((other) => other.text === token)?.logprob ?? -10,
    bytes: [...Buffer.from(token)],
    top_logprobs: alternatives.map(({ text: token, logprob }) => ({ token, logprob, bytes: [...Buffer.from(token)] })),
  }));
  const message = {
    role: "assistant",
    content: text,
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
  };
  return {
    ...{ id: `chatcmpl-${number}`, object: "chat.completion", created: 1_700_000_000, model },
    choices: [
      { index: 0, message, logprobs: body.logprobs === true ? { content } : null, finish_reason: finishReason },
    ],
    usage: {
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: usage.completion_tokens,
      total_tokens: usage.prompt_tokens + usage.completion_tokens,
      prompt_tokens_details: { cached_tokens: usage.cached_tokens },
    },
  };
}

function messageOf({ text, model, reasoning, usage, finishReason }: Said, { number }: Asked): unknown {
  const thinking = { type: "thinking", thinking: reasoning, signature: "c2lnbmVk" };
  return {
    ...{ id: `msg_${number}`, type: "message", role: "assistant", model },
    content: [...(reasoning === undefined ? [] : [thinking]), { type: "text", text }],
    stop_reason: stopReasons[finishReason] ?? finishReason,
    stop_sequence: null,
    usage: {
      input_tokens: usage.prompt_tokens - usage.cached_tokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: usage.cached_tokens,
      output_tokens: usage.completion_tokens,
    },
  };
}

function certain(text: string): Token {
  return { text, alternatives: [{ text, logprob: -0.001 }] };
}
