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

  it("takes no template without words of its own for a text with its values filled in", () => {
    expect(inLocale("zh-Hans", () => sayText("any: text"))).toBe("any: text");
  });
});
