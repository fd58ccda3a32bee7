import { expect, test } from "vitest";
import { inLocale } from "@/lib/say";
import { tellColumn, tellReason } from "./tell-column";

const inChinese = (words: string) => inLocale("zh-Hans", () => tellColumn(words));

test("a characteristic is said in the language of the request, with its cuts", () => {
  expect(inChinese("short prompt (below 30 words)")).toBe("短提示（少于 30 词）");
  expect(inChinese("prompt of middle length (30 to below 60 words)")).toBe("中等长度的提示（30 至不足 60 词）");
  expect(inChinese("high overlap of words (0.41 and more)")).toBe("词语重叠高（0.41 及以上）");
  expect(inChinese("low cosine similarity (below 1e-7)")).toBe("余弦相似度低（低于 1e-7）");
  expect(inChinese("unknown cosine similarity")).toBe("余弦相似度未知");
  expect(tellColumn("short prompt (below 30 words)")).toBe("short prompt (below 30 words)");
});

test("tags stay as they are", () => {
  for (const words of ["expertise level: low", "low tide (in the Alps)"]) expect(inChinese(words)).toBe(words);
  expect(inChinese("subject: History, Law or 2 more that are rare")).toBe("subject: History, Law 或另外 2 个罕见的值");
});

test("a stored reason tells what a gain comes from", () => {
  const reason =
    "A person's label gains 0.31, above the cut of 0.2 for the 30 % that go to people: to people (policy 2). Most of it: short prompt (below 30 words) (+0.21), subject: Law, Logic or 2 more that are rare (−0.1), unknown cosine similarity (+0.02)";
  expect(inLocale("zh-Hans", () => tellReason(reason))).toBe(
    "人工标注的增益 0.31 高于分界 0.2（交给人工的 30 %）：交给人工（策略 2）。主要来自：短提示（少于 30 词）（+0.21）, subject: Law, Logic 或另外 2 个罕见的值（−0.1）, 余弦相似度未知（+0.02）",
  );
  // Isolated, or its sign would stand behind the figure.
  expect(inLocale("ar", () => tellReason(reason))).toContain("(\u2068−0.1\u2069), ");
  expect(tellReason(reason)).toBe(reason);
});
