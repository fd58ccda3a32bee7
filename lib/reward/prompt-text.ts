/** A prompt as encoders read it; of a conversation its turns, one after the other. */
export function promptText(prompt: string | null | undefined, messages: unknown): string {
  return prompt ?? (messages as { content: string }[]).map(({ content }) => content).join("\n\n");
}
