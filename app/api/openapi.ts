import { z, type ZodType } from "zod";
import { isGlobalPermission, roleAllows, type GlobalPermission, type ProjectPermission } from "@/lib/auth/access";
import { errorStatus, type ErrorCode } from "@/lib/errors";
import type { Endpoint, Operation } from "./endpoint";

export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** What a route file exports: some endpoints, by method. */
export type RouteModule = { readonly [method in HttpMethod]?: Endpoint };

export type Schema = Record<string, unknown>;
export type Parameter = { name: string; in: "path" | "query"; required: boolean; schema: Schema; description?: string };
type Content = Record<string, { schema: Schema }>;

export type OperationDocument = {
  operationId: string;
  tags: [string];
  summary: string;
  description: string;
  /** The permission asked for, or "signed-in" or "public". */
  "x-audience": Operation["audience"];
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Content };
  responses: Record<string, { $ref: string } | { description: string; content?: Content }>;
};

export type ApiDocument = {
  openapi: "3.1.1";
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  paths: Record<string, Partial<Record<Lowercase<HttpMethod>, OperationDocument>>>;
  components: {
    securitySchemes: Record<string, Schema>;
    responses: Record<string, Schema>;
    schemas: Record<string, Schema>;
  };
};

const roles = ["annotator", "researcher", "admin"] as const;

/** The OpenAPI document of all operations; `routes` by path below /api/v1, such as "/projects/{slug}". */
export function buildApiDocument(routes: Readonly<Record<string, RouteModule>>): ApiDocument {
  const paths: ApiDocument["paths"] = {};
  for (const [path, module] of Object.entries(routes)) {
    const item: ApiDocument["paths"][string] = (paths[path] = {});
    for (const method of httpMethods) {
      const endpoint = module[method];
      if (endpoint) item[method.toLowerCase() as Lowercase<HttpMethod>] = describe(method, path, endpoint.operation);
    }
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Tandem",
      version: "1",
      description:
        "Lists are read page by page: pass the nextCursor of one answer as cursor of the next. " +
        "Errors are problem documents (RFC 9457) with a stable code; every answer carries an x-request-id.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key, which begins with tdm_. Make one on the page API keys.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "The cookie of a signed-in browser.",
        },
      },
      responses: {
        Problem: {
          description: "What happened, to which thing, and what to do next.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function describe(method: HttpMethod, path: string, operation: Operation): OperationDocument {
  const { audience, summary, body } = operation;
  const document: OperationDocument = {
    operationId: operationId(method, path),
    tags: [tagOf(path)],
    summary,
    description: whoMay(audience),
    "x-audience": audience,
    security: audience === "public" ? [] : [{ apiKey: [] }, { session: [] }],
    parameters: [...pathParameters(path, operation.params), ...queryParameters(operation.query)],
    responses: { ...successOf(operation), ...problemsOf(operation, path) },
  };
  if (body === undefined) return document;
  const binary = { schema: { type: "string", format: "binary" } };
  const content: Content =
    body === "stream"
      ? { "application/x-ndjson": binary }
      : "stream" in body
        ? Object.fromEntries(body.stream.map((mediaType) => [mediaType, binary]))
        : { "application/json": { schema: schemaOf(body, "input") } };
  return { ...document, requestBody: { required: true, content } };
}

function whoMay(audience: Operation["audience"]): string {
  if (audience === "public") return "Open to everyone.";
  if (audience === "signed-in") return "Open to everyone with an account.";
  if (isGlobalPermission(audience)) return `For admins of this site (${audience satisfies GlobalPermission}).`;
  const permission: ProjectPermission = audience;
  const able = roles.filter((role) => roleAllows(role, permission));
  return `For members of the project with the role ${listWords(able)} (${permission}).`;
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** "GET /projects/{slug}/runs/{id}" is getProjectsRunsById; slugs go without saying. */
function operationId(method: HttpMethod, path: string): string {
  const words = path.split(/[/.]/).flatMap((part) => {
    if (part === "" || part === "{slug}") return [];
    return part.startsWith("{") ? ["By", capital(part.slice(1, -1))] : part.split("-").map(capital);
  });
  const isProject = path === "/projects/{slug}";
  return `${method.toLowerCase()}${words.join("")}${isProject ? "BySlug" : ""}`;
}

/** Projects have a group for each kind of thing in them; the rest are about one's account or the whole site. */
function tagOf(path: string): string {
  const [first = "", , third] = path.split("/").slice(1);
  if (third !== undefined && first === "projects") return capital(third.replaceAll("-", " "));
  if (first === "projects") return "Projects";
  return ["me", "api-keys", "password", "invitations"].includes(first) ? "Account" : "Site";
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function pathParameters(path: string, params: ZodType | undefined): Parameter[] {
  const { properties } = params ? propertiesOf(params) : { properties: {} as Record<string, Schema> };
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: properties[name] ?? { type: "string" },
  }));
}

function queryParameters(query: ZodType | undefined): Parameter[] {
  if (!query) return [];
  const { properties, required } = propertiesOf(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function propertiesOf(schema: ZodType): { properties: Record<string, Schema>; required: string[] } {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return { properties, required };
}

function successOf({ response, status }: Operation): OperationDocument["responses"] {
  if (response === undefined) return { [status ?? 204]: { description: "Done." } };
  const content: Content =
    typeof response === "string"
      ? { [response]: { schema: { type: "string", format: "binary" } } }
      : { "application/json": { schema: schemaOf(response, "output") } };
  return { [status ?? 200]: { description: "Success.", content } };
}

function problemsOf(operation: Operation, path: string): OperationDocument["responses"] {
  const codes: ErrorCode[] = [];
  if (operation.audience !== "public") codes.push("unauthenticated", "forbidden");
  if (path.includes("{")) codes.push("not_found");
  if (operation.body !== undefined) codes.push("bad_request", "conflict", "too_large");
  if (operation.body !== undefined || operation.query !== undefined) codes.push("invalid");
  const problem = { $ref: "#/components/responses/Problem" };
  return { ...Object.fromEntries(codes.map((code) => [errorStatus[code], problem])), default: problem };
}

function schemaOf(schema: ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function problemSchema(): Schema {
  return {
    type: "object",
    required: ["type", "title", "status", "code", "detail", "requestId"],
    properties: {
      type: { type: "string" },
      title: { type: "string" },
      status: { type: "integer" },
      code: { type: "string", enum: Object.keys(errorStatus), description: "Stable; decide by it." },
      detail: { type: "string", description: "For people." },
      requestId: { type: "string", description: "Finds the request in the server's log." },
      faults: {
        type: "array",
        items: {
          type: "object",
          required: ["path", "message"],
          properties: { path: { type: "string" }, message: { type: "string" } },
        },
      },
    },
  };
}
