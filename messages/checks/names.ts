/** What stands in the code in every language, with the reason why it is no text to translate. */
export const names: Record<string, string> = {
  Tandem: "the product",
  "%s · Tandem": "the product, behind the title of a page",
  "{0} · Tandem": "the product, behind the title of a page",
  curl: "a program",
  Python: "a language of programs",
  CSV: "a format",
  '{"id": "q1", "prompt": "...", "completions": [{"text": "..."}, {"text": "..."}]}': "a line of a file",
  n: "the sign for a number of observations",
  "R²": "a measure",
  Spearman: "a measure, named for its author",
  AUC: "a measure",
  ECE: "a measure",
  F1: "a measure",
  "https://api.example.org/v1": "an address",
  Shift: "a key",
  Esc: "a key",
  Enter: "a key",
  "!text-muted-foreground": "a class of a toast",
};

const keptWithRun = "thrown in a run, and kept with it for every reader";
const fromThread = "thrown in a thread, which knows no request";

/** Files and folders, by how their path begins, whose texts are not for people of the site, or for all of them alike. */
export const exempt: Record<string, string> = {
  "lib/env.ts": "the environment of a process, read by who starts it",
  "lib/db/": "the command line, and the log of a start",
  "lib/reward/download-model.ts": "the command line",
  "lib/graph/": "calculations, which know no request",
  "lib/encoders/hashed.ts": fromThread,
  "lib/encoders/model-files.ts": fromThread,
  "lib/encoders/onnx.ts": fromThread,
  "lib/reward/scorer-thread-client.ts": fromThread,
  "lib/reward/dense/aggregate-steps.ts": fromThread,
  "lib/reward/training/": keptWithRun,
  "lib/routing/learn/": keptWithRun,
  "lib/judges/ask-rm.ts": keptWithRun,
  "lib/judges/attacks/attack-run.ts": keptWithRun,
  "lib/judges/demonstrations.ts": keptWithRun,
  "lib/judges/judge-run.ts": keptWithRun,
  "lib/judges/open.ts": keptWithRun,
  "lib/judges/tags/tag-run.ts": keptWithRun,
  "lib/judges/protocols/": "told to the language model whose answer has a fault",
};
