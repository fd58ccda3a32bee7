import { cutSegments } from "@/lib/text/cut-segments";
import { cutSteps } from "@/lib/text/cut-steps";
import type { DenseStepCut } from "./schema";

/** Code units of what came before that are read with a piece: long texts would cost the square of their length. */
export const prefixLength = 4000;

/** What is read of a segment or step: the text up to and with it, and it alone. */
export type Piece = { prefix: string; text: string };

export type SegmentPiece = Piece & { start: number; end: number };

/** The segments of a completion, with offsets in Unicode code points. */
export function segmentPieces(text: string): SegmentPiece[] {
  let at = 0;
  return cutSegments(text).map((segment) => {
    const to = text.indexOf(segment.text, at) + segment.text.length;
    at = to;
    return { ...segment, prefix: endOf(text.slice(0, to)) };
  });
}

/** Steps as pieces. Blanks around a step are nothing to read, and so steps are read alike whether they were imported or cut. */
export function stepPieces(steps: readonly string[]): Piece[] {
  let before = "";
  return steps.map((step) => {
    const text = step.trim();
    before = endOf(before === "" ? text : `${before}\n${text}`);
    return { prefix: before, text };
  });
}

/** The steps of a completion: those it was imported with, or else its text as it is cut. */
export function stepsOfText(
  { text, steps, hasSteps }: { text: string; steps: readonly string[]; hasSteps: boolean },
  cut: DenseStepCut,
): readonly string[] {
  if (hasSteps) return steps;
  return cut === "blank-line" ? cutAtBlankLines(text) : cutSteps(text, cut);
}

/** Steps are what blank lines part (Cheng et al.'s PURE, Zou et al.'s ReasonFlux-PRM). */
export function cutAtBlankLines(text: string): string[] {
  return text
    .split(/(?:\r\n|\r|\n)(?:[^\S\r\n]*(?:\r\n|\r|\n))+/)
    .map((step) => step.trim())
    .filter((step) => step !== "");
}

/** Its last code units, beginning with a whole character. */
function endOf(text: string): string {
  const end = text.slice(-prefixLength);
  return /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
}
