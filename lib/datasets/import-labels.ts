import {
  labelTarget,
  maxStrength,
  type ComparisonPayload,
  type ComparisonScale,
  type LabelPayload,
} from "@/lib/labels/schema";
import type { MarkedText } from "@/lib/text/marked-text";
import type { InstanceShape, JsonObject, UnnumberedLabel } from "./imported";
import { common, importLabel, stepLabels, type LabelInput, type LabelInputOf } from "./label-input";
import { joinPath, parsePart, RecordFault } from "./record-fault";

/** What the reading of one type gives: its payload, or several (one list of correctness), and the fields it used. */
type Reading = {
  payloads: LabelPayload[];
  used: string[];
  shownOrder?: number[];
  aspect?: string;
  /** Fields inside of spans or steps that have no place in the payload. */
  inner?: JsonObject;
};

type Place = { shape: InstanceShape; at: string };

/**
 * The canonical labels of one label of an import record; several when it lists the correctness of every completion.
 * `exact` is the same JSON with numbers as written, and `sample` undefined unless the label names it.
 * Throws RecordFault with paths below `at`.
 */
export function readLabel(
  label: { value: unknown; exact: unknown },
  shape: InstanceShape,
  at: string,
): UnnumberedLabel[] {
  const parsed = parsePart(importLabel, label.value, at);
  const exact = label.exact as JsonObject;
  const reading = readPayload(parsed, exact, { shape, at });
  const aspect = reading.aspect ?? parsed.aspect ?? "overall";
  const rest = without(exact, [...commonFields, ...reading.used]);
  return reading.payloads.map((payload) => ({
    question: parsed.question ?? parsed.type,
    type: parsed.type,
    aspect,
    target: labelTarget(parsed.type, payload),
    source: parsed.kind,
    annotator: `import:${parsed.annotator}`,
    sample: parsed.sample ?? undefined,
    payload,
    rationale: parsed.rationale ?? null,
    shownOrder: reading.shownOrder ?? readOrder(parsed.order, { shape, at }),
    meta: nonEmpty({ ...rest, ...reading.inner }),
  }));
}

/** The object without these keys, in its own order. */
export function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

export function nonEmpty(object: JsonObject): JsonObject | null {
  return Object.keys(object).length === 0 ? null : object;
}

const commonFields = ["type", ...Object.keys(common)];

function readPayload(label: LabelInput, exact: JsonObject, place: Place): Reading {
  switch (label.type) {
    case "comparison":
      return readComparison(label, exact, place);
    case "ranking":
      return readRanking(label, place);
    case "rating": {
      const aspect = label.aspect ?? "overall";
      return {
        payloads: [{ completion: completionOf(label.completion, place), aspect, value: label.value }],
        used: ["completion", "value"],
      };
    }
    case "binary":
      return readBinary(label, place);
    case "spans":
      return readSpans(label, exact, place);
    case "steps":
      return readSteps(label, exact, place);
    case "critique": {
      const completion = completionOf(label.completion, place);
      const payload = { completion, text: label.text, quotes: label.quotes ?? [], rewrite: label.rewrite ?? null };
      return { payloads: [payload], used: ["completion", "text", "quotes", "rewrite"] };
    }
  }
}

const comparisonFields = ["pair", "preferred", "strength", "scale", "value", "bothBad", "cannotTell"];

