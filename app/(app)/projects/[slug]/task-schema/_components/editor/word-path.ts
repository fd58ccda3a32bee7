/** What one of a list is called, and what fields are called whose names are no words. */
const words: Record<string, string> = {
  questions: "question",
  aspects: "aspect",
  categories: "category",
  severities: "severity",
  flags: "flag",
  degrees: "word",
  names: "name",
  reveal: "what is shown",
};

/** Where a fault is, in words: "questions.0.aspects.1.name" is "Question 1, aspect 2, name". */
export function wordPath(path: string): string {
  const said = path
    .split(".")
    .reduce<string[]>((all, step) => {
      if (!/^\d+$/.test(step)) return [...all, step];
      const list = all.at(-1) ?? "";
      return [...all.slice(0, -1), `${words[list] ?? list} ${Number(step) + 1}`];
    }, [])
    .join(", ");
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}
