import { ApiError } from "./api-client";
import { Alert } from "./ui/alert";

/** What the API said about one field of a form, as a sentence for below the field; undefined when nothing. */
export function faultOf(error: Error | null, path: string): string | undefined {
  const fault = error instanceof ApiError ? error.faults.find((each) => each.path === path) : undefined;
  if (!fault) return undefined;
  const stop = /\p{sc=Han}/u.test(fault.message) ? "。" : ".";
  return `${fault.message.charAt(0).toUpperCase()}${fault.message.slice(1)}${stop}`;
}

/** Why a form was refused, unless all of it is said below the `fields`. */
export function FormAlert({ error, fields }: { error: Error | null; fields: string[] }) {
  if (!error) return null;
  const faults = error instanceof ApiError ? error.faults : [];
  if (faults.length > 0 && faults.every(({ path }) => fields.includes(path))) return null;
  return <Alert tone="danger">{error.message}</Alert>;
}
