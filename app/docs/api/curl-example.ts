import type { HttpMethod, OperationDocument, Schema } from "@/app/api/openapi";

type Example = { method: HttpMethod; path: string; operation: OperationDocument; base: string };

/** A request to copy, with names in capitals where something of one's own belongs. */
export function curlExample({ method, path, operation, base }: Example): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "slug" ? "my-project" : name.replaceAll(/([A-Z])/g, "_$1").toUpperCase(),
  );
  const needed = operation.parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const query = new URLSearchParams(needed.map(({ name, schema }) => [name, String(sample(schema, name))]));
  const content = Object.keys(operation.requestBody?.content ?? {})[0];
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1];
  const isFile =
    answer !== undefined &&
    "content" in answer &&
    answer.content !== undefined &&
    !("application/json" in answer.content);
  const parts = [
    `${method === "GET" ? "curl" : `curl -X ${method}`} "${base}${filled}${needed.length > 0 ? `?${query}` : ""}"`,
    operation.security.length > 0 && '-H "Authorization: Bearer $TANDEM_API_KEY"',
    content && `-H "Content-Type: ${content}"`,
    content === "application/json" && `-d '${JSON.stringify(sampleBody(operation))}'`,
    content !== undefined && content !== "application/json" && "-T FILE",
    isFile && "-o FILE",
  ];
  return parts.filter(Boolean).join(" \\\n  ");
}

/** The required fields of a body. */
function sampleBody({ requestBody }: OperationDocument): unknown {
  return sample(requestBody?.content["application/json"]?.schema ?? {}, "");
}

function sample(schema: Schema, name: string): unknown {
  if ("default" in schema) return schema.default;
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] as unknown;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return sample(choices[0] as Schema, name);
  switch (schema.type) {
    case "object":
      return sampleObject(schema);
    case "array":
      return [sample((schema.items ?? {}) as Schema, name)];
    case "integer":
    case "number":
      return Math.max(1, Number(schema.minimum ?? 1));
    case "boolean":
      return true;
    default:
      return schema.format === "email" ? "person@example.org" : name.replaceAll(/([A-Z])/g, "_$1").toUpperCase();
  }
}

function sampleObject(schema: Schema): Record<string, unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const required = (schema.required ?? []) as string[];
  const needed = properties.filter(([name]) => required.includes(name));
  // A change needs at least one field, whichever.
  const shown = needed.length > 0 ? needed : properties.slice(0, 1);
  return Object.fromEntries(shown.map(([name, property]) => [name, sample(property, name)]));
}
