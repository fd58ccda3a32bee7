import { describe, expect, it } from "vitest";
import zhHans from "@/messages/zh-Hans/said/ground.json";
import { activeLocale, inLocale, say, sayText } from "./say";

describe("what the product says", () => {
  it("is English outside of requests", () => {
    expect(activeLocale()).toBe("en");
    expect(say`The field ${"name"} ${3}.`).toBe("The field name 3.");
  });

  it("is said in the language of the request, also after waiting, with the values in the language's own order", async () => {
    const detail = await inLocale("zh-Hans", async () => {
      await Promise.resolve();
      return say`Nothing has the address ${"x / y"}.`;
    });
    expect(detail).toBe(zhHans["Nothing has the address {0}."].replace("{0}", "x / y"));
  });

  it("falls back to English where a language lacks the sentence, and leaves values with braces alone", () => {
    expect(inLocale("zh-Hans", () => say`No such sentence ${"{0}"} ${"b"}`)).toBe("No such sentence {0} b");
    expect(inLocale("ar", () => sayText("No such sentence"))).toBe("No such sentence");
  });

  it("finds a text that was written down with its value filled in", () => {
    const [key, said] = ["must have at most {0} characters", zhHans["must have at most {0} characters"]];
    expect(inLocale("zh-Hans", () => sayText(key.replace("{0}", "200")))).toBe(said.replace("{0}", "200"));
    expect(inLocale("en", () => sayText("must have at most 200 characters"))).toBe("must have at most 200 characters");
  });

  it("finds a sentence in which another one was filled in, also at its start and without its capital", () => {
    const of = (english: string) => inLocale("zh-Hans", () => sayText(english));
    expect(of("Its confidence of 62 % is below the cut of 80 %: to people (policy 2)")).toBe(
      "其置信度 62 % 低于分界 80 %：交给人工（策略 2）",
    );
    expect(of("Second judge: its answer cannot be read: to people (policy 3)")).toBe(
      "第二个评审模型：其回答无法读取：交给人工（策略 3）",
    );
    expect(of("Disagreement 0.31 is above the cut of 0.2 for the 30 % that go to people: to people (policy 2)")).toBe(
      "分歧 0.31 高于分界 0.2（交给人工的 30 %）：交给人工（策略 2）",
    );
    expect(
      of(
        "Judge a (b) cannot be asked: x.org cannot be reached (ECONNREFUSED). Check the address and that the server runs.",
      ),
    ).toBe("无法询问评审模型 a (b)：无法连接 x.org（ECONNREFUSED）。请检查地址以及服务器是否在运行。");
  });

  it("finds a list of sentences within another, and leaves a list of names alone", () => {
    const of = (parts: string) =>
      inLocale("zh-Hans", () =>
        sayText(`Version 2 has what could not be made for this one: ${parts}. Train again, or promote it by hand.`),
      );
    expect(of("the groups of annotators; one right answer among wrong ones, and the best of n")).toBe(
      "版本 2 具有此版本未能生成的部分：标注员群组；多个错误答案中的正确答案，以及 n 选一。请重新训练，或手动启用它。",
    );
    expect(of("the groups of annotators; the head of sales")).toContain("the groups of annotators; the head of sales");
  });

  it("keeps reasons within reasons apart", () => {
    const reason =
      "A person's label gains 0.31, above the cut of 0.2 for the 30 % that go to people: to people (policy 2). Most of it: short prompt (+0.1)";
    expect(inLocale("zh-Hans", () => sayText(reason))).toBe(
      "人工标注的增益 0.31 高于分界 0.2（交给人工的 30 %）：交给人工（策略 2）。主要来自：short prompt (+0.1)",
    );
  });

  it("leaves names alone, whatever they are called", () => {
    const fault = inLocale("zh-Hans", () => sayText("Judge is missing cannot be asked: admin"));
    expect(fault).toBe("无法询问评审模型 is missing：admin");
    const left = "must be the one: x is not in this project. Import the instance first.";
    expect(inLocale("zh-Hans", () => sayText(left))).toBe("must be the one: x 不在本项目中。请先导入该样本。");
  });

  it("takes no template without words of its own for a text with its values filled in", () => {
    expect(inLocale("zh-Hans", () => sayText("any: text"))).toBe("any: text");
  });
});
