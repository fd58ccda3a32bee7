import { expect, test } from "vitest";
import { cutSteps } from "./cut-steps";
import { renderSteps } from "./render-steps";

const htmlOf = async (steps: string[]) => (await renderSteps(steps)).map(({ html }) => html);
const isVerbatim = async (steps: string[]) => (await renderSteps(steps)).map(({ html }) => html.includes("verbatim"));

test("a step is rendered as the text it comes from would be", async () => {
  const [plain, formula, listed] = await htmlOf(["It is **so**.", "Then $x^2$.", "3. Third"]);
  expect(plain).toContain("<strong>so</strong>");
  expect(formula).toContain("katex");
  expect(listed).toContain('<ol start="3"');
});

test("steps within one block of code or one formula are shown as they are", async () => {
  const code = cutSteps("Run:\n```py\n# not a heading\n    x = 1\n```\nDone.", "line");
  expect(await isVerbatim(code)).toEqual([false, true, true, true, true, false]);
  expect((await htmlOf(code))[2]).toContain("# not a heading");
  expect(await isVerbatim(["So\n\\[", "a_1 * b_1", "\\]", "that"])).toEqual([true, true, true, false]);
  expect(await isVerbatim(["$$ x", "= 1 $$", "$$y$$"])).toEqual([true, true, false]);
  expect(await isVerbatim(["~~~\n```", "still", "~~~", "out"])).toEqual([true, true, true, false]);
});

test("a block within one step is no reason, and neither is a mark without its other half", async () => {
  expect(await isVerbatim(["```js\n1\n```", "$$x$$", "then"])).toEqual([false, false, false]);
  expect(await isVerbatim(["It costs $$ a lot", "as **ever**", "\\] too"])).toEqual([false, false, false]);
  expect(await isVerbatim(["- ```", "open", "to the end"])).toEqual([true, true, true]);
});

test("scripts in a step stay text", async () => {
  const [alone, cut] = await htmlOf(["<script>1</script>", "```\n<script>2</script>"]);
  expect(`${alone}${cut}`).not.toContain("<script>");
});
