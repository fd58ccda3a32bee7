/**
 * The first string inside a JSON value that PostgreSQL cannot store: one with a NUL character or half of a
 * surrogate pair. Returns its JSON path and what is wrong, or undefined when everything can be stored.
 */
export function findUnstorable(value: unknown, path = ""): { path: string; message: string } | undefined {
  if (typeof value === "string") {
    if (value.includes("\0")) return { path, message: "contains a NUL character (\\u0000); remove it" };
    if (!value.isWellFormed())
      return { path, message: "contains half of a surrogate pair; the text is cut or damaged" };
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    const fault = findUnstorable(key, at) ?? findUnstorable(child, at);
    if (fault) return fault;
  }
  return undefined;
}
