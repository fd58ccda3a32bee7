import { pointNames } from "@/lib/projects/scales/schema";
import type { Condition, Question, RatingScale, Reveal, TaskSchema } from "@/lib/projects/schema";
import { isSame } from "../../../label/_components/same";
import { nameOf } from "../editor/draft";

/** One thing that a schema says, before and after; null where it says nothing. */
type FactChange = { what: string; before: string | null; after: string | null };

/** What changed of one question, or of what holds for all of them. */
export type ChangeGroup = { title: string; kind: "added" | "removed" | "changed"; changes: FactChange[] };

/** Everything in which two task schemas differ, in the order of the newer one with what was removed behind. */
export function diffSchemas(before: TaskSchema, after: TaskSchema): ChangeGroup[] {
  const earlier = (id: string) => before.questions.find((one) => one.id === id);
  const removed = before.questions.filter(({ id }) => after.questions.every((one) => one.id !== id));
  const groups = [
    ...after.questions.map((question) => diffQuestion(earlier(question.id), question)),
    ...removed.map((question) => diffQuestion(question, undefined)),
    { title: "For all questions", kind: "changed" as const, changes: diffFacts(factsOfAll(before), factsOfAll(after)) },
  ];
  return groups.filter(({ changes }) => changes.length > 0);
}

function diffQuestion(before: Question | undefined, after: Question | undefined): ChangeGroup {
  const { id } = (after ?? before)!;
  return {
    title: `${nameOf((after ?? before)!)} (${id})`,
    kind: !before ? "added" : after ? "changed" : "removed",
    changes: diffFacts(before ? factsOf(before) : [], after ? factsOf(after) : []),
  };
}

type Fact = [what: string, says: string];

function diffFacts(before: Fact[], after: Fact[]): FactChange[] {
  const [earlier, later] = [new Map(before), new Map(after)];
  return [...new Set([...later.keys(), ...earlier.keys()])]
    .map((what) => ({ what, before: earlier.get(what) ?? null, after: later.get(what) ?? null }))
    .filter((change) => !isSame(change.before, change.after));
}

function wordCondition({ question, aspect, is }: Condition): string {
  return `when ${question}${aspect === undefined ? "" : `, ${aspect},`} is ${is.map(String).join(" or ")}`;
}

/** All that a question says, without what says nothing. */
function factsOf(question: Question): Fact[] {
  const facts: Fact[] = [["Type", question.type]];
  if (question.when) facts.push(["Asked", wordCondition(question.when)]);
  if ("name" in question) facts.push(["Name", question.name], ["What annotators are asked", question.definition]);
  if ("aspects" in question) facts.push(...partFacts("Aspect", question.aspects));
  switch (question.type) {
    case "comparison":
      facts.push(["Scale", `${question.scale} points`], ["Both bad", question.bothBad ? "offered" : "not offered"]);
      facts.push(["Words", (question.degrees ?? []).join(", ")], ["In the middle", question.tie ?? ""]);
      break;
    case "rating":
      facts.push(...scaleFacts(question.scale));
      break;
    case "binary":
      facts.push(["Kind", question.kind]);
      break;
    case "spans":
      facts.push(...partFacts("Category", question.categories), ["Severities", question.severities.join(", ")]);
      facts.push(["The prompt", question.onPrompt ? "can be marked" : ""]);
      break;
    case "steps":
      facts.push(["Steps", question.cut], ["Flags", question.flags.join(", ")]);
      break;
    case "critique":
      facts.push(["Critique", question.isRequired ? "required" : "optional"], ["Rewrite", question.rewrite]);
      facts.push(["Quotes", question.quotes ?? ""]);
      break;
    case "ranking":
      break;
  }
  return facts.filter(([, says]) => says !== "");
}

type Part = { id: string; name: string; definition: string; letter?: string; colour?: number };

function partFacts(what: string, parts: Part[]): Fact[] {
  return [
    ...parts.flatMap(({ id, name, definition, letter, colour }): Fact[] => [
      [`${what} ${id}`, name],
      [`${what} ${id}, definition`, definition],
      [`${what} ${id}, letter`, letter ?? ""],
      [`${what} ${id}, colour`, colour === undefined ? "" : String(colour)],
    ]),
    [what === "Aspect" ? "Order of aspects" : "Order of categories", parts.map(({ id }) => id).join(", ")],
  ];
}

function scaleFacts(scale: RatingScale): Fact[] {
  switch (scale.kind) {
    case "points":
      return [
        ["Scale", `1 to ${scale.points}`],
        ...pointNames(scale).map((name, index): Fact => [`What ${index + 1} means`, name]),
      ];
    case "range":
      return [["Scale", `${scale.min} to ${scale.max} in steps of ${scale.step}`]];
    case "categories":
      return [
        ["Scale", scale.categories.map(({ value }) => value).join(", ")],
        ...scale.categories.map(({ value, name }): Fact => [`What ${value} means`, name]),
      ];
  }
}

const texts: Record<Reveal["show"], string> = { prompt: "Prompt", context: "Context", reference: "Reference answer" };

function factsOfAll(schema: TaskSchema): Fact[] {
  const { questions, reason, shows, reveal = [], maskModelNames = false, suggestions = "off" } = schema;
  return [
    ["Order of questions", questions.map(({ id }) => id).join(", ")],
    ["Written reason", reason],
    ["Reference answer", shows?.reference ? "shown" : "not shown"],
    ...reveal.map(({ show, after }): Fact => [`${texts[show]} is shown`, `after ${after}`]),
    ["Names of models", maskModelNames ? "hidden" : "not hidden"],
    ["AI suggestions", suggestions],
  ];
}
