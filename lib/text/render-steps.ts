import { renderVerbatim, renderWithMap, type Rendered } from "./render";

/**
 * The steps of one text as HTML that is safe to put into a page, with their maps. Steps that are parts of one block of code or one
 * displayed formula are shown as they are: alone, markdown would make something else of them.
 */
export async function renderSteps(
  steps: readonly string[],
  render: (step: string, index: number) => Promise<Rendered> = (step) => renderWithMap(step),
): Promise<Rendered[]> {
  const isCut = findCutBlocks(steps);
  return await Promise.all(
    steps.map(async (step, index) => (isCut[index] ? renderVerbatim(step) : await render(step, index))),
  );
}

/** A fence of code at the start of a line, also within a list or a quotation, or a mark around a displayed formula. */
const marks = /^[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]+)*(`{3,}|~{3,})|(\$\$|\\\[|\\\])/gm;

/** Which steps hold the beginning, the end or the middle of a block that goes over several of them. */
function findCutBlocks(steps: readonly string[]): boolean[] {
  let open: { closing: string; at: number } | null = null;
  const isCut: boolean[] = [];
  for (const [at, step] of steps.entries()) {
    const wasOpen = open !== null;
    for (const [, fence, math] of step.matchAll(marks)) {
      const mark = fence === undefined ? math! : fence.slice(0, 3);
      if (open !== null) open = open.closing === mark ? null : open;
      else if (mark !== "\\]") open = { closing: mark === "\\[" ? "\\]" : mark, at };
    }
    isCut.push(wasOpen || open !== null);
  }
  // A fence that is never closed goes on to the end. Of a formula, only a sign is left that meant something else.
  if (open !== null && /[$\]]/.test(open.closing)) isCut.fill(false, open.at);
  return isCut;
}