function readComparison(label: LabelInputOf<"comparison">, exact: JsonObject, { shape, at }: Place): Reading {
  const pair = label.pair ?? [0, 1];
  const field = joinPath(at, "pair");
  for (const one of pair) {
    if (one >= shape.completions.length) {
      const advice = label.pair ? "" : "; a comparison needs two";
      throw new RecordFault(field, `names completion ${one}, but there ${countOf(shape.completions.length)}${advice}`);
    }
  }
  if (pair[0] === pair[1]) throw new RecordFault(field, "names the same completion twice");
  const answer = readAnswer(label, at);
  const isTie = answer.preferred === "tie";
  if (label.cannotTell && (!isTie || label.bothBad))
    throw new RecordFault(joinPath(at, "cannotTell"), "goes with a tie only, and not with both bad");
  if (label.bothBad && !isTie) throw new RecordFault(joinPath(at, "bothBad"), "goes with a tie only");
  const reasons = isTie ? undefined : label.reasons;
  const isNoteUsed = isTie && !label.cannotTell && exact.note === "both bad";
  const isFlipped = pair[0] > pair[1];
  const payload: ComparisonPayload = {
    ...answer,
    pair: isFlipped ? [pair[1], pair[0]] : pair,
    preferred: answer.preferred === "tie" || !isFlipped ? answer.preferred : answer.preferred === 0 ? 1 : 0,
    bothBad: isNoteUsed || label.bothBad === true,
    ...(label.cannotTell && { cannotTell: true }),
    ...(reasons && { reasons }),
  };
  return {
    payloads: [payload],
    used: [...comparisonFields, ...(isNoteUsed ? ["note"] : []), ...(reasons ? ["reasons"] : [])],
    ...(label.order && { shownOrder: readPairOrder(label.order, pair, at) }),
  };
}

function readAnswer(
  label: LabelInputOf<"comparison">,
  at: string,
): Pick<ComparisonPayload, "preferred" | "strength" | "scale"> {
  if (label.value != null) return readSlider(label, label.value, at);
  const scale = label.scale ?? 2;
  if (label.preferred == null && label.cannotTell) return { preferred: "tie", strength: 0, scale };
  if (label.preferred == null) throw new RecordFault(joinPath(at, "preferred"), "is missing");
  const field = joinPath(at, "strength");
  if (label.preferred === "tie") {
    if (label.strength) throw new RecordFault(field, "must be 0 for a tie");
    return { preferred: "tie", strength: 0, scale };
  }
  const strength = label.strength ?? (maxStrength(scale) === 1 ? 1 : undefined);
  if (strength === undefined)
    throw new RecordFault(
      field,
      `is missing: on a scale of ${scale} points it says how far from the tie the answer is`,
    );
  if (strength === 0) throw new RecordFault(field, "is 0, which means a tie, but one completion is preferred");
  if (strength > maxStrength(scale)) {
    const advice = label.scale ? "" : "; name the scale, such as 5";
    throw new RecordFault(
      field,
      `is ${strength}, but a scale of ${scale} points allows ${maxStrength(scale)} at most${advice}`,
    );
  }
  return { preferred: label.preferred, strength, scale };
}

/** A place on a slider from 1 (certainly the first) to the scale's points (certainly the second). */
function readSlider(
  label: LabelInputOf<"comparison">,
  value: number,
  at: string,
): { preferred: 0 | 1 | "tie"; strength: number; scale: ComparisonScale } {
  const scale = label.scale;
  if (!scale)
    throw new RecordFault(joinPath(at, "scale"), "is missing: `value` is a place on a scale of 2, 3, 5, 7 or 9 points");
  if (value > scale) throw new RecordFault(joinPath(at, "value"), `is ${value}, but the scale has ${scale} points`);
  const middle = (scale + 1) / 2;
  const side = value < middle ? 0 : value > middle ? 1 : "tie";
  if (label.preferred != null && label.preferred !== side) {
    throw new RecordFault(
      joinPath(at, "preferred"),
      `contradicts \`value\` ${value}, which means ${JSON.stringify(side)}`,
    );
  }
  return { preferred: side, strength: Math.ceil(Math.abs(value - middle)), scale };
}

/** The order in which the two were shown: places within the pair, or completion indices. */
function readPairOrder(order: number[], pair: [number, number], at: string): number[] {
  if (isPermutation(order, [0, 1])) return order.map((place) => pair[place]!);
  if (isPermutation(order, pair)) return order;
  throw new RecordFault(joinPath(at, "order"), "must be the order of the two, [0, 1] or [1, 0]");
}

function readOrder(order: number[] | null | undefined, { shape, at }: Place): number[] | null {
  if (!order) return null;
  if (new Set(order).size === order.length && order.every((one) => one < shape.completions.length)) return order;
  throw new RecordFault(joinPath(at, "order"), "must list the completions as shown, each index once");
}

