import type { z } from "zod";
import type { ImportFaultCode } from "./schema";

/** Why a record cannot go in: where in it, as a path such as labels.2.preferred, and what to do. */
export class RecordFault extends Error {
  readonly field: string;
  readonly code: ImportFaultCode;

  constructor(field: string, message: string, code: ImportFaultCode = "invalid") {
    super(message);
    this.name = "RecordFault";
    this.field = field;
    this.code = code;
  }
}

/** The value as the schema reads it; throws the first fault, which also says how many there are. */
export function parsePart<S extends z.ZodType>(schema: S, value: unknown, at: string): z.output<S> {
  const result = schema.safeParse(value, { error: describe });
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const path = first!.path.map(String).join(".");
  throw new RecordFault(path === "" ? at : joinPath(at, path), withMore(first!.message, others.length));
}

function withMore(message: string, others: number): string {
  if (others === 0) return message;
  return others === 1
    ? `${message} (and 1 more fault in this record)`
    : `${message} (and ${others} more faults in this record)`;
}

/** Options of a schema whose faults are all told with one message. */
export function saying(message: string): { error: z.core.$ZodErrorMap } {
  return { error: (issue) => (issue.input === undefined ? "is missing" : message) };
}

/** A path below another; the empty one is the record itself. */
export function joinPath(at: string, field: string | number): string {
  return at === "" ? String(field) : `${at}.${field}`;
}

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** In a reader's words what zod says in a programmer's; undefined leaves zod's own. */
function describe(issue: Issue): string | undefined {
  if (issue.input === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${article(issue.expected)}`;
    case "invalid_value":
      return `must be ${orList(issue.values)}`;
    case "too_small":
      if (issue.origin === "string") return "must not be empty";
      return issue.origin === "array" ? `needs at least ${issue.minimum}` : `must be at least ${issue.minimum}`;
    case "too_big":
      return issue.origin === "array" ? `has more than ${issue.maximum}` : `must be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** "a number", "an object". */
function article(type: string): string {
  if (type === "int") return "a whole number";
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

export function orList(values: readonly unknown[]): string {
  const names = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
