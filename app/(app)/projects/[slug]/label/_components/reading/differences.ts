import type { AssignmentView } from "@/lib/assignments/schema";
import { codePointLength } from "@/lib/text/code-points";
import { rangesOfSpans, readDomText } from "@/lib/text/dom-text";
import type { Span } from "@/lib/text/offset-map";
import { spansByPiece, spansOnlyIn } from "@/lib/text/only-in";
import { showPlain } from "@/lib/text/plain-text";
import { piecesOf } from "./pieces";

/** What only one of two completions has, a list for each; null when they are too long to be compared. */
export function compareCompletions(
  assignment: AssignmentView,
  [first, second]: readonly [number, number],
): [Span[], Span[]] | null {
  const textOf = (position: number) =>
    piecesOf(assignment, position)
      .map(({ text }) => text)
      .join("");
  return spansOnlyIn(textOf(first), textOf(second));
}

type InPane = { assignment: AssignmentView; position: number; isSource: boolean; spans: readonly Span[] };

/** Where spans of a completion are seen in its pane. Markup is seen in the text as written alone. */
export function rangesInPane({ assignment, position, isSource, spans }: InPane): StaticRange[] {
  const pieces = piecesOf(assignment, position);
  const { label } = assignment.completions[position]!;
  const elements = document.querySelectorAll(`[data-pane="${label}"] .prose-reading`);
  const own = spansByPiece(
    spans,
    pieces.map(({ text }) => codePointLength(text)),
  );
  return pieces.flatMap(({ text, map }, index) => {
    const element = elements[index];
    if (!element || own[index]!.length === 0) return [];
    const shown = readDomText<Node>(element, isSource ? showPlain(text).map : map);
    return rangesOfSpans(shown, own[index]!).map(
      ({ node, start, end }) =>
        new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }),
    );
  });
}
