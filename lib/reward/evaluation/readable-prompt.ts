import { z } from "zod";

const storedMessages = z.array(z.looseObject({ role: z.string(), content: z.string() })).catch([]);

/** A prompt as one text: its own, or what a conversation says, a line a message. */
export function readablePrompt({ prompt, messages }: { prompt: string | null; messages: unknown }): string {
  return (
    prompt ??
    storedMessages
      .parse(messages)
      .map(({ content }) => content)
      .join("\n")
  );
}
