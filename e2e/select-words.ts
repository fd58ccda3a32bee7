import type { Locator, Page } from "@playwright/test";
import { expect } from "./people";

/** Draws a selection over words with the mouse. White space in them is any white space. */
export async function selectByMouse(page: Page, within: Locator, words: string): Promise<void> {
  const ends = await within.locator(".prose-reading").evaluate(async (root, wanted) => {
    // A font that comes after the measuring would move the words from under the pointer.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await document.fonts.ready;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes: Text[] = [];
    while (walker.nextNode())
      if (!walker.currentNode.parentElement!.closest(".katex-mathml")) nodes.push(walker.currentNode as Text);
    const pattern = wanted.split(" ").map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(pattern.join("\\s+"), "u").exec(nodes.map((node) => node.data).join(""))!;
    const at = (offset: number, isEnd: boolean): [Text, number] => {
      let left = offset;
      for (const node of nodes) {
        if (left < node.length || (isEnd && left === node.length)) return [node, left];
        left -= node.length;
      }
      throw new Error(wanted);
    };
    const range = document.createRange();
    range.setStart(...at(found.index, false));
    range.setEnd(...at(found.index + found[0].length, true));
    range.startContainer.parentElement!.scrollIntoView({ block: "center" });
    const boxes = Array.from(range.getClientRects()).filter(({ width }) => width > 0);
    const [first, last] = [boxes[0]!, boxes.at(-1)!];
    const middle = ({ top, bottom }: DOMRect) => (top + bottom) / 2;
    return [
      { x: first.left + 0.5, y: middle(first) },
      { x: last.right - 0.5, y: middle(last) },
    ];
  }, words);
  await page.mouse.move(ends[0]!.x, ends[0]!.y);
  await page.mouse.down();
  await page.mouse.move(ends[1]!.x, ends[1]!.y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole("toolbar", { name: "Mark the selection as" })).toBeVisible();
}
