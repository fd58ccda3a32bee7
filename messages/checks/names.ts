/** What stands in the code in every language, with the reason why it is no text to translate. */
export const names: Record<string, string> = {
  Tandem: "the product",
  "%s · Tandem": "the product, behind the title of a page",
  "{0} · Tandem": "the product, behind the title of a page",
  Python: "a language of programs",
  CSV: "a format",
  '{"id": "q1", "prompt": "...", "completions": [{"text": "..."}, {"text": "..."}]}': "a line of a file",
  n: "the sign for a number of observations",
  "{0} s": "seconds",
  "R²": "a measure",
  Spearman: "a measure, named for its author",
  Shift: "a key",
  Enter: "a key",
  Esc: "a key",
  "!text-muted-foreground": "a class of a toast",
};

/** Files and folders, by how their path begins, whose texts are not for people of the site. */
export const exempt: Record<string, string> = {
  "lib/env.ts": "the environment of a process, read by who starts it",
  "lib/db/": "the command line, and the log of a start",
  "lib/graph/": "calculations, which know no request; what they throw is kept with a run, for every reader",
  "lib/judges/protocols/": "told to the language model whose answer has a fault",
};
