/** What stands in the code in every language, with the reason why it is no text to translate. */
export const names: Record<string, string> = {
  Tandem: "the product",

  "!text-muted-foreground": "a class of a toast",
  "%s · Tandem": "the product, behind the title of a page",
  "{0} · Tandem": "the product, behind the title of a page",
};

/** Files whose texts are for machines and for who runs them. */
export const exemptFiles: Record<string, string> = {
  "lib/env.ts": "the environment of a process, read by who starts it",
};
