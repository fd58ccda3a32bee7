import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { decodeMap } from "./offset-map";
import { showPlain } from "./plain-text";
import { renderWithMap } from "./render";
import { spanOfSteps, stepByWord, type Selection } from "./word-steps";

/** What is selected after some steps: `>` forward, `<` backward. */
function walk(raw: string, segments: ReturnType<typeof decodeMap>, steps: string, from: Selection | null = null) {
  let selection = from;
  for (const step of steps) selection = stepByWord(raw, segments, selection, step === ">" ? "forward" : "backward");
  const span = selection && spanOfSteps(selection);
  return span && [...raw].slice(span.start, span.end).join("");
}

const plain = (raw: string) => decodeMap(showPlain(raw).map);
const rendered = async (raw: string) => decodeMap((await renderWithMap(raw)).map);

test("each step takes one word more, or gives one back", () => {
  const raw = "One two, three. 😀";
  const segments = plain(raw);
  expect(walk(raw, segments, ">")).toBe("One");
  expect(walk(raw, segments, ">>>")).toBe("One two, three");
  expect(walk(raw, segments, ">>>>")).toBe(raw);
  expect(walk(raw, segments, ">>><")).toBe("One two, ");
  expect(walk(raw, segments, "<<")).toBe("two, three");
  expect(walk(raw, segments, ">", { anchor: 4, focus: 4 })).toBe("two");
  expect(walk(raw, segments, "<", { anchor: 6, focus: 6 })).toBe("tw");
});

test("languages without spaces have words, too", () => {
  const raw = "我们喜欢猫。";
  expect(walk(raw, plain(raw), ">")).toBe("我们");
  expect(walk(raw, plain(raw), ">>")).toBe("我们喜欢");
  expect(walk("吾輩は猫である。名前", plain("吾輩は猫である。名前"), ">>>")).toBe("吾輩は猫");
  expect(walk("السلام عليكم، שלום", plain("السلام عليكم، שלום"), ">>")).toBe("السلام عليكم");
  expect(walk("السلام عليكم، שלום", plain("السلام عليكم، שלום"), "<")).toBe("שלום");
});

test("markup is passed over, and a formula is one word", async () => {
  const raw = "**Some** [link](https://example.org/a/b) and $\\frac{x}{2}$ [end](https://example.org)";
  const segments = await rendered(raw);
  expect(walk(raw, segments, ">")).toBe("Some");
  expect(walk(raw, segments, ">>")).toBe("Some** [link");
  expect(walk(raw, segments, ">>>>")).toBe("Some** [link](https://example.org/a/b) and $\\frac{x}{2}$");
  expect(walk(raw, segments, "<")).toBe("end");
  expect(walk(raw, segments, "<<")).toBe("$\\frac{x}{2}$ [end");
});

test("where nothing can be seen, nothing is selected", async () => {
  expect(stepByWord("", [], null, "forward")).toBeNull();
  expect(stepByWord("---", await rendered("---"), null, "backward")).toBeNull();
  expect(spanOfSteps({ anchor: 3, focus: 3 })).toBeNull();
});

test("a step never goes the other way, and steps in one direction reach the end", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.boolean(), (raw, isForward) => {
      const segments = plain(raw);
      const end = [...raw].length;
      let selection: Selection | null = null;
      let last = isForward ? 0 : end;
      for (let i = 0; i <= end; i += 1) {
        selection = stepByWord(raw, segments, selection, isForward ? "forward" : "backward");
        if (!selection) return;
        expect(isForward ? selection.focus - last : last - selection.focus).toBeGreaterThanOrEqual(0);
        last = selection.focus;
      }
      const whole = segments.length === 0 ? null : { start: segments[0]!.raw.start, end: segments.at(-1)!.raw.end };
      expect(last).toBe(isForward ? whole?.end : whole?.start);
    }),
  );
});

test("a step in a long text takes no time", () => {
  const raw = "Some words of a long text. ".repeat(4000);
  const segments = plain(raw);
  const started = cpuMs();
  for (let i = 0; i < 20; i += 1)
    stepByWord(raw, segments, { anchor: 0, focus: 90_000 }, i % 2 ? "forward" : "backward");
  expect((cpuMs() - started) / 20).toBeLessThan(50);
});
