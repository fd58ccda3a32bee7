import { expect, test } from "vitest";
import { completionOf } from "./split-query";

const chatml = "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n";

test("a prompt that was sent is cut off, whatever the completion says", () => {
  const completion = "So <|im_start|>assistant\nthat.";
  expect(completionOf(`${chatml}${completion}<|im_end|>`, chatml)).toBe(completion);
  expect(completionOf(`<s>${chatml}${completion}</s><pad><pad>`, chatml)).toBe(completion);
  expect(completionOf("Q: Why?\nA: So.", "Q: Why?\nA:")).toBe("So.");
});

test.each([
  ["ChatML", `${chatml}So.<|im_end|>\n`],
  [
    "Llama 3",
    "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nWhy?<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nSo.<|eot_id|>",
  ],
  ["Gemma", "<bos><start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\nSo.<end_of_turn>\n"],
  ["Mistral", "<s>[INST] Why? [/INST] So.</s>"],
  ["Zephyr", "<|user|>\nWhy?</s>\n<|assistant|>\nSo.</s>"],
  ["DeepSeek", "<｜begin▁of▁sentence｜><｜User｜>Why?<｜Assistant｜>So.<｜end▁of▁sentence｜>"],
  ["an HH transcript", "\n\nHuman: Why?\n\nAssistant: So."],
])("the answer in the template of %s is found", (_, text) => {
  expect(completionOf(text)).toBe("So.");
});

test("of several turns the last answer counts, also where a prompt was sent that is not there", () => {
  const text = `${chatml}First.<|im_end|>\n<|im_start|>user\nAnd?<|im_end|>\n<|im_start|>assistant\nSecond.<|im_end|>`;
  expect(completionOf(text)).toBe("Second.");
  expect(completionOf(text, "cut off on the left")).toBe("Second.");
});

test("a text without a template is a completion", () => {
  expect(completionOf("So.", "")).toBe("So.");
  expect(completionOf("  1. a\n  2. b\n")).toBe("1. a\n  2. b");
  expect(completionOf("<|im_end|>")).toBe("");
});
