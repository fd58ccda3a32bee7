import { z } from "zod";
import { codePointLength } from "@/lib/text/code-points";
import { canonicalJson, sha256 } from "@/lib/text/canonical";
import { parseExact } from "@/lib/text/exact-json";
import { findUnstorable } from "@/lib/text/storable";
import { nonEmpty, readLabel, without } from "./import-labels";
import type {
  ImportedCompletion,
  ImportedLabel,
  ImportedRecord,
  InstanceShape,
  JsonObject,
  UnnumberedLabel,
} from "./imported";
import { shortName } from "./label-input";
import { imagesOf, messageList, readMessages, type MessageList } from "./messages";
import { readPreference } from "./preference";
import { ownImage, ownImages, imageFields, readEntry, readImages, type ImageFiles } from "./record-images";
import { joinPath, parsePart, RecordFault, saying } from "./record-fault";

/** The name of the annotator whose preference a pair without labels is. */
const datasetAnnotator = "dataset";

/** A line of a file of labels: the label and the outside id of the instance it belongs to. */
export type ImportedLabelLine = { instance: string; value: JsonObject; exact: JsonObject };

/** An instance with more is not one anybody compares, and the key of its span labels would not fit an index entry. */
const maxCompletions = 200;
const maxIdBytes = 1000;
const maxDepth = 100;

const outsideId = z.union(
  [
    z
      .string()
      .min(1)
      .refine((id) => Buffer.byteLength(id) <= maxIdBytes, `is longer than ${maxIdBytes} bytes`),
    z.int().transform(String),
  ],
  saying("must be a name (a string or a whole number)"),
);
const text = z.string().nullish();

const completion = z.object({
  id: outsideId.nullish(),
  text: z.string().nullish(),
  model: shortName.nullish(),
  steps: z.array(z.string()).nullish(),
  images: ownImages,
  image: ownImage,
});

const completionList = z.array(completion).min(1).max(maxCompletions);

const record = z.object({
  id: outsideId.nullish(),
  prompt: z.union([z.string(), messageList], saying("must be a string or a list of messages")).nullish(),
  messages: messageList.nullish(),
  images: ownImages,
  context: text,
  reference: text,
  labels: z.array(z.unknown()).nullish(),
});

const labelLine = z.object({ instance: outsideId });

/** Reads one record of a file of instances. Throws RecordFault. */
export function readRecord(line: string): ImportedRecord {
  const { value, exact } = parseObject(line);
  if ("completions" in value) return readOrdinary(value, exact, "completions");
  if ("responses" in value) return readOrdinary(value, exact, "responses");
  if ("chosen" in value && "rejected" in value) return readPair(value, exact);
  throw new RecordFault("completions", "is missing: a record has `completions`, or `chosen` and `rejected`");
}

/** Reads one record of a file of labels, up to the label itself. Throws RecordFault. */
export function readLabelLine(line: string): ImportedLabelLine {
  const { value, exact } = parseObject(line);
  const { instance } = parsePart(labelLine, value, "");
  return { instance, value: without(value, ["instance"]), exact: without(exact, ["instance"]) };
}

/** Numbers the labels of one instance that answer the same question from the same source: 0, 1, ... in their order. */
export function numberSamples(labels: UnnumberedLabel[], fieldOf: (index: number) => string): ImportedLabel[] {
  const next = new Map<string, number>();
  const taken = new Set<string>();
  return labels.map((label, i) => {
    const key = questionKey(label);
    const sample = label.sample ?? next.get(key) ?? 0;
    next.set(key, Math.max(next.get(key) ?? 0, sample + 1));
    if (taken.has(`${sample} ${key}`)) {
      throw new RecordFault(
        joinPath(fieldOf(i), "sample"),
        `is ${sample}, which an earlier label of ${label.annotator.slice("import:".length)} has`,
        "duplicate",
      );
    }
    taken.add(`${sample} ${key}`);
    return { ...label, sample };
  });
}

/** The key of a label within its instance, but for sample and revision. */
export function questionKey(
  label: Pick<ImportedLabel, "question" | "aspect" | "target" | "source" | "annotator">,
): string {
  return JSON.stringify([label.question, label.aspect, label.target, label.source, label.annotator]);
}

/** A line is valid UTF-8, so only escapes can bring in what PostgreSQL does not store. */
const unstorableEscape = /\\u(?:0000|[dD][89a-fA-F])/;

