import type { Translate } from "@/app/i18n/translate";
import type { AuditEventView, AuditFact } from "@/lib/auth/schema";
import type { Numbers } from "../ui/numbers";

type Words = { t: Translate<"people.audit">; tKinds: Translate<"runs.kinds">; numbers: Numbers };
type Value = AuditEventView["detail"][string];

/** Facts whose values have the names of another's. */
const namedAs: Partial<Record<string, AuditFact>> = { from: "role", to: "role", scheduledPolicy: "kind" };

/** The facts of an event in words: {isAdmin: true, expiresAt: "2027-02-20T23:32:01Z"} is "site admin, until 20 Feb 2027". */
export function wordFacts(detail: AuditEventView["detail"], words: Words): string {
  return Object.entries(detail)
    .flatMap(([fact, value]) => wordFact(fact, value, words) ?? [])
    .join(words.t("separator"));
}

/** On what: of a run its kind in words, and its id. */
export function wordTarget({ action, target }: AuditEventView, { tKinds }: Words): string {
  if (action !== "run.cancel") return target;
  const [name = "", ...rest] = target.split(" ");
  const kind = name as "import";
  return tKinds.has(kind) ? [tKinds(kind), ...rest].join(" ") : target;
}

/** Null for what is not so. What an older release told, and pages have no words for any more, stands as it is. */
function wordFact(fact: string, value: Value, { t, numbers }: Words): string | null {
  const name = `values.${namedAs[fact] ?? fact}.${String(value)}` as "values.role.admin";
  const isNamed = t.has(name);
  if (!isNamed && (value === null || value === false)) return null;
  const key = `facts.${fact}` as "facts.role";
  const told = isNamed ? t(name) : wordValue(fact, value, numbers);
  return t.has(key) ? t(key, { value: told }) : `${fact} ${told}`;
}

function wordValue(fact: string, value: Value, numbers: Numbers): string {
  if (typeof value === "number" && /^(day|month|total|hourPriceMicros)$/.test(fact)) {
    return numbers.number(value / 1_000_000, 6);
  }
  if (typeof value === "number" && /Share$/.test(fact)) return numbers.percent(value);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? numbers.day(text, true) : text;
}
