import type { Translate } from "@/app/i18n/translate";
import type { LabelTypeName } from "@/lib/labels/schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { slugFromName } from "@/lib/text/slug";

/** The object with a field set; undefined leaves the field out. */
export function withField<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  const { [key]: _, ...rest } = object;
  return (value === undefined ? rest : { ...object, [key]: value }) as T;
}

/** The same without the fields that say what their absence says: saving them would make a version that changes nothing. */
export function tidySchema({ shows, reveal, maskModelNames, suggestions, ...schema }: TaskSchema): TaskSchema {
  return {
    ...schema,
    ...(shows?.reference && { shows }),
    ...(reveal && reveal.length > 0 && { reveal }),
    ...(maskModelNames && { maskModelNames }),
    ...(suggestions && suggestions !== "off" && { suggestions }),
  };
}

/** What new parts are called to begin with: names that annotators see, in the language of whoever makes them. */
type FirstNames = Translate<"taskSchema.first">;

/** A question of that type with what it cannot do without, under an id that no other has. */
export function newQuestion(type: LabelTypeName, questions: readonly Question[], t: FirstNames): Question {
  const id = freeId(
    type,
    questions.map((one) => one.id),
  );
  const aspects = [{ id: "overall", name: t("overall"), definition: "" }];
  if (type === "comparison") return { id, type, scale: 5, aspects, bothBad: true };
  if (type === "rating") return { id, type, aspects, scale: { kind: "points", points: 5 } };
  const asked = { id, name: t(type), definition: "" };
  switch (type) {
    case "ranking":
      return { ...asked, type };
    case "binary":
      return { ...asked, type, kind: "correct" };
    case "spans":
      return { ...asked, type, categories: [newPart("category", [], t)], severities: [], onPrompt: false };
    case "steps":
      return { ...asked, type, cut: cutOf(questions) ?? "line", flags: [] };
    case "critique":
      return { ...asked, type, isRequired: false, rewrite: "off" };
  }
}

/** All questions about steps cut alike. */
function cutOf(questions: readonly Question[]) {
  return questions.flatMap((one) => (one.type === "steps" ? one.cut : []))[0];
}

type Part = { id: string; name: string; definition: string };

/** One more aspect or category, such as "Aspect 3". */
export function newPart(what: "aspect" | "category", parts: readonly { id: string }[], t: FirstNames): Part {
  const number = freeNumber(
    what,
    parts.map(({ id }) => id),
  );
  return { id: `${what}-${number}`, name: t(what, { number }), definition: "" };
}

/** One more category of a rating. */
export function newValue(values: readonly { value: string }[], t: FirstNames): { value: string; name: string } {
  const number = freeNumber(
    "category",
    values.map(({ value }) => value),
  );
  return { value: `category-${number}`, name: t("category", { number }) };
}

function freeNumber(what: string, taken: readonly string[]): number {
  let number = taken.length + 1;
  while (taken.includes(`${what}-${number}`)) number += 1;
  return number;
}

/** An id that newPart or newValue gave. */
const numberedId = /^(aspect|category)-\d+$/;

function freeId(wished: string, taken: readonly string[]): string {
  if (!taken.includes(wished)) return wished;
  let number = 2;
  while (taken.includes(`${wished}-${number}`)) number += 1;
  return `${wished}-${number}`;
}

/**
 * The id of something that is given another name: it goes with the name until labels may have it, or it is written by
 * hand. A name without Latin letters, such as one in Chinese, makes none.
 */
export function idAfter({ id, name }: { id: string; name: string }, renamed: string, isSaved: boolean): string {
  if (isSaved || (id !== slugFromName(name) && !numberedId.test(id))) return id;
  const slug = slugFromName(renamed);
  return renamed === "" || /[a-z]/.test(slug) ? slug : id || slug;
}

/** Ids that labels may have: of questions, and of their aspects and categories behind a slash. */
export function savedIds({ questions }: TaskSchema): ReadonlySet<string> {
  return new Set(
    questions.flatMap((question) => [question.id, ...partIds(question).map((part) => `${question.id}/${part}`)]),
  );
}

function partIds(question: Question): string[] {
  if (question.type === "spans") return question.categories.map(({ id }) => id);
  return [...aspectIds(question), ...valuesOf(question)];
}

function aspectIds(question: Question): string[] {
  return "aspects" in question ? question.aspects.map(({ id }) => id) : [];
}

function valuesOf(question: Question): string[] {
  if (question.type !== "rating" || question.scale.kind !== "categories") return [];
  return question.scale.categories.map(({ value }) => value);
}

/** The schema with a question changed: what names it by its id goes with it. */
export function withQuestion(schema: TaskSchema, index: number, question: Question): TaskSchema {
  const was = schema.questions[index]!;
  const before = was.id;
  const questions = schema.questions.map((one, at) => (at === index ? question : withParts(one, was, question)));
  const isTaken = questions.some(({ id }, at) => at !== index && (id === before || id === question.id));
  if (before === question.id || isTaken) return { ...schema, questions };
  const follow = (id: string) => (id === before ? question.id : id);
  return {
    ...schema,
    questions: questions.map((one) => {
      const named = one.when ? { ...one, when: { ...one.when, question: follow(one.when.question) } } : one;
      return named.type === "critique" && named.quotes !== undefined
        ? { ...named, quotes: follow(named.quotes) }
        : named;
    }),
    ...(schema.reveal && { reveal: schema.reveal.map((one) => ({ ...one, after: follow(one.after) })) }),
  };
}

/** A question whose condition goes with the aspect, or the category, that another gives a new id. */
function withParts(one: Question, was: Question, now: Question): Question {
  const { when } = one;
  if (when?.question !== was.id) return one;
  const aspect = when.aspect && renamed(aspectIds(was), aspectIds(now), when.aspect);
  const is = when.is.map((value) => (typeof value === "string" ? renamed(valuesOf(was), valuesOf(now), value) : value));
  return { ...one, when: { ...when, ...(aspect && { aspect }), is } };
}

/** What an id has become where it alone was changed, to one that no other has. */
function renamed(before: readonly string[], after: readonly string[], id: string): string {
  const at = before.indexOf(id);
  const isAlone = before.length === after.length && before.every((one, index) => index === at || one === after[index]);
  return at < 0 || !isAlone || before.includes(after[at]!) ? id : after[at]!;
}
