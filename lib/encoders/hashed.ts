import { AppError } from "@/lib/errors";
import type { EncoderConfig } from "./schema";
import type { SparseVector } from "./sparse";

/** Names the features below: any change to them, however small, is a new version, as trained weights fit no other. */
export const hashedEncoderVersion = "hashed-w12-c345-1";

/** Powers of two: the width decides how many n-grams share a feature. */
export type HashedWidth = 1024 | 2048;

/** The built-in encoder, as a version of a reward model has it. */
export const builtInEncoder: EncoderConfig = { version: hashedEncoderVersion, width: 1024 };

/** The width that a version of a reward model asks of this encoder. Throws `invalid` for another version of the encoder. */
export function hashedWidthOf({ version, width }: EncoderConfig): HashedWidth {
  if (version === hashedEncoderVersion && (width === 1024 || width === 2048)) return width;
  throw new AppError(
    "invalid",
    `The encoder ${version} of width ${width} is asked for, and this installation has ${hashedEncoderVersion} of 1024 or 2048. Train anew.`,
  );
}

const shortest = 3;
const longest = 5;
const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;

/**
 * The built-in text encoder: signed feature hashing (Weinberger et al., "Feature hashing for large scale multitask
 * learning") of word 1-2-grams and character 3-5-grams.
 *
 * The text is NFKC-normalised and lower-cased; words are runs of letters, marks and digits of any script; character
 * n-grams run over code points of the whole text, each run of white space being one space. An n-gram that occurs tf times
 * adds +-(1 + ln tf) to the feature its hash names, the sign being a bit of the hash, so that what collides cancels on
 * average instead of adding up. The vector has length 1; the vector of a text without any n-gram is zero.
 */
export function encodeHashed(text: string, width: HashedWidth = 1024): SparseVector {
  const normal = text.normalize("NFKC").toLowerCase();
  const hashes = Uint32Array.from([...wordGrams(normal), ...characterGrams(normal)]).sort();
  const features = new Float64Array(width);
  for (let start = 0; start < hashes.length;) {
    const hash = hashes[start]!;
    let end = start + 1;
    while (hashes[end] === hash) end++;
    const weight = 1 + Math.log(end - start);
    features[(hash >>> 1) & (width - 1)]! += (hash & 1) === 0 ? weight : -weight;
    start = end;
  }
  return normalised(features);
}

function wordGrams(text: string): number[] {
  const hashes: number[] = [];
  let previous: number | undefined;
  for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    let hash = fnvOffset;
    for (const character of word) hash = absorb(hash, character.codePointAt(0)!);
    hashes.push(finish(hash, 1));
    if (previous !== undefined) hashes.push(finish(absorb(previous, hash), 2));
    previous = hash;
  }
  return hashes;
}

function characterGrams(text: string): number[] {
  const points = Array.from(` ${text.replaceAll(/\s+/g, " ").trim()} `, (character) => character.codePointAt(0)!);
  const hashes: number[] = [];
  for (let start = 0; start + shortest <= points.length; start++) {
    let hash = fnvOffset;
    for (let length = 1; length <= longest && start + length <= points.length; length++) {
      hash = absorb(hash, points[start + length - 1]!);
      if (length >= shortest) hashes.push(finish(hash, 16 + length));
    }
  }
  return hashes;
}

/** FNV-1a (Fowler, Noll & Vo), a whole number at a time. */
function absorb(hash: number, value: number): number {
  return Math.imul(hash ^ value, fnvPrime);
}

/** The final mix of MurmurHash3 (Appleby), with a number that keeps kinds of n-grams apart. */
function finish(hash: number, kind: number): number {
  let mixed = absorb(hash, kind);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function normalised(features: Float64Array): SparseVector {
  const indices: number[] = [];
  let squares = 0;
  features.forEach((value, index) => {
    if (value === 0) return;
    indices.push(index);
    squares += value * value;
  });
  const length = Math.sqrt(squares);
  return {
    indices: Uint16Array.from(indices),
    values: Float32Array.from(indices, (index) => features[index]! / length),
  };
}
