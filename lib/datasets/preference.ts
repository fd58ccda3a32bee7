import { z } from "zod";
import { maxImages } from "@/lib/images/schema";
import { without } from "./import-labels";
import type { ImportedCompletion, JsonObject } from "./imported";
import { imagesOf, messageList, readMessages, withoutImages, type MessageList } from "./messages";
import { parsePart, RecordFault, saying } from "./record-fault";
import { imageFields, ownImages, readImages, type ImageFiles, type ImportedImage } from "./record-images";

/** A preference pair in the form of the Hugging Face hub, as two completions and the prompt they share. */
export type Preference = {
  prompt: string | null;
  messages: JsonObject[] | null;
  /** Those of the record, which belong to the prompt. */
  images: ImportedImage[];
  imageFiles: ImageFiles;
  context: string | null;
  reference: string | null;
  chosen: ImportedCompletion;
  rejected: ImportedCompletion;
  kind: "human" | "lm";
  /** Fields of the record that are in these. */
  used: string[];
};

type Conversation = JsonObject[];

const side = z.union(
  [z.string(), messageList.min(1)],
  saying("must be a string or a list of messages with role and content"),
);

const preference = z.object({
  prompt: z
    .union([z.string(), messageList], saying("must be a string or a list of messages with role and content"))
    .nullish(),
  chosen: side,
  rejected: side,
  images: ownImages,
});

/**
 * Reads `chosen` and `rejected` with an optional `prompt`, each a string or a list of messages. Without a prompt, or
 * with a string beside lists, the prompt is what the two have in common at the start, as TRL's extract_prompt has it.
 */
export function readPreference(value: JsonObject, exact: JsonObject): Preference {
  const parsed = parsePart(preference, value, "");
  const imageFiles: ImageFiles = new Map();
  // Columns of these names that hold something else are the data set's own and stay in meta.
  const rest = {
    images: readImages(parsed.images, "images", imageFiles),
    imageFiles,
    context: typeof value.context === "string" ? value.context : null,
    reference: typeof value.reference === "string" ? value.reference : null,
    kind: value.kind === "lm" ? ("lm" as const) : ("human" as const),
  };
  const own = (["context", "reference", "kind"] as const).filter((field) => value[field] === rest[field]);
  const used = ["id", "chosen", "rejected", "gold", ...imageFields({ images: parsed.images }, exact), ...own];
  if (typeof parsed.chosen !== typeof parsed.rejected) {
    throw new RecordFault("rejected", "must be of the same kind as `chosen`: two strings or two lists of messages");
  }
  if (typeof parsed.chosen === "string") {
    if (parsed.prompt != null && typeof parsed.prompt !== "string") {
      return {
        ...rest,
        prompt: null,
        messages: readMessages(parsed.prompt, exact.prompt, "prompt", imageFiles),
        chosen: textCompletion("chosen", parsed.chosen),
        rejected: textCompletion("rejected", parsed.rejected as string),
        used: [...used, "prompt"],
      };
    }
    const split = parsed.prompt == null ? splitTexts(parsed.chosen, parsed.rejected as string) : undefined;
    return {
      ...rest,
      prompt: split?.prompt ?? parsed.prompt ?? "",
      messages: null,
      chosen: textCompletion("chosen", split?.chosen ?? parsed.chosen),
      rejected: textCompletion("rejected", split?.rejected ?? (parsed.rejected as string)),
      used: [...used, "prompt"],
    };
  }
  const lists = {
    chosen: readMessages(parsed.chosen, exact.chosen, "chosen", imageFiles),
    rejected: readMessages(parsed.rejected as MessageList, exact.rejected, "rejected", imageFiles),
  };
  const hasPrompt = parsed.prompt != null && typeof parsed.prompt !== "string";
  const split = hasPrompt
    ? { prompt: readMessages(parsed.prompt as MessageList, exact.prompt, "prompt", imageFiles), ...lists }
    : splitConversations(lists.chosen, lists.rejected);
  const isRepeated =
    typeof parsed.prompt === "string" && split.prompt.some((message) => message.content === parsed.prompt);
  return {
    ...rest,
    prompt: null,
    messages: split.prompt,
    chosen: conversationCompletion("chosen", split.chosen),
    rejected: conversationCompletion("rejected", split.rejected),
    // A string that the messages do not hold stays in meta.
    used: hasPrompt || isRepeated || parsed.prompt == null ? [...used, "prompt"] : used,
  };
}

/** TRL's extract_prompt for strings: the common start, without a space at its end. */
function splitTexts(chosen: string, rejected: string): { prompt: string; chosen: string; rejected: string } {
  const shorter = Math.min(chosen.length, rejected.length);
  let at = 0;
  while (at < shorter && chosen[at] === rejected[at]) at += 1;
  // One is the start of the other: the last common character stays, so that no completion is empty.
  if (at === shorter) at = Math.max(0, at - 1);
  else if (chosen[at - 1] === " ") at -= 1;
  // Not between the halves of a surrogate pair.
  if (/[\uDC00-\uDFFF]/.test(chosen[at] ?? "")) at -= 1;
  return { prompt: chosen.slice(0, at), chosen: chosen.slice(at), rejected: rejected.slice(at) };
}

/** TRL's extract_prompt for conversations: the messages that both begin with. */
function splitConversations(
  chosen: Conversation,
  rejected: Conversation,
): { prompt: Conversation; chosen: Conversation; rejected: Conversation } {
  const shorter = Math.min(chosen.length, rejected.length);
  let at = 0;
  while (at < shorter && JSON.stringify(chosen[at]) === JSON.stringify(rejected[at])) at += 1;
  if (at === shorter) at = Math.max(0, at - 1);
  return { prompt: chosen.slice(0, at), chosen: chosen.slice(at), rejected: rejected.slice(at) };
}

function textCompletion(id: string, text: string): ImportedCompletion {
  return { id, text, model: null, steps: null, images: [], meta: null };
}

/** One reply is its text; several messages are joined under their roles, and kept whole in meta but for their images. */
function conversationCompletion(id: string, messages: Conversation): ImportedCompletion {
  const [first, ...others] = messages;
  const images = messages.flatMap(imagesOf);
  if (images.length > maxImages) throw new RecordFault(id, `has more than ${maxImages} images`);
  if (first && others.length === 0) {
    const rest = without(withoutImages(first), [...(first.role === "assistant" ? ["role"] : []), "content"]);
    return {
      ...textCompletion(id, first.content as string),
      images,
      meta: Object.keys(rest).length === 0 ? null : { message: rest },
    };
  }
  const text = messages.map(({ role, content }) => `${String(role)}: ${String(content)}`).join("\n\n");
  return {
    ...textCompletion(id, text),
    images,
    meta: { messages: messages.map(withoutImages) },
  };
}
