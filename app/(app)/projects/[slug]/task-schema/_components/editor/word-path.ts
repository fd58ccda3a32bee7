import type { Translate } from "@/app/i18n/translate";

type FaultWords = Translate<"taskSchema.faults">;

/** Where a fault is, in words: "questions.0.aspects.1.name" is "Question 1, aspect 2, name". */
export function wordPath(path: string, t: FaultWords): string {
  const steps = path.split(".");
  const said = steps
    .flatMap((step, index) => {
      if (/^\d+$/.test(step)) return wordItem(steps[index - 1] ?? "", Number(step) + 1, t);
      return /^\d+$/.test(steps[index + 1] ?? "") ? [] : wordField(step, t);
    })
    .join(t("between"));
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** One of a list, counted from 1. */
function wordItem(list: string, number: number, t: FaultWords): string {
  const key = `items.${list}` as "items.questions";
  return t.has(key) ? t(key, { number }) : `${list} ${number}`;
}

/** A field by its name; by what the API calls it where it has no name of its own. */
function wordField(field: string, t: FaultWords): string {
  const key = `fields.${field}` as "fields.name";
  return t.has(key) ? t(key) : field;
}
