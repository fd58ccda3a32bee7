import { randomUUID } from "node:crypto";
import type { z, ZodType } from "zod";
import {
  isGlobalPermission,
  type Access,
  type GlobalAccess,
  type GlobalPermission,
  type Principal,
  type ProjectPermission,
} from "@/lib/auth/access";
import { requireAccess, requireGlobalAccess, requireUser } from "@/lib/auth/current-user";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say, sayText } from "@/lib/say";
import { findUnstorable } from "@/lib/text/storable";
import { parseInput, problem } from "./problem";

/** Most bytes of a body, where an operation says nothing else. */
const maxBodyBytes = 1_000_000;

/** Who may call: a permission, anyone signed in, or anyone at all. */
type Audience = ProjectPermission | GlobalPermission | "signed-in" | "public";

type AccessOf<A extends Audience> = A extends ProjectPermission
  ? Access<A>
  : A extends GlobalPermission
    ? GlobalAccess<A>
    : A extends "signed-in"
      ? Principal
      : null;

/** A public operation of the API: what the handler obeys, the OpenAPI document prints and the access test walks. */
export type Operation = {
  summary: string;
  audience: Audience;
  /** Path parameters besides `slug`. */
  params?: ZodType;
  query?: ZodType;
  /** A JSON body; `stream` leaves the body, NDJSON or of the media types given, to the handler. */
  body?: ZodType | "stream" | { stream: readonly string[] };
  /** Nothing of the body is stored, so it may hold text that PostgreSQL cannot store. */
  storesNothing?: true;
  /** Most bytes of a JSON body, where texts need more than other bodies. */
  maxBodyBytes?: number;
  /** Schema of a JSON answer, or the media type of a streamed one; absent means 204 without a body. */
  response?: ZodType | string;
  /** Status of success, 200 (204 without a response) unless given. */
  status?: number;
};

type Parsed<S> = S extends ZodType ? z.output<S> : undefined;

type Call<O extends Operation> = {
  request: Request;
  access: AccessOf<O["audience"]>;
  params: Parsed<O["params"]>;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
};

/** Next.js gives a path without parameters no object of them. */
type RouteContext = { params: Promise<Record<string, string> | undefined> };

export type Endpoint = ((request: Request, context: RouteContext) => Promise<Response>) & { operation: Operation };

/**
 * A route handler from an operation and a function: checks the caller, parses parameters, query and body, answers with
 * JSON (or the Response the function made), turns every error into problem+json and writes one log line.
 */
export function endpoint<const O extends Operation>(operation: O, run: (call: Call<O>) => unknown): Endpoint {
  const handler = async (request: Request, context: RouteContext): Promise<Response> => {
    const started = performance.now();
    const requestId = request.headers.get("x-request-id")?.slice(0, 100) ?? randomUUID();
    let response: Response;
    let failure: unknown;
    try {
      response = await answer(operation, run, request, (await context.params) ?? {});
    } catch (error) {
      failure = error;
      response = problem(error, requestId);
    }
    response.headers.set("x-request-id", requestId);
    const entry = {
      requestId,
      method: request.method,
      path: new URL(request.url).pathname,
      status: response.status,
      ms: Math.round(performance.now() - started),
    };
    if (response.status >= 500) log.error({ ...entry, err: failure }, "request failed");
    else log.info(entry, "request");
    return response;
  };
  return Object.assign(handler, { operation });
}

async function answer<O extends Operation>(
  operation: O,
  run: (call: Call<O>) => unknown,
  request: Request,
  params: Record<string, string>,
): Promise<Response> {
  refuseForeignOrigin(request);
  // Before anything looks them up: PostgreSQL answers such text with an error of its own.
  if (findUnstorable(params)) throw nothingAt(params);
  const search = queryObject(request);
  refuseUnstorable(search);
  const access = await accessFor(operation.audience, params.slug);
  const call = {
    request,
    access,
    params: operation.params ? parseParams(operation.params, params) : undefined,
    query: operation.query ? parseInput(operation.query, search) : undefined,
    body: operation.body && isSchema(operation.body) ? await readBody(operation.body, operation, request) : undefined,
  } as Call<O>;
  const result = await run(call);
  if (result instanceof Response) return result;
  if (operation.response === undefined || result === undefined)
    return new Response(null, { status: operation.status ?? 204 });
  return Response.json(result, { status: operation.status ?? 200 });
}

function isSchema(body: NonNullable<Operation["body"]>): body is ZodType {
  return typeof body === "object" && "safeParse" in body;
}

async function accessFor(audience: Audience, slug: string | undefined): Promise<unknown> {
  if (audience === "public") return null;
  if (audience === "signed-in") return await requireUser();
  if (isGlobalPermission(audience)) return await requireGlobalAccess(audience);
  return await requireAccess(audience, slug ?? "");
}

/** An id that is not of the right form names nothing. */
function parseParams(schema: ZodType, params: Record<string, string>): unknown {
  const result = schema.safeParse(params);
  if (!result.success) throw nothingAt(params);
  return result.data;
}

function nothingAt(params: Record<string, string>): AppError {
  return new AppError("not_found", say`Nothing has the address ${Object.values(params).join(" / ")}.`);
}

function refuseUnstorable(input: unknown): void {
  const found = findUnstorable(input);
  if (!found) return;
  const fault = { ...found, message: sayText(found.message) };
  throw new AppError("invalid", say`The field ${fault.path} ${fault.message}.`, { faults: [fault] });
}

function queryObject(request: Request): Record<string, string | string[]> {
  const search = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(search.keys())].map((key) => {
      const values = search.getAll(key);
      return [key, values.length > 1 ? values : values[0]!];
    }),
  );
}

async function readBody(schema: ZodType, operation: Operation, request: Request): Promise<unknown> {
  const value = await readJson(request, operation.maxBodyBytes ?? maxBodyBytes);
  if (!operation.storesNothing) refuseUnstorable(value);
  return parseInput(schema, value);
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const bytes = await readAtMost(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError("bad_request", say`The body is not valid JSON in UTF-8: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

async function readAtMost(request: Request, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > limit)
      throw new AppError(
        "too_large",
        say`The body is larger than ${limit} bytes, which is the most this address takes.`,
      );
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * A browser names the page that sent a request; one from another site must not act with this site's cookie, nor with a
 * password that the browser keeps for this site's address.
 */
function refuseForeignOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD" || isBearer(request)) return;
  const origin = request.headers.get("origin");
  if (origin === null) return;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new AppError(
      "forbidden",
      say`Requests from ${origin} are not accepted here. Open the site at its own address and try again.`,
    );
  }
}

function isBearer(request: Request): boolean {
  return /^bearer /i.test(request.headers.get("authorization") ?? "");
}
