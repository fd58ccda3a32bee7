import { expect, test } from "vitest";
import { baseUrl } from "@/lib/providers/schema";
import { translatorOf } from "@/lib/testing/translator";
import { hintOf, presetOf, presets } from "./providers";

test("every preset is an address that the API takes, and is known by it", () => {
  for (const preset of presets) {
    expect(baseUrl.parse(preset.baseUrl)).toBe(preset.baseUrl);
    expect(presetOf(preset)).toBe(preset);
  }
});

test("a protocol of its own is known at any address, and any other address is of no preset", () => {
  expect(presetOf({ provider: "azure", baseUrl: "https://mine.openai.azure.com/openai/v1" })?.id).toBe("azure");
  expect(presetOf({ provider: "openai-compatible", baseUrl: "https://api.openai.com/v1/" })?.id).toBe("openai");
  expect(presetOf({ provider: "openai-compatible", baseUrl: "" })).toBeNull();
  expect(hintOf({ provider: "openai-compatible", baseUrl: "" }, translatorOf("judges.presets"))).toContain(
    "/chat/completions",
  );
});