function parseObject(line: string): { value: JsonObject; exact: JsonObject } {
  let parsed: ReturnType<typeof parseExact>;
  try {
    parsed = parseExact(line);
  } catch (error) {
    throw new RecordFault("", `is not valid JSON: ${(error as Error).message}`, "json");
  }
  const { value, exact } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new RecordFault("", "must be a JSON object", "json");
  if (isDeeper(value, maxDepth)) throw new RecordFault("", `is nested more than ${maxDepth} levels deep`);
  const fault = unstorableEscape.test(line) ? findUnstorable(value) : undefined;
  if (fault) throw new RecordFault(fault.path, fault.message, "unstorable");
  return { value: value as JsonObject, exact: exact as JsonObject };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

const ordinaryFields = ["id", "prompt", "messages", "context", "reference", "labels", "gold", "meta"];

function readOrdinary(
  value: JsonObject,
  exact: JsonObject,
  completionsField: "completions" | "responses",
): ImportedRecord {
  const parsed = parsePart(record, value, "");
  const imageFiles: ImageFiles = new Map();
  const rawCompletions = exact[completionsField] as JsonObject[];
  const completions = parsePart(completionList, value[completionsField], completionsField).map((one, index) =>
    readCompletion(one, rawCompletions[index]!, { index, at: `${completionsField}.${index}`, imageFiles }),
  );
  const content = {
    ...readPrompt(parsed, exact, imageFiles),
    images: readImages(parsed.images, "images", imageFiles),
    context: parsed.context ?? null,
    reference: parsed.reference ?? null,
    gold: exact.gold ?? null,
    meta: readMeta(exact, [...ordinaryFields, completionsField, ...imageFields({ images: parsed.images }, exact)]),
    completions,
  };
  return finish({ id: parsed.id, content, imageFiles, format: "record" }, (shape) => {
    const rawLabels = exact.labels as unknown[];
    const fields: string[] = [];
    const labels = (parsed.labels ?? []).flatMap((label, index) => {
      const field = `labels.${index}`;
      const read = readLabel({ value: label, exact: rawLabels[index] }, shape, field);
      fields.push(...read.map(() => field));
      return read;
    });
    return numberSamples(labels, (index) => fields[index]!);
  });
}

function readCompletion(
  { id, text, model, steps, ...parsed }: z.output<typeof completion>,
  raw: JsonObject,
  { index, at, imageFiles }: { index: number; at: string; imageFiles: ImageFiles },
): ImportedCompletion {
  if (parsed.image !== undefined && parsed.images !== undefined)
    throw new RecordFault(`${at}.image`, "stands beside `images`: keep one of the two");
  const images =
    parsed.image === undefined
      ? readImages(parsed.images, `${at}.images`, imageFiles)
      : [readEntry(parsed.image, `${at}.image`, imageFiles)];
  if (text === undefined && images.length === 0) throw new RecordFault(`${at}.text`, "is missing");
  return {
    id: id ?? String(index),
    // A text that is not known is null; where there are images, there is none.
    text: text ?? (images.length > 0 ? "" : null),
    model: model ?? null,
    steps: steps ?? null,
    images,
    meta: nonEmpty(
      without(raw, [
        "id",
        "text",
        "model",
        "steps",
        ...imageFields({ image: parsed.image, images: parsed.images }, raw),
      ]),
    ),
  };
}

/** A preference pair becomes an instance of two completions, their order drawn by hash, and one comparison. */
function readPair(value: JsonObject, exact: JsonObject): ImportedRecord {
  const pair = readPreference(value, exact);
  const drawn = sha256(JSON.stringify([pair.chosen.text, pair.rejected.text]));
  const chosenIndex = parseInt(drawn[0]!, 16) % 2;
  const completions = chosenIndex === 0 ? [pair.chosen, pair.rejected] : [pair.rejected, pair.chosen];
  const content = {
    prompt: pair.prompt,
    messages: pair.messages,
    images: pair.images,
    context: pair.context,
    reference: pair.reference,
    gold: exact.gold ?? null,
    meta: readMeta(exact, pair.used),
    completions,
  };
  const label = { annotator: datasetAnnotator, kind: pair.kind, type: "comparison", preferred: chosenIndex };
  const id = parsePart(outsideId.nullish(), value.id, "id");
  return finish({ id, content, imageFiles: pair.imageFiles, format: "preference" }, (shape) =>
    numberSamples(readLabel({ value: label, exact: label }, shape, ""), () => ""),
  );
}

type Content = Pick<
  ImportedRecord,
  "prompt" | "messages" | "images" | "context" | "reference" | "gold" | "meta" | "completions"
>;

type Read = Pick<ImportedRecord, "imageFiles" | "format"> & { id: string | null | undefined; content: Content };

function finish(
  { id, content, imageFiles, format }: Read,
  labelsOf: (shape: InstanceShape) => ImportedLabel[],
): ImportedRecord {
  refuseRepeatedIds(content.completions);
  const contentHash = hashContent(content);
  const promptHash = hashPrompt(content);
  return {
    ...content,
    outsideId: id ?? `sha256:${contentHash.slice(0, 32)}`,
    labels: labelsOf(shapeOf(content)),
    hasImages: [content, ...content.completions, ...(content.messages ?? [])].some((part) => imagesOf(part).length > 0),
    imageFiles,
    contentHash,
    promptHash,
    split: parseInt(promptHash.slice(0, 8), 16) % 100 < testPercent ? "test" : "train",
    format,
  };
}

/** Only the parts whose keys are the file's own need their canonical form; it is many times slower than JSON.stringify. */
function hashContent({ prompt, messages, images, context, reference, gold, meta, completions }: Content): string {
  const texts = completions.map(({ id, text, model, steps }) => [id, text, model, steps]);
  const open = [messages, gold, meta, completions.map((one) => one.meta)];
  const shown = [images, ...completions.map((one) => one.images)];
  return sha256(
    `${JSON.stringify([prompt, context, reference, texts])}${canonicalJson(open)}${hashable(shown.flat().length > 0 ? shown : [])}`,
  );
}

/** What tells prompts apart: instances with the same have one split, and one reference to shape rewards by. */
export function hashPrompt({ prompt, messages, images }: Pick<Content, "prompt" | "messages" | "images">): string {
  return sha256((prompt ?? canonicalJson(messages)) + hashable(images));
}

/** Images as part of what is hashed; without any, records have the hash they had before there were images. */
function hashable(images: unknown[]): string {
  return images.length === 0 ? "" : canonicalJson(images);
}

/** Share of the prompts that is held out, in percent. */
const testPercent = 20;

function readPrompt(
  parsed: z.output<typeof record>,
  exact: JsonObject,
  imageFiles: ImageFiles,
): Pick<Content, "prompt" | "messages"> {
  if (parsed.prompt == null && parsed.messages == null) {
    throw new RecordFault(
      "prompt",
      "is missing: give `prompt` or `messages`; an empty string stands for a prompt that is not known",
    );
  }
  if (parsed.prompt != null && parsed.messages != null)
    throw new RecordFault("messages", "stands beside `prompt`: keep one of the two");
  if (typeof parsed.prompt === "string") return { prompt: parsed.prompt, messages: null };
  const field = parsed.messages ? "messages" : "prompt";
  return { prompt: null, messages: readMessages(parsed[field] as MessageList, exact[field], field, imageFiles) };
}

/**
 * The fields that have no column: those inside the record's own `meta` together with the unknown ones beside it. Where
 * the two share a name, or `meta` is not an object, `meta` stays a field of its own, so that nothing is lost.
 */
function readMeta(exact: JsonObject, known: readonly string[]): JsonObject | null {
  const rest = without(exact, [...known, "meta"]);
  const { meta } = exact;
  if (meta === undefined) return nonEmpty(rest);
  const isPlain = typeof meta === "object" && meta !== null && !Array.isArray(meta);
  if (!isPlain || Object.keys(rest).some((key) => Object.hasOwn(meta, key))) return { ...rest, meta };
  return nonEmpty({ ...rest, ...meta });
}

function refuseRepeatedIds(completions: ImportedCompletion[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of completions.entries()) {
    if (seen.has(id))
      throw new RecordFault(`completions.${index}.id`, `is ${id}, which an earlier completion has`, "duplicate");
    seen.add(id);
  }
}

function shapeOf(content: Content): InstanceShape {
  const { prompt, messages } = content;
  return {
    completions: content.completions.map((one) => ({
      id: one.id,
      length: once(() => (one.text === null ? null : codePointLength(one.text))),
      stepCount: one.steps?.length ?? null,
    })),
    promptLength: once(() => (prompt === null ? null : codePointLength(prompt))),
    messageLengths: once(() => messages?.map((message) => codePointLength(message.content as string)) ?? null),
  };
}

function once<T>(compute: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => (kept ??= { value: compute() }).value;
}
