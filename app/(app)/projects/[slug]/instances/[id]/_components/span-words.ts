import type { Translate } from "@/app/i18n/translate";
import type { InstanceResponse } from "@/lib/instances/schema";
import { messageOf, type MarkedText } from "@/lib/text/marked-text";
import { isolate } from "@/lib/text/direction";
import { readSpanId } from "@/lib/text/quotes";
import { nameCategory, type SpanCategories } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";

export type MarkedSpan = MarkedText & {
  start: number;
  end: number;
  category: string;
  severity?: string;
  note?: string;
};

/** What spans are worded with. */
export type SpanWords = { t: Translate<"instances.spans">; labels: Translate<"projects.labels"> };
type Texts = Pick<InstanceResponse, "prompt" | "messages" | "completions">;

/** Code points of a span that are quoted. */
const quotedLength = 80;

/** A span with the words that it marks, such as "wrong (minor) in a, 3 to 9: “of the”". */
export function describeSpan(
  { start, end, category, severity, note, ...on }: MarkedSpan,
  instance: Texts,
  words: SpanWords,
): string {
  const { t } = words;
  const { name, text } = describeText(on, instance, words);
  const what = severity === undefined ? category : t("withSeverity", { category, severity });
  const said =
    text === null
      ? t("inText", { what, name, start, end })
      : t("inTextQuoted", { what, name, start, end, quote: isolate(cut(text, start, end)) });
  return [said, ...(note ? [isolate(note)] : [])].join(" · ");
}

/** A text that can be marked, by the name that it has in sentences: "the prompt", "message 3 (user)", "a". */
export function describeText(
  { completion, message }: MarkedText,
  { prompt, messages, completions }: Texts,
  { t, labels }: SpanWords,
): { name: string; text: string | null } {
  if (completion !== "prompt") {
    const ids = completions.map(({ outsideId }) => outsideId);
    return { name: nameCompletions(ids, labels)(completion), text: completions[completion]?.text ?? null };
  }
  if (message === undefined) return { name: t("prompt"), text: prompt };
  const turn = messages?.[message];
  const number = message + 1;
  return turn
    ? { name: t("messageBy", { number, role: turn.role }), text: turn.content }
    : { name: t("message", { number }), text: null };
}

/**
 * A span that the critique of a completion quotes, such as "wrong, 3 to 9: “of the”", with the text that it is on where
 * that is another; an id from elsewhere as it is.
 */
export function describeQuote(
  id: string,
  { completion, categories }: { completion: number; categories: SpanCategories },
  instance: Texts,
  words: SpanWords,
): string {
  const span = readSpanId(id);
  if (span === null) return id;
  const { start, end, on } = span;
  const { t } = words;
  const category = nameCategory(categories, span.category);
  if (typeof on !== "string") {
    const { text } = describeText({ completion }, instance, words);
    if (text === null) return t("here", { what: category, start, end });
    return t("hereQuoted", { what: category, start, end, quote: isolate(cut(text, start, end)) });
  }
  return describeSpan(
    { completion: "prompt", ...(on !== "prompt" && { message: messageOf(on) }), start, end, category },
    instance,
    words,
  );
}

function cut(text: string, start: number, end: number): string {
  const words = Array.from(text).slice(start, end);
  const shown = words.slice(0, quotedLength).join("");
  return words.length > quotedLength ? `${shown}…` : shown;
}
