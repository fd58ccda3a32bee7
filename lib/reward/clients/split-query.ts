/** What comes before the answer of the assistant in the chat templates that are in use. */
const answerMarks = [
  "<|im_start|>assistant\n", // ChatML: Qwen, Yi, SmolLM
  "<|start_header_id|>assistant<|end_header_id|>\n\n", // Llama 3
  "<start_of_turn>model\n", // Gemma
  "[/INST]", // Llama 2, Mistral
  "<|assistant|>\n", // Zephyr, Phi, GLM
  "<｜Assistant｜>", // DeepSeek
  "\n\nAssistant:", // HH transcripts
];

/** What ends an answer, or fills up after it. */
const endMarks = [
  ...["<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>", "<eos>", "</s>", "<|end|>"],
  ...["<|endoftext|>", "<｜end▁of▁sentence｜>", "<pad>", "<|finetune_right_pad_id|>", "<|pad|>"],
];

/**
 * The completion in a text that holds prompt and completion in a chat template, which the encoder must not see: it learned
 * from bare completions. It begins after the prompt, if that was sent and occurs; else after the last mark of an
 * assistant's turn; else it is the whole text. Marks that end a turn, padding and white space around it are cut off.
 */
export function completionOf(text: string, prompt?: string): string {
  let completion = text.slice(startOfAnswer(text, prompt)).trim();
  for (let end; (end = endMarks.find((mark) => completion.endsWith(mark))) !== undefined;)
    completion = completion.slice(0, -end.length).trimEnd();
  return completion;
}

function startOfAnswer(text: string, prompt: string | undefined): number {
  const promptAt = prompt ? text.indexOf(prompt) : -1;
  if (promptAt >= 0) return promptAt + prompt!.length;
  return Math.max(
    0,
    ...answerMarks.map((mark) => {
      const at = text.lastIndexOf(mark);
      return at < 0 ? 0 : at + mark.length;
    }),
  );
}
