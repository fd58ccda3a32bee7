import type { InstanceResponse } from "@/lib/instances/schema";
import { messageOf, type MarkedText } from "@/lib/text/marked-text";
import { readSpanId } from "@/lib/text/quotes";

export type MarkedSpan = MarkedText & {
  start: number;
  end: number;
  category: string;
  severity?: string;
  note?: string;
};

type Texts = Pick<InstanceResponse, "prompt" | "messages" | "completions">;

/** Code points of a span that are quoted. */
const quotedLength = 80;

/** A span with the words that it marks, such as "wrong (minor) in a, 3 to 9: “of the”". */
export function describeSpan({ start, end, category, severity, note, ...on }: MarkedSpan, instance: Texts): string {
  const { name, text } = describeText(on, instance);
  const what = severity === undefined ? category : `${category} (${severity})`;
  const place = `${what} in ${name}, ${start} to ${end}`;
  return [place + quote(text, start, end), ...(note ? [note] : [])].join(" · ");
}

/** A text that can be marked, by the name that it has in sentences: "the prompt", "message 3 (user)", "a". */
export function describeText(
  { completion, message }: MarkedText,
  { prompt, messages, completions }: Texts,
): { name: string; text: string | null } {
  if (completion !== "prompt") {
    const marked = completions[completion];
    return { name: marked?.outsideId ?? `completion ${completion}`, text: marked?.text ?? null };
  }
  if (message === undefined) return { name: "the prompt", text: prompt };
  const turn = messages?.[message];
  return { name: `message ${message + 1}${turn ? ` (${turn.role})` : ""}`, text: turn?.content ?? null };
}

/**
 * A span that the critique of a completion quotes, such as "wrong, 3 to 9: “of the”", with the text that it is on where
 * that is another; an id from elsewhere as it is.
 */
export function describeQuote(id: string, completion: number, instance: Texts): string {
  const span = readSpanId(id);
  if (span === null) return id;
  const { category, start, end, on } = span;
  if (typeof on !== "string")
    return `${category}, ${start} to ${end}${quote(describeText({ completion }, instance).text, start, end)}`;
  return describeSpan(
    { completion: "prompt", ...(on !== "prompt" && { message: messageOf(on) }), start, end, category },
    instance,
  );
}

function quote(text: string | null, start: number, end: number): string {
  if (text === null) return "";
  const words = Array.from(text).slice(start, end);
  const shown = words.slice(0, quotedLength).join("");
  return `: “${shown}${words.length > quotedLength ? "…" : ""}”`;
}
