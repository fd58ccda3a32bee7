import type { Locator, Page } from "@playwright/test";
import { pointNames } from "@/lib/projects/scales/schema";
import type { Question, QuestionOf, TaskSchema } from "@/lib/projects/schema";
import { expect } from "./people";

const typeNames: Record<Question["type"], string> = {
  ...{ comparison: "Comparison", ranking: "Ranking", rating: "Rating", binary: "Yes or no" },
  ...{ spans: "Spans", steps: "Steps", critique: "Critique" },
};

/** A part of the editor: one question, with where its fields are found in the task schema. */
type Part = { page: Page; group: Locator; path: string };

const field = (page: Page, path: string) => page.locator(`[data-path="${path}"]`);

/** Writes a task schema in the editor in place of what is there, by its buttons, boxes and lists, up to saving. */
export async function buildSchema(page: Page, schema: TaskSchema): Promise<void> {
  const remove = page.getByRole("button", { name: "Remove question 1" });
  await remove.click();
  await expect(remove).toHaveCount(0);
  for (const [index, question] of schema.questions.entries()) await addQuestion(page, question, index);
  const { reason, shows, reveal = [], maskModelNames = false } = schema;
  await field(page, "reason").selectOption(reason);
  if (shows?.reference) await page.getByLabel("Show the reference answer").check();
  const names = { prompt: "Prompt or conversation", context: "Context", reference: "Reference answer" };
  for (const { show, after } of reveal) await page.getByLabel(names[show], { exact: true }).selectOption(after);
  if (maskModelNames) await page.getByLabel("Hide the names of models in completions").check();
}

async function addQuestion(page: Page, question: Question, index: number): Promise<void> {
  const add = page.getByRole("group", { name: "Add a question" });
  await add.getByRole("button", { name: new RegExp(`^${typeNames[question.type]}`) }).click();
  const group = page.getByRole("group", { name: `Question ${index + 1}`, exact: true });
  const part = { page, group, path: `questions.${index}` };
  if ("name" in question) await nameOne(page, part.path, question);
  else await field(page, `${part.path}.id`).fill(question.id);
  if (question.when) await setCondition(part, question);
  if ("aspects" in question) await addParts(part, "aspects", question.aspects);
  await setType(part, question);
}

/** Name, definition and, where it is not the one that goes with the name, the id. */
async function nameOne(page: Page, path: string, one: { id: string; name: string; definition: string }): Promise<void> {
  await field(page, `${path}.name`).fill(one.name);
  const id = field(page, `${path}.id`);
  if ((await id.inputValue()) !== one.id) await id.fill(one.id);
  await field(page, `${path}.definition`).fill(one.definition);
}

async function addParts(
  { page, group, path }: Part,
  list: "aspects" | "categories",
  parts: readonly { id: string; name: string; definition: string }[],
): Promise<void> {
  const add = group.getByRole("button", { name: list === "aspects" ? "Add aspect" : "Add category" });
  for (const [index, part] of parts.entries()) {
    // A new question has one already.
    if (index > 0) await add.click();
    await nameOne(page, `${path}.${list}.${index}`, part);
  }
}

async function setCondition({ page, group, path }: Part, { when }: Question): Promise<void> {
  await field(page, `${path}.when.question`).selectOption(when!.question);
  const words = { true: "Yes", false: "No" };
  const answers = group.getByRole("group", { name: /is, for any completion$/ });
  for (const value of [true, false])
    await answers.getByLabel(words[`${value}`], { exact: true }).setChecked(when!.is.includes(value));
}

async function setType(part: Part, question: Question): Promise<void> {
  const { page, group, path } = part;
  switch (question.type) {
    case "comparison":
      return await setComparison(part, question);
    case "rating":
      return await setScale(part, question);
    case "binary":
      return await field(page, `${path}.kind`).fill(question.kind);
    case "spans":
      await addParts(part, "categories", question.categories);
      for (const [index, { letter, colour, unit }] of question.categories.entries()) {
        const at = `${path}.categories.${index}`;
        if (letter) await field(page, `${at}.letter`).selectOption(letter);
        if (colour) await field(page, `${at}.colour`).selectOption(String(colour));
        if (unit) await field(page, `${at}.unit`).selectOption(unit);
      }
      await addWords(part, "severities", "Add severity", question.severities);
      return await group.getByLabel("The prompt can be marked, too").setChecked(question.onPrompt);
    case "steps":
      await field(page, `${path}.cut`).selectOption(question.cut);
      return await addWords(part, "flags", "Add flag", question.flags);
    case "critique":
      await group.getByLabel("Every completion needs a critique").setChecked(question.isRequired);
      await field(page, `${path}.rewrite`).selectOption(question.rewrite);
      if (question.quotes) await field(page, `${path}.quotes`).selectOption(question.quotes);
  }
}

async function setComparison({ page, group, path }: Part, question: QuestionOf<"comparison">): Promise<void> {
  const { scale, degrees = [], tie, bothBad, cannotTell = false } = question;
  await field(page, `${path}.scale`).selectOption(String(scale));
  for (const [index, words] of degrees.entries()) await field(page, `${path}.degrees.${index}`).fill(words);
  if (tie) await field(page, `${path}.tie`).fill(tie);
  await group.getByLabel("Offer “both bad” beside the tie").setChecked(bothBad);
  await group.getByLabel("Offer “cannot tell” beside the tie").setChecked(cannotTell);
  for (const [index, { reasons = [] }] of question.aspects.entries()) {
    const aspect = group.getByRole("group", { name: `Aspect ${index + 1}`, exact: true });
    await addWords({ page, group: aspect, path: `${path}.aspects.${index}` }, "reasons", "Add reason", reasons);
  }
}

async function setScale({ page, group, path }: Part, { scale }: QuestionOf<"rating">): Promise<void> {
  await field(page, `${path}.scale.kind`).selectOption(scale.kind);
  if (scale.kind === "range") throw new Error("No template asks for a range.");
  if (scale.kind === "points") {
    await field(page, `${path}.scale.points`).selectOption(String(scale.points));
    for (const [index, name] of pointNames(scale).entries())
      if (name !== "") await group.getByLabel(`What ${index + 1} means`, { exact: true }).fill(name);
    return;
  }
  for (const [index, { value, name }] of scale.categories.entries()) {
    // A new scale of categories has two already.
    if (index > 1) await group.getByRole("button", { name: "Add category" }).click();
    await field(page, `${path}.scale.categories.${index}.name`).fill(name);
    await field(page, `${path}.scale.categories.${index}.value`).fill(value);
  }
}

async function addWords(
  { page, group, path }: Part,
  list: "severities" | "flags" | "reasons",
  button: string,
  words: readonly string[],
): Promise<void> {
  for (const [index, word] of words.entries()) {
    await group.getByRole("button", { name: button }).click();
    await field(page, `${path}.${list}.${index}`).fill(word);
  }
}
