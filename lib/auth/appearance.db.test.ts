import { describe, expect, it } from "vitest";
import { aUser } from "@/lib/testing/builders";
import { principalOf } from "./access";
import { readAppearance, saveAppearance } from "./appearance";
import { standardAppearance } from "./schema";

describe("how one reads", () => {
  it("is the standard look until something is chosen, and each choice leaves the others", async () => {
    const me = principalOf(await aUser(), "session");
    expect(await readAppearance(me)).toEqual(standardAppearance);
    await Promise.all([
      saveAppearance(me, { locale: "zh-Hans", textSize: 20 }),
      saveAppearance(me, { font: "dyslexic" }),
    ]);
    const chosen = { ...standardAppearance, locale: "zh-Hans", textSize: 20, font: "dyslexic" };
    expect(await readAppearance(me)).toEqual(chosen);
    expect(await saveAppearance(me, { locale: null })).toEqual({ ...chosen, locale: null });
  });
});