function readRanking(label: LabelInputOf<"ranking">, { shape, at }: Place): Reading {
  const { ranks } = label;
  const ids = shape.completions.map((completion) => completion.id);
  const field = joinPath(at, "ranks");
  if (ranks.length !== ids.length)
    throw new RecordFault(field, `has ${ranks.length} entries, but there ${countOf(ids.length)}`);
  if (typeof ranks[0] === "number") return { payloads: [{ ranks: ranks as number[] }], used: ["ranks"] };
  if (!isPermutation(ranks as string[], ids)) throw new RecordFault(field, "must name the id of every completion once");
  return { payloads: [{ ranks: ids.map((id) => (ranks as string[]).indexOf(id) + 1) }], used: ["ranks"] };
}

function readBinary(label: LabelInputOf<"binary">, place: Place): Reading {
  const { shape, at } = place;
  if (label.correct == null) {
    if (label.value == null) throw new RecordFault(joinPath(at, "value"), "is missing: give `value` or `correct`");
    const kind = label.reaction ?? "thumb";
    const payload = { completion: completionOf(label.completion, place), value: label.value, kind };
    return { payloads: [payload], used: ["completion", "value", "reaction"], aspect: label.aspect ?? kind };
  }
  const used = ["completion", "correct"];
  const aspect = label.aspect ?? "correct";
  if (typeof label.correct === "boolean") {
    return {
      payloads: [{ completion: completionOf(label.completion, place), value: label.correct, kind: "correct" }],
      used,
      aspect,
    };
  }
  if (label.correct.length !== shape.completions.length) {
    throw new RecordFault(
      joinPath(at, "correct"),
      `has ${label.correct.length} entries, but there ${countOf(shape.completions.length)}`,
    );
  }
  const payloads = label.correct.flatMap((value, completion) =>
    value === null ? [] : [{ completion, value, kind: "correct" }],
  );
  if (payloads.length === 0) throw new RecordFault(joinPath(at, "correct"), "says nothing about any completion");
  return { payloads, used, aspect };
}

function readSpans(label: LabelInputOf<"spans">, exact: JsonObject, place: Place): Reading {
  const { shape, at } = place;
  const covered = label.covered ?? (shape.completions.length === 1 ? [0] : undefined);
  if (!covered)
    throw new RecordFault(joinPath(at, "covered"), "is missing: list the completions this annotator looked at");
  for (const one of covered) checkCompletion(one, shape, joinPath(at, "covered"));
  const inner: JsonObject = {};
  const spans = label.spans.map((span, i) => {
    const field = joinPath(at, `spans.${i}`);
    const isPrompt = span.on === "prompt" || span.completion === "prompt";
    const completion = isPrompt
      ? ("prompt" as const)
      : completionOf(span.completion as number | null | undefined, { shape, at: field });
    if (completion !== "prompt" && !covered.includes(completion)) {
      throw new RecordFault(
        joinPath(field, "completion"),
        `is ${completion}, which is not among the covered completions`,
      );
    }
    const message = isPrompt ? messageOf(span.message, shape, field) : undefined;
    checkSpan(span, lengthOf({ completion, message }, shape), field);
    const rest = nonEmpty(restOfSpan((exact.spans as JsonObject[])[i]!, { isPrompt, message }));
    if (rest) inner[i] = rest;
    const { start, end, category, severity, note } = span;
    return {
      ...{ completion, ...(message !== undefined && { message }), start, end, category },
      ...{ ...(severity != null && { severity }), ...(note != null && { note }) },
    };
  });
  return {
    payloads: [{ covered: [...new Set(covered)].sort((a, b) => a - b), spans }],
    used: ["covered", "spans"],
    ...(nonEmpty(inner) && { inner: { spans: inner } }),
  };
}

/** Which message of the conversation a span of the prompt is on; a `message` that is no number is somebody else's field. */
function messageOf(message: unknown, shape: InstanceShape, field: string): number | undefined {
  const lengths = shape.messageLengths();
  if (lengths === null || typeof message !== "number") return undefined;
  if (Number.isInteger(message) && message >= 0 && message < lengths.length) return message;
  throw new RecordFault(
    joinPath(field, "message"),
    `must be the index of a message; the conversation has ${lengths.length}, counted from 0`,
  );
}

