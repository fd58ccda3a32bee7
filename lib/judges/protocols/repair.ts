import type { ChatMessage } from "./protocol";

/** How often a model is asked again after answers that could not be read. */
export const maxRepairs = 2;
/** How much of an unreadable answer a repair shows the model again. */
const maxQuoted = 4_000;

/** The messages that ask again after an answer that could not be read; `describeAnswer` is its protocol's. */
export function repairPrompt(
  asked: readonly ChatMessage[],
  unreadable: { text: string; problem: string; describeAnswer: string },
): ChatMessage[] {
  const { text, problem, describeAnswer } = unreadable;
  // An empty message is refused by some providers.
  const quoted = text.slice(-maxQuoted).trim() || "(no text)";
  return [
    ...asked,
    { role: "assistant", content: quoted },
    { role: "user", content: `Your answer cannot be used: ${problem}. Give the verdict alone.\n\n${describeAnswer}` },
  ];
}
