/**
 * A rubric as the judge reads it: text as it is, and one that is a JSON object, criteria by name, on a single line
 * after a sentence that says so.
 */
export function rubricText(rubric: string): string {
  const text = rubric.trim();
  const object = readObject(text);
  if (object === undefined) return text;
  return `The rubric is this JSON object. Its keys are what to judge by, its values say what is meant and what counts for what.\n${JSON.stringify(object)}`;
}

function readObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
