import type { InstanceResponse } from "@/lib/instances/schema";

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

function quote(text: string | null, start: number, end: number): string {
  if (text === null) return "";
  const words = Array.from(text).slice(start, end);
  const shown = words.slice(0, quotedLength).join("");
  return `: “${shown}${words.length > quotedLength ? "…" : ""}”`;
}
