/** A text of an instance that spans are on: a completion by its index, the prompt, or one message of a conversation. */
export type MarkedText = { completion: number | "prompt"; message?: number | undefined };

/** How answers and critiques call a message of the conversation, counted from 0. */
export type MessageName = `message-${string}`;

/** The name of a message, such as "message-2". */
export function messageName(index: number): MessageName {
  return `message-${index}`;
}

/** Which message a name is of. */
export function messageOf(name: MessageName): number {
  return Number(name.slice("message-".length));
}

/** A text in a word: "0" is the first completion, "prompt", or "message-2". */
export function nameText({ completion, message }: MarkedText): string {
  return message === undefined ? String(completion) : messageName(message);
}

/** Prompt and messages first, then the completions: the order in which they are read. */
export function compareTexts(a: MarkedText, b: MarkedText): number {
  const place = ({ completion }: MarkedText) => (completion === "prompt" ? -1 : completion);
  return place(a) - place(b) || (a.message ?? -1) - (b.message ?? -1);
}