function lengthOf({ completion, message }: MarkedText, shape: InstanceShape): number | null {
  if (completion !== "prompt") return shape.completions[completion]!.length();
  return message === undefined ? shape.promptLength() : shape.messageLengths()![message]!;
}

/** A span of the prompt may name the completion beside which it was marked; the payload has no place for that. */
function restOfSpan(
  span: JsonObject,
  { isPrompt, message }: { isPrompt: boolean; message: number | undefined },
): JsonObject {
  const used = ["on", "start", "end", "category", "severity", "note", "completion"];
  if (message !== undefined) used.push("message");
  const rest = without(span, used);
  return isPrompt && typeof span.completion === "number" ? { completion: span.completion, ...rest } : rest;
}

function checkSpan({ start, end }: { start: number; end: number }, length: number | null, field: string): void {
  if (start > end) throw new RecordFault(joinPath(field, "end"), `is ${end}, before the start ${start}`);
  if (length !== null && end > length) {
    throw new RecordFault(
      joinPath(field, "end"),
      `is ${end}, but the text has ${length} characters (Unicode code points)`,
    );
  }
}

function readSteps(label: LabelInputOf<"steps">, exact: JsonObject, place: Place): Reading {
  const { shape, at } = place;
  const completion = completionOf(label.completion, place);
  const given = label.first_error === undefined ? label.firstError : label.first_error;
  if (!label.steps && given === undefined)
    throw new RecordFault(joinPath(at, "steps"), "is missing: give `steps` or `first_error`");
  const stepCount = shape.completions[completion]!.stepCount;
  const inner: JsonObject = {};
  const steps = (label.steps ?? []).map((step, i) => {
    const field = joinPath(at, `steps.${i}`);
    checkStep(step.index, stepCount, joinPath(field, "index"));
    const rest = nonEmpty(without((exact.steps as JsonObject[])[i]!, ["index", "label", "flags"]));
    if (rest) inner[i] = rest;
    const flags = step.flags ?? [];
    const isRedundant = step.label === "redundant" && !flags.includes("redundant");
    return { index: step.index, label: stepLabels[step.label], flags: isRedundant ? [...flags, "redundant"] : flags };
  });
  if (typeof given === "number") checkStep(given, stepCount, joinPath(at, "first_error"));
  const bad = steps.filter((step) => step.label === "bad").map((step) => step.index);
  const firstError = given !== undefined ? given : bad.length === 0 ? null : Math.min(...bad);
  return {
    payloads: [{ completion, steps, firstError }],
    used: ["completion", "steps", label.first_error === undefined ? "firstError" : "first_error"],
    ...(nonEmpty(inner) && { inner: { steps: inner } }),
  };
}

function checkStep(step: number, stepCount: number | null, field: string): void {
  if (stepCount !== null && step >= stepCount) {
    throw new RecordFault(field, `is ${step}, but the completion has ${stepCount} steps, counted from 0`);
  }
}

/** The completion a label is about; may be left out where there is only one. */
function completionOf(completion: number | null | undefined, { shape, at }: Place): number {
  const field = joinPath(at, "completion");
  if (completion == null) {
    if (shape.completions.length === 1) return 0;
    throw new RecordFault(
      field,
      `is missing: say which of the ${shape.completions.length} completions the label is about`,
    );
  }
  checkCompletion(completion, shape, field);
  return completion;
}

function checkCompletion(completion: number, shape: InstanceShape, field: string): void {
  if (completion >= shape.completions.length) {
    throw new RecordFault(field, `is ${completion}, but there ${countOf(shape.completions.length)}, counted from 0`);
  }
}

function countOf(completions: number): string {
  return completions === 1 ? "is 1 completion" : `are ${completions} completions`;
}

function isPermutation<T>(list: readonly T[], of: readonly T[]): boolean {
  return list.length === of.length && new Set(list).size === list.length && list.every((one) => of.includes(one));
}
