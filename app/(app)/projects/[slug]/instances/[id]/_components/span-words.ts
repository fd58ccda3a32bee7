import type { InstanceResponse } from "@/lib/instances/schema";
import { readSpanId } from "@/lib/text/quotes";

export type MarkedSpan = {
  completion: number | "prompt";
  start: number;
  end: number;
  category: string;
  severity?: string;
  note?: string;
};

/** Code points of a span that are quoted. */
const quotedLength = 80;

/** A span with the words that it marks, such as "wrong (minor) in a, 3 to 9: “of the”". */
export function describeSpan(
  { completion, start, end, category, severity, note }: MarkedSpan,
  { prompt, completions }: Pick<InstanceResponse, "prompt" | "completions">,
): string {
  const marked = completion === "prompt" ? null : completions[completion];
  const text = completion === "prompt" ? prompt : marked?.text;
  const where = completion === "prompt" ? "the prompt" : (marked?.outsideId ?? `completion ${completion}`);
  const what = severity === undefined ? category : `${category} (${severity})`;
  const place = `${what} in ${where}, ${start} to ${end}`;
  return [place + quote(text ?? null, start, end), ...(note ? [note] : [])].join(" · ");
}

/** A span that a critique of this text quotes, such as "wrong, 3 to 9: “of the”"; an id from elsewhere as it is. */
export function describeQuote(id: string, text: string | null): string {
  const span = readSpanId(id);
  if (span === null) return id;
  return `${span.category}, ${span.start} to ${span.end}${quote(text, span.start, span.end)}`;
}

function quote(text: string | null, start: number, end: number): string {
  if (text === null) return "";
  const words = Array.from(text).slice(start, end);
  const shown = words.slice(0, quotedLength).join("");
  return `: “${shown}${words.length > quotedLength ? "…" : ""}”`;
}
