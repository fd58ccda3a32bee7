/** A chat template: how its turns open, those of a user among them, and what comes before the assistant's answer. */
type Template = {
  opens: string[];
  user: string[];
  answer: string;
  /** What begins its texts and those of no other template. */
  begins?: string;
};

/** The chat templates that are in use. */
const templates: Template[] = [
  // ChatML: Qwen, Yi, SmolLM
  { opens: ["<|im_start|>"], user: ["<|im_start|>user\n"], answer: "<|im_start|>assistant\n" },
  // Llama 3
  {
    opens: ["<|start_header_id|>"],
    user: ["<|start_header_id|>user<|end_header_id|>\n\n"],
    answer: "<|start_header_id|>assistant<|end_header_id|>\n\n",
  },
  // Gemma
  { opens: ["<start_of_turn>"], user: ["<start_of_turn>user\n"], answer: "<start_of_turn>model\n" },
  // Llama 2, Mistral
  { opens: ["[INST]", "[SYSTEM_PROMPT]"], user: ["[INST]", "<</SYS>>\n\n"], answer: "[/INST]" },
  // Zephyr, Phi
  { opens: ["<|system|>", "<|user|>", "<|assistant|>"], user: ["<|user|>\n"], answer: "<|assistant|>\n" },
  // DeepSeek, whose system turn is bare text
  {
    opens: ["<｜User｜>", "<｜Assistant｜>"],
    user: ["<｜User｜>"],
    answer: "<｜Assistant｜>",
    begins: "<｜begin▁of▁sentence｜>",
  },
  // HH transcripts
  { opens: ["Human:"], user: ["Human:"], answer: "\n\nAssistant:" },
];

/** What ends a turn, or fills up around the text. */
const endMarks = [
  ...["<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<end_of_turn>", "<eos>", "</s>", "<|end|>"],
  ...["<|endoftext|>", "<｜end▁of▁sentence｜>", "<pad>", "<|finetune_right_pad_id|>", "<|pad|>"],
];

/** What begins a text. */
const beginMarks = ["<s>", "<bos>", "<|begin_of_text|>", "<｜begin▁of▁sentence｜>"];

const end = new RegExp(anyOf(endMarks), "g");
const filler = new RegExp(`${anyOf([...endMarks, ...beginMarks])}|\\s`, "y");

/**
 * The completion in a text that holds prompt and completion in a chat template, which the encoder must not see: it learned
 * from bare completions. It begins after the prompt, if that was sent and is where a prompt must be; else where the marks
 * of the template that the text is in say; else it is the whole text. Marks that end a turn, padding and white space
 * around it are cut off.
 */
export function completionOf(text: string, prompt?: string): string {
  const start = (prompt === undefined ? undefined : afterPrompt(text, prompt)) ?? lastAnswer(text);
  let completion = text.slice(start).trim();
  for (let mark; (mark = endMarks.find((ending) => completion.endsWith(ending))) !== undefined;)
    completion = completion.slice(0, -mark.length).trimEnd();
  return completion;
}

/** Where the text goes on after the prompt: one in a template or in none begins the text, a bare one is a user's turn. */
function afterPrompt(text: string, prompt: string): number | undefined {
  const [start, promptStart] = [afterFiller(text, 0), afterFiller(prompt, 0)];
  if (promptStart === prompt.length) return undefined;
  const template = templateAt(text, start);
  if (template && !templateAt(prompt, promptStart)) return afterBarePrompt(text, prompt.trim(), template);
  const sent = prompt.slice(promptStart);
  if (!text.startsWith(sent, start)) return undefined;
  const at = start + sent.length;
  return templates.map(({ answer }) => afterMark(text, at, answer)).find((found) => found !== undefined) ?? at;
}

/** The first user's turn that is the prompt and nothing more: a later one may be of the policy's writing. */
function afterBarePrompt(text: string, prompt: string, { user, answer }: Template): number | undefined {
  for (const mark of user) {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      const content = at + mark.length + (text[at + mark.length] === " " ? 1 : 0);
      const found = text.startsWith(prompt, content) ? afterMark(text, content + prompt.length, answer) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Where the text goes on after an answer mark that comes next, perhaps after the end of a turn. */
function afterMark(text: string, at: number, answer: string): number | undefined {
  const found = [at, afterFiller(text, at)].find((place) => text.startsWith(answer, place));
  return found === undefined ? undefined : found + answer.length;
}

/**
 * Where the last answer begins by the marks of the template whose turn comes first, 0 without one. A turn counts only at
 * the start of the text or after the end of another, and in it the first answer mark: a policy stops at the end of its
 * turn, so marks within an answer are of its writing and must not choose what is scored.
 */
function lastAnswer(text: string): number {
  let template: Template | undefined;
  let answerAt = 0;
  for (const at of turnStarts(text)) {
    if (at < answerAt) continue;
    const found = templateAt(text, at);
    template ??= found;
    if (!found || found !== template) continue;
    const mark = text.indexOf(template.answer, at);
    if (mark < 0) break;
    answerAt = mark + template.answer.length;
  }
  return answerAt;
}

function* turnStarts(text: string): Generator<number> {
  for (let at: number | undefined = 0; at !== undefined; at = nextEnd(text, at)) yield (at = afterFiller(text, at));
}

function nextEnd(text: string, at: number): number | undefined {
  end.lastIndex = at;
  return end.exec(text)?.index;
}

function afterFiller(text: string, at: number): number {
  filler.lastIndex = at;
  while (filler.test(text)) at = filler.lastIndex;
  return at;
}

function templateAt(text: string, at: number): Template | undefined {
  return templates.find(
    ({ opens, begins }) =>
      opens.some((mark) => text.startsWith(mark, at)) ||
      (begins !== undefined && text.slice(0, at).trimEnd().endsWith(begins)),
  );
}

function anyOf(marks: readonly string[]): string {
  return marks.map((mark) => mark.replaceAll("|", "\\|")).join("|");
}
