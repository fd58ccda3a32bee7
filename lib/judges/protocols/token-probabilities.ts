import { findLastJsonObject } from "@/lib/text/last-json-object";
import type { AnswerToken } from "./protocol";

/** Below this share of the probability the options are not what the model chose between, and nothing is made of them. */
export const minCovered = 0.9;

export type OptionProbabilities = {
  /** By option; they sum to 1. */
  probabilities: Map<string, number>;
  /** The share of the probability that was on options, before they were made to sum to 1. */
  covered: number;
};

/**
 * How probable each value of a field was when the model wrote it in its answer, p_o = sum of P(t) over the alternatives
 * t of the value's first token that begin option o, divided by what all options have together (as G-Eval does, Liu et
 * al. 2023). `options` are as the JSON object has them, but for quotation marks.
 *
 * An alternative that could begin several options counts for none: "1" where "10" is an option, too, unless the
 * alternatives show that the model writes such numbers as one token. Null without the field's token, and where the options
 * have less than `minCovered` of the probability.
 */
export function optionProbabilities(
  tokens: readonly AnswerToken[],
  field: string,
  options: readonly string[],
): OptionProbabilities | null {
  const token = firstTokenOf(tokens, field);
  if (!token) return null;
  const said = token.alternatives.map(({ text, logprob }) => ({ ...readPiece(text), probability: Math.exp(logprob) }));
  const isWhole = options.every(isDigits) && said.some(({ piece }) => piece.length > 1 && options.includes(piece));
  const probabilities = new Map(options.map((option) => [option, 0]));
  for (const { piece, isEnded, probability } of said) {
    const option = isEnded || isWhole ? options.find((one) => one === piece) : begunBy(piece, options);
    if (option !== undefined) probabilities.set(option, probabilities.get(option)! + probability);
  }
  const covered = [...probabilities.values()].reduce((sum, one) => sum + one, 0);
  if (covered < minCovered) return null;
  for (const [option, probability] of probabilities) probabilities.set(option, probability / covered);
  return { probabilities, covered: Math.min(1, covered) };
}

/** The token with the first character of a field's value in the last JSON object that the tokens spell. */
function firstTokenOf(tokens: readonly AnswerToken[], field: string): AnswerToken | undefined {
  const text = tokens.map((token) => token.text).join("");
  const found = findLastJsonObject(text);
  if (!found) return undefined;
  const place = placeOfValue(text.slice(found.start, found.end), field);
  if (place === undefined) return undefined;
  let end = 0;
  return tokens.find((token) => {
    end += token.text.length;
    return found.start + place < end;
  });
}

/** Where the value of a field of an object begins, behind the quotation mark of a string. */
function placeOfValue(object: string, field: string): number | undefined {
  let depth = 0;
  let place: number | undefined;
  for (const { 0: part, 1: key, 2: colon, index } of object.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:\s*)?|[{}[\]]/g)) {
    if (part === "{" || part === "[") depth += 1;
    else if (part === "}" || part === "]") depth -= 1;
    else if (depth === 1 && colon !== undefined && key === field) place = index + part.length;
  }
  if (place === undefined) return undefined;
  return object[place] === '"' ? place + 1 : place;
}

/** What a token says of a value, without what stands around values, and whether the value ends in it. */
function readPiece(text: string): { piece: string; isEnded: boolean } {
  const begun = text.replace(/^[\s"]+/, "");
  const piece = begun.replace(/[\s",}\]]+$/, "");
  return { piece, isEnded: piece.length < begun.length };
}

/** The one option that a piece begins, which may be all of it. */
function begunBy(piece: string, options: readonly string[]): string | undefined {
  if (piece === "") return undefined;
  const begun = options.filter((option) => option.startsWith(piece));
  return begun.length === 1 ? begun[0] : undefined;
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}
