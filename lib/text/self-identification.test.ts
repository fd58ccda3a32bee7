import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { codePointLength } from "./code-points";
import { hiddenSign } from "./hidden-names";
import { maskSelfIdentification } from "./self-identification";

/** With each hidden name as one `_`. */
const masked = (text: string) => maskSelfIdentification(text).replaceAll(/\uFDD0+/g, "_");

test.each([
  ["I am Claude, made by Anthropic.", "I am _, made by _."],
  [
    "I'm Claude, an AI assistant created by Anthropic to be helpful.",
    "I'm _, an AI assistant created by _ to be helpful.",
  ],
  ["Hi! I’m **ChatGPT**.", "Hi! I’m **_**."],
  ["My name is Bard and I can help.", "My name is _ and I can help."],
  ["You can call me Gemini 1.5 Pro.", "You can call me _."],
  ["As ChatGPT, I cannot browse.", "As _, I cannot browse."],
  ["As GPT-4, an AI language model, I have no body.", "As _, an AI language model, I have no body."],
  [
    "as an AI language model developed by OpenAI, I have no feelings",
    "as an AI language model developed by _, I have no feelings",
  ],
  ["As an AI, I was created by engineers at Google.", "As an AI, I was created by engineers at _."],
  ["I am an AI assistant created by Anthropic to be harmless.", "I am an AI assistant created by _ to be harmless."],
  [
    "I am a large language model, trained and hosted by researchers from Large Model Systems (LMSYS).",
    "I am a large language model, trained and hosted by researchers from Large Model Systems (_).",
  ],
  ["I'm an assistant named Vicuna, trained by LMSYS and Stanford.", "I'm an assistant named _, trained by _ and _."],
  ["I am OpenAI's language model GPT-3.5.", "I am _'s language model _."],
  ["I'm based on OpenAI's GPT-4 architecture.", "I'm based on _'s _ architecture."],
  ["I have been trained by DeepSeek.", "I have been trained by _."],
  ["My creators at Anthropic taught me.", "My creators at _ taught me."],
  ["Ich bin ChatGPT, ein Sprachmodell.", "Ich bin _, ein Sprachmodell."],
  ["我是通义千问，由阿里云开发的语言模型。", "我是_，由_开发的语言模型。"],
])("%s", (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  "Compare GPT-4 and Claude: both are language models.",
  "ChatGPT is a large language model developed by OpenAI.",
  "No, I am not as capable as ChatGPT.",
  "I am a different artificial intelligence model from ChatGPT.",
  "As an AI language model, I perform similar tasks as ChatGPT.",
  "I am not as advanced as ChatGPT, but I can help.",
  "While I am based on a similar technology as ChatGPT, my exact capabilities may differ.",
  "As a result, ChatGPT is able to answer.",
  "As the Bard himself said, I would compare thee to a summer's day.",
  "TensorFlow is a library developed by Google, and I like it.",
  "I am a fan of models made by OpenAI's rivals",
  "I am Claude Monet, a painter.",
  "I am a Gemini, born in June.",
  "I'm an engineer at Google.",
  "I think Claude was made by Anthropic.",
  "I'm Claudette.",
  "I am an AI language model. OpenAI, Google and Meta make such models.",
])("stays: %s", (text) => {
  expect(maskSelfIdentification(text)).toBe(text);
});

test("a story's first person is not taken for a model where only a model's name would be one", () => {
  expect(masked("I am Claudius. I am Bardolph.")).toBe("I am Claudius. I am Bardolph.");
});

const pieces = fc.constantFrom(
  ..."I am|I'm|As|as an AI language model|developed by|Claude|ChatGPT|GPT-4|OpenAI|and|,|.|😀|👩‍👩‍👧|my name is|我是|由|\n|**|通义千问|Tülu|('s|(".split(
    "|",
  ),
);

test("no text changes its length in code points, and nothing but names is masked", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "grapheme" })), { maxLength: 30 }), (parts) => {
      const text = parts.join(" ");
      const result = maskSelfIdentification(text);
      expect(codePointLength(result)).toBe(codePointLength(text));
      const before = [...text];
      [...result].forEach((sign, index) => sign === hiddenSign || expect(sign).toBe(before[index]));
      expect(maskSelfIdentification(result)).toBe(result);
    }),
  );
});

test("names in a chain of thousands are all masked", () => {
  const started = cpuMs();
  expect(masked(`I was made by Google${" and Google".repeat(9000)}.`)).toBe(`I was made by _${" and _".repeat(9000)}.`);
  expect(cpuMs() - started).toBeLessThan(1000);
});

test("long and hostile texts take no time", () => {
  for (const text of [
    "I am ".repeat(40_000),
    "as an AI model developed by ".repeat(8000),
    "I am a model ".repeat(16_000),
    "\n".repeat(30_000),
    ` ${" ".repeat(30_000)}as`.repeat(3),
    "call me Bard from ".repeat(5000),
  ]) {
    const started = cpuMs();
    maskSelfIdentification(text);
    expect(cpuMs() - started).toBeLessThan(4000);
  }
});
