import type { Locator, Page } from "@playwright/test";
import type { Question, QuestionOf, TaskSchema } from "@/lib/projects/schema";
import { expect } from "./people";
import { selectByMouse } from "./select-words";

/** What was said about an instance, by question and then by what it is about, completions in the order shown. */
export type Said = Map<string, unknown>;

type Asked<T extends Question["type"]> = { page: Page; question: QuestionOf<T>; letters: string[]; said: Said };

/** Where texts stand that are beside the prompt. */
const tabs = { context: "Context", reference: "Reference" };

const row = (page: Page, name: string) => page.getByRole("radiogroup", { name, exact: true });
const choose = (page: Page, name: string, nth: number) => row(page, name).locator("label").nth(nth).click();
const pane = (page: Page, letter: string) => page.getByRole("group", { name: letter, exact: true });

/** Answers all that is asked about the instance on the screen, question by question, and opens what is kept back. */
export async function answerAll(page: Page, { questions, reveal = [] }: TaskSchema): Promise<Said> {
  const panes = page.locator("[data-pane]");
  await expect(panes.first()).toBeVisible();
  const letters = [..."ABCD"].slice(0, await panes.count());
  const said: Said = new Map();
  for (const question of questions) {
    await answer({ page, question, letters, said });
    for (const { show } of reveal.filter(({ after }) => after === question.id)) {
      if (show !== "prompt") await page.getByRole("button", { name: tabs[show], exact: true }).click();
      const open = page.getByRole("button", { name: `Show the ${show}` });
      await open.click();
      // Nothing is submitted before the answer is stored and the text is there.
      await expect(open).toHaveCount(0);
    }
  }
  return said;
}

async function answer(asked: Asked<Question["type"]>): Promise<void> {
  const { question } = asked;
  switch (question.type) {
    case "comparison":
      return await compare({ ...asked, question });
    case "ranking":
      return await rank({ ...asked, question });
    case "rating":
      return await rate({ ...asked, question });
    case "binary":
      return await decide({ ...asked, question });
    case "spans":
      return await mark({ ...asked, question });
    case "steps":
      return await judge({ ...asked, question });
    case "critique":
      return await criticise({ ...asked, question });
  }
}

/** The first and the last point in turn, or that nobody can tell; of reasons the last one, where one is offered. */
async function compare({ page, question, said }: Asked<"comparison">): Promise<void> {
  for (const [index, { id, name, reasons }] of question.aspects.entries()) {
    const point = question.cannotTell ? question.scale + 1 : index % 2 === 0 ? 1 : question.scale;
    await choose(page, name, point - 1 + (question.cannotTell && question.bothBad ? 1 : 0));
    said.set(`${question.id} ${id}`, question.cannotTell ? "cannot-tell" : point === 1 ? 0 : 1);
    const reason = reasons?.at(-1);
    if (reason === undefined || question.cannotTell) continue;
    const why = page.getByRole("group", { name: `Why ${point === 1 ? "A" : "B"}? ${name}` });
    await why.getByText(reason, { exact: true }).click();
    said.set(`${question.id} ${id} why`, [reason]);
  }
}

async function rank({ page, question, letters, said }: Asked<"ranking">): Promise<void> {
  for (const [position, letter] of letters.entries()) await choose(page, `Rank of ${letter}`, position);
  said.set(
    question.id,
    letters.map((_, position) => position + 1),
  );
}

async function rate({ page, question, letters, said }: Asked<"rating">): Promise<void> {
  const { scale } = question;
  if (scale.kind === "range") throw new Error("No template asks for a range.");
  const values = scale.kind === "points" ? Array.from({ length: scale.points }, (_, index) => index + 1) : null;
  const offered = values ?? (scale.kind === "categories" ? scale.categories.map(({ value }) => value) : []);
  for (const [index, { id, name }] of question.aspects.entries()) {
    for (const [position, letter] of letters.entries()) {
      const nth = (index + 2 * position + 1) % offered.length;
      await choose(page, `${name} of ${letter}`, nth);
      said.set(`${question.id} ${id} ${position}`, offered[nth]);
    }
  }
}

/** No of the first and yes of the others, so that what hangs on a no is asked. */
async function decide({ page, question, letters, said }: Asked<"binary">): Promise<void> {
  for (const [position, letter] of letters.entries()) {
    await choose(page, `${question.name} of ${letter}`, position === 0 ? 1 : 0);
    said.set(`${question.id} ${position}`, position > 0);
  }
}

/** A span of every category in the first text, the first category on the prompt where that can be. */
async function mark({ page, question, letters, said }: Asked<"spans">): Promise<void> {
  const prompt = page.getByRole("region", { name: "Prompt" });
  for (const [index, { letter, id }] of question.categories.entries()) {
    const isOnPrompt = question.onPrompt && index === 0;
    const within = isOnPrompt ? prompt : pane(page, "A");
    const words = await wordsOf(within, isOnPrompt ? 5 : 3 * index);
    await selectByMouse(page, within, words);
    await page.keyboard.press(letter!);
    await expect(page.getByRole("toolbar", { name: "Mark the selection as" })).toHaveCount(0);
    if (question.severities.length > 0) await page.keyboard.press("1");
    said.set(`${question.id} ${id}`, words);
  }
  await page.keyboard.press("Escape");
  for (const letter of letters.slice(1)) await page.getByLabel(`Nothing to mark in ${letter}`).check();
}

/** Two words of a text, so many words from its start. */
async function wordsOf(within: Locator, from: number): Promise<string> {
  const text = await within.locator(".prose-reading").first().innerText();
  return text
    .split(/\s+/)
    .slice(from, from + 2)
    .join(" ");
}

/** All steps are good but the last. */
async function judge({ page, question, letters, said }: Asked<"steps">): Promise<void> {
  for (const [position, letter] of letters.entries()) {
    const count = await page
      .getByRole("list", { name: `Steps of ${letter}` })
      .getByRole("listitem")
      .count();
    const labels = Array.from({ length: count }, (_, index) => (index + 1 === count ? "Bad" : "Good"));
    for (const [index, label] of labels.entries())
      await row(page, `Step ${index + 1} of ${letter}`)
        .getByTitle(label)
        .click();
    said.set(
      `${question.id} ${position}`,
      labels.map((label) => label.toLowerCase()),
    );
  }
}

async function criticise({ page, question, letters, said }: Asked<"critique">): Promise<void> {
  for (const [position, letter] of letters.entries()) {
    const text = `What there is to say of ${letter}.`;
    await page.getByRole("textbox", { name: `${question.name} of ${letter}` }).fill(text);
    const rewrite = question.rewrite === "required" ? `A better ${letter}.` : null;
    if (rewrite) await page.getByRole("textbox", { name: `Rewrite of ${letter}` }).fill(rewrite);
    said.set(`${question.id} ${position}`, { text, rewrite });
  }
  if (question.quotes === undefined) return;
  const quotes = page.getByRole("group", { name: `Spans quoted in ${question.name} of A` });
  await quotes.getByRole("button").first().click();
}
