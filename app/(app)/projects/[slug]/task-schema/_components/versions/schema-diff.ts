import type { Translate } from "@/app/i18n/translate";
import { pointNames } from "@/lib/projects/scales/schema";
import type { Condition, MarkUnit, Question, RatingScale, TaskSchema } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { isSame } from "../../../label/_components/same";

type DiffWords = Translate<"taskSchema.diff">;

/** One thing that a schema says, before and after; null where it says nothing. */
type FactChange = { what: string; before: string | null; after: string | null };

/** What changed of one question, or of what holds for all of them. */
export type ChangeGroup = { title: string; kind: "added" | "removed" | "changed"; changes: FactChange[] };

/** Everything in which two task schemas differ, in the order of the newer one with what was removed behind. */
export function diffSchemas(before: TaskSchema, after: TaskSchema, t: DiffWords): ChangeGroup[] {
  const earlier = (id: string) => before.questions.find((one) => one.id === id);
  const removed = before.questions.filter(({ id }) => after.questions.every((one) => one.id !== id));
  const groups = [
    ...after.questions.map((question) => diffQuestion(earlier(question.id), question, t)),
    ...removed.map((question) => diffQuestion(question, undefined, t)),
    { title: t("forAll"), kind: "changed" as const, changes: diffFacts(factsOfAll(before, t), factsOfAll(after, t)) },
  ];
  return groups.filter(({ changes }) => changes.length > 0);
}

function diffQuestion(before: Question | undefined, after: Question | undefined, t: DiffWords): ChangeGroup {
  const question = (after ?? before)!;
  return {
    title: t("titled", { name: nameOfQuestion(question), id: question.id }),
    kind: !before ? "added" : after ? "changed" : "removed",
    changes: diffFacts(before ? factsOf(before, t) : [], after ? factsOf(after, t) : []),
  };
}

type Fact = [what: string, says: string];

function diffFacts(before: Fact[], after: Fact[]): FactChange[] {
  const [earlier, later] = [new Map(before), new Map(after)];
  return [...new Set([...later.keys(), ...earlier.keys()])]
    .map((what) => ({ what, before: earlier.get(what) ?? null, after: later.get(what) ?? null }))
    .filter((change) => !isSame(change.before, change.after));
}

function wordCondition({ question, aspect, is }: Condition, t: DiffWords): string {
  const answers = is.map(String).join(t("or"));
  return aspect === undefined ? t("when", { question, answers }) : t("whenAspect", { question, aspect, answers });
}

/** All that a question says, without what says nothing. */
function factsOf(question: Question, t: DiffWords): Fact[] {
  const facts: Fact[] = [[t("type"), t(`types.${question.type}`)]];
  if (question.when) facts.push([t("asked"), wordCondition(question.when, t)]);
  if ("name" in question) facts.push([t("name"), question.name], [t("definition"), question.definition]);
  if ("aspects" in question) facts.push(...partFacts("aspect", question.aspects, t));
  return [...facts, ...typeFacts(question, t)].filter(([, says]) => says !== "");
}

/** What it says as a question of its type. */
function typeFacts(question: Question, t: DiffWords): Fact[] {
  switch (question.type) {
    case "comparison":
      return [
        [t("scale"), t("points", { points: question.scale })],
        [t("bothBad"), t(question.bothBad ? "offered" : "notOffered")],
        [t("cannotTell"), question.cannotTell ? t("offered") : ""],
        [t("words"), (question.degrees ?? []).join(", ")],
        [t("middle"), question.tie ?? ""],
        ...question.aspects.map(({ id, reasons = [] }): Fact => [t("aspect.reasons", { id }), reasons.join(", ")]),
      ];
    case "rating":
      return scaleFacts(question.scale, t);
    case "binary":
      return [[t("kind"), question.kind]];
    case "spans":
      return [
        ...partFacts("category", question.categories, t),
        [t("severities"), question.severities.join(", ")],
        [t("prompt"), question.onPrompt ? t("canBeMarked") : ""],
      ];
    case "steps":
      return [
        [t("steps"), t(`cuts.${question.cut}`)],
        [t("flags"), question.flags.join(", ")],
      ];
    case "critique":
      return [
        [t("critique"), t(question.isRequired ? "need.required" : "need.optional")],
        [t("rewrite"), t(`need.${question.rewrite}`)],
        [t("quotes"), question.quotes ?? ""],
      ];
    case "ranking":
      return [];
  }
}

type Part = { id: string; name: string; definition: string; letter?: string; colour?: number; unit?: MarkUnit };

function partFacts(what: "aspect" | "category", parts: Part[], t: DiffWords): Fact[] {
  return [
    ...parts.flatMap(({ id, name, definition, letter, colour, unit }): Fact[] => [
      [t(`${what}.name`, { id }), name],
      [t(`${what}.definition`, { id }), definition],
      [t(`${what}.letter`, { id }), letter ?? ""],
      [t(`${what}.colour`, { id }), colour === undefined ? "" : String(colour)],
      [t(`${what}.unit`, { id }), unit ? t(`units.${unit}`) : ""],
    ]),
    [t(`${what}.order`), parts.map(({ id }) => id).join(", ")],
  ];
}

function scaleFacts(scale: RatingScale, t: DiffWords): Fact[] {
  switch (scale.kind) {
    case "points":
      return [
        [t("scale"), t("upTo", { points: scale.points })],
        ...pointNames(scale).map((name, index): Fact => [t("means", { value: index + 1 }), name]),
      ];
    case "range":
      return [[t("scale"), t("range", { min: scale.min, max: scale.max, step: scale.step })]];
    case "categories":
      return [
        [t("scale"), scale.categories.map(({ value }) => value).join(", ")],
        ...scale.categories.map(({ value, name }): Fact => [t("means", { value }), name]),
      ];
  }
}

function factsOfAll(schema: TaskSchema, t: DiffWords): Fact[] {
  const { questions, reason, shows, reveal = [], maskModelNames = false, suggestions = "off" } = schema;
  return [
    [t("order"), questions.map(({ id }) => id).join(", ")],
    [t("reason"), t(`need.${reason}`)],
    [t("reference"), t(shows?.reference ? "shown" : "notShown")],
    ...reveal.map(({ show, after }): Fact => [t(`revealed.${show}`), t("after", { id: after })]),
    [t("modelNames"), t(maskModelNames ? "hidden" : "notHidden")],
    [t("suggestions"), t(`suggestionModes.${suggestions}`)],
  ];
}
