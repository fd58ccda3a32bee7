type Schema = Record<string, unknown>;

/** A JSON Schema in a short notation like that of TypeScript; `?` marks what may be left out. */
export function typeWords(schema: unknown, { multiline = false }: { multiline?: boolean } = {}): string {
  return write(schema, multiline ? "" : null);
}

/** `indent` is the indentation of the line; null writes all on one line. */
function write(value: unknown, indent: string | null): string {
  if (typeof value !== "object" || value === null) return "unknown";
  const schema = value as Schema;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return [...new Set(choices.map((choice) => write(choice, indent)))].join(" | ");
  if (schema.type === "array") return writeArray(schema, indent);
  if (schema.type === "object") return writeObject(schema, indent);
  if (schema.type === undefined) return "unknown";
  return typeof schema.format === "string" ? schema.format : String(schema.type);
}

function writeArray(schema: Schema, indent: string | null): string {
  if (Array.isArray(schema.prefixItems)) return `[${schema.prefixItems.map((item) => write(item, indent)).join(", ")}]`;
  const items = write(schema.items, indent);
  return items.includes(" | ") && !items.startsWith("{") ? `(${items})[]` : `${items}[]`;
}

function writeObject(schema: Schema, indent: string | null): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const required = (schema.required ?? []) as string[];
  if (properties.length === 0) {
    const { additionalProperties } = schema;
    if (typeof additionalProperties !== "object") return "object";
    return `{ [name: string]: ${write(additionalProperties, indent)} }`;
  }
  const deeper = indent === null ? null : `${indent}  `;
  const fields = properties.map(
    ([name, property]) => `${name}${required.includes(name) ? "" : "?"}: ${write(property, deeper)}`,
  );
  if (deeper === null) return `{ ${fields.join(", ")} }`;
  return `{\n${fields.map((field) => `${deeper}${field}\n`).join("")}${indent}}`;
}
