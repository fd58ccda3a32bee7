import { z } from "zod";
import { findLastJsonObject } from "@/lib/text/last-json-object";
import { findUnstorable } from "@/lib/text/storable";
import type { Invalid } from "./protocol";

/** What models that reason put around their thinking where their server leaves it in the answer. */
const tags = "think|thinking|thoughts?|reasoning|reflection|analysis";
/** Thinking begins a line; elsewhere a tag is one that the judge writes about. */
const opens = new RegExp(`^[^\\S\\n]*<(?:${tags})>`, "gim");
/** How many ends of thinking are looked behind: most answers have one or none. */
const maxTags = 5;
const closes = new RegExp(`</(?:${tags})>`, "gi");

/** A field that is read by other means than a schema. */
export const anything = z.unknown().optional();

/** The reason that an answer gives; other values than texts are none. */
export const reasoning = anything.transform((value) => (typeof value === "string" ? value : null));

/**
 * The JSON object that an answer ends with, read strictly. It is the last one of the text, well formed and none of the
 * model's thinking: a draft is no verdict. Prose before it, code fences and an <answer> tag around it are no matter.
 */
export function readAnswer<T>(text: string, fields: z.ZodType<T>): T | Invalid {
  const found = findAnswer(text);
  if (typeof found === "string") return invalid(found);
  const unstorable = findUnstorable(found);
  if (unstorable) return invalid(`${JSON.stringify(unstorable.path)} ${unstorable.message}`);
  // The fields are those of one question, and compiling them takes longer than reading one answer by them.
  const read = fields.safeParse(found, { jitless: true });
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  return invalid(path.length === 0 ? message : `${JSON.stringify(pathOf(path))} ${message}`);
}

/**
 * What stands in double brackets at the end of an answer without JSON, as MT-Bench has judges write "[[A]]" (Zheng et
 * al. 2023). A last resort for models that were trained on it: undefined where there is any JSON object, even a broken
 * one, or another pair of brackets says something else.
 */
export function readBrackets(text: string): string | undefined {
  if (/\{\s*"/.test(text)) return undefined;
  const said = [...withoutThinking(text).matchAll(/\[\[([^[\]\n]+)\]\]([^]*?)(?=\[\[|$)/g)];
  const [, last, behind] = said.at(-1) ?? [];
  if (last === undefined || !/^[\s.*"]*(?:<\/answer>\s*)?$/i.test(behind!)) return undefined;
  return said.every(([, one]) => one === last) ? last.trim() : undefined;
}

/** One of some words, told in words when it is another. */
export function oneOf<const T extends string>(options: readonly T[]) {
  return z.literal([...options], {
    error: ({ input }) => `is ${show(input)}, which is not ${listOf(options)}`,
  });
}

/** A field that may be missing or null. */
export function orLeftOut<T>(field: z.ZodType<T>) {
  return field.nullish().transform((value) => value ?? undefined);
}

/** A whole number in a range, told in words when it is another. */
export function wholeNumber(least: number, most: number) {
  return anything
    .refine((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most, {
      error: ({ input }) => `is ${show(input)}, which is not a whole number from ${least} to ${most}`,
    })
    .transform((value) => value as number);
}

/** Options as a sentence lists them: "A", "B" or "C". */
export function listOf(options: readonly string[], word: "or" | "and" = "or"): string {
  const quoted = options.map((option) => JSON.stringify(option));
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${word} ${quoted.at(-1)!}`;
}

export function show(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 60);
}

export function invalid(problem: string): Invalid {
  return { kind: "invalid", problem };
}

export function isInvalid(value: unknown): value is Invalid {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "invalid";
}

/** The object that is the answer, or what is wrong: that behind the thinking, whose end may be quoted in it. */
function findAnswer(text: string): Record<string, unknown> | string {
  const ends = [...text.matchAll(closes)].map(({ 0: tag, index }) => index + tag.length);
  for (const begin of [...ends.slice(-maxTags).reverse(), 0]) {
    const rest = text.slice(begin);
    const found = findLastJsonObject(rest);
    if (!found?.isClear) continue;
    const isThought = lastOf(closes, rest.slice(found.end)) >= 0 || isOpen(rest.slice(0, found.start));
    return isThought ? "its JSON object is part of its thinking, which no answer follows" : found.value;
  }
  return /\{\s*"/.test(text) ? "its JSON object is not well formed" : "it contains no JSON object";
}

/** Whether thinking that began in a text has not ended there. */
function isOpen(text: string): boolean {
  return lastOf(opens, text) > lastOf(closes, text);
}

function withoutThinking(text: string): string {
  const closed = lastOf(closes, text);
  const said = closed < 0 ? text : text.slice(text.indexOf(">", closed) + 1);
  const opened = said.search(new RegExp(opens.source, "im"));
  return opened < 0 ? said : said.slice(0, opened);
}

function lastOf(pattern: RegExp, text: string): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}

/** A path as answers write it, places counted from 1: spans 2, quote. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === "number" ? `${part + 1}` : String(part))).join(" ");
}
