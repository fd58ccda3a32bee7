import type { Page } from "@playwright/test";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { expectFocusKept, expectNamed, heard } from "./heard";
import { openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const questions: Question[] = [
  { ...defaultComparison, aspects: [{ id: "overall", name: "Overall", definition: "Which is better?" }] },
  { id: "order", type: "ranking", name: "Order", definition: "Which is best?" },
  {
    ...{ id: "rating", type: "rating", scale: { kind: "points", points: 2, names: ["poor", "good"] } },
    aspects: [{ id: "helpful", name: "Helpful", definition: "Does it help?" }],
  },
  { id: "right", type: "binary", name: "Right", definition: "Is it right?", kind: "correct" },
  {
    ...{ id: "errors", type: "spans", name: "Errors", definition: "What is wrong?", severities: [], onPrompt: false },
    categories: [{ id: "wrong", name: "Wrong", definition: "Not true", letter: "w" }],
  },
  { id: "steps", type: "steps", name: "Steps", definition: "Is it a good step?", cut: "line", flags: [] },
  {
    ...{ id: "critique", type: "critique", name: "Critique", definition: "What is to be said?" },
    ...{ isRequired: false, rewrite: "off" },
  },
];

const records = ["i1", "i2", "i3"].map((id) => ({
  id,
  messages: [
    { role: "system", content: "Be kind." },
    { role: "user", content: "What is two and two?" },
  ],
  context: "Sums of small numbers.",
  reference: "Four.",
  completions: [{ text: "A reply" }, { text: "A reply" }],
}));

/** What the completions answer, and what else there is to read about it. */
const conversation = [
  "region Conversation",
  ...["Conversation", "Context", "Reference"].map((tab) => `button ${tab}`),
  "button As written [M]: Shows all texts as they were written, with their markdown; what is marked stays where it is",
  "button Side by side",
  "button Fold",
  "group Conversation",
  "list",
  ...["listitem", "DisclosureTriangle System", "Be kind."],
  ...["listitem", "DisclosureTriangle User", "What is two and two?"],
];

const completion = (letter: string, buttons: string[] = []) => [
  `region Completion ${letter}`,
  `heading Completion ${letter}`,
  ...buttons,
  `group ${letter}`,
  "A reply",
  ...[`list Steps of ${letter}`, "listitem", "A reply", `radiogroup Step 1 of ${letter}`],
  ...["Good", "Neutral", "Bad"].map((label) => `radio ${label}`),
  ...[`Critique of ${letter}`, "(optional)", `textbox Critique of ${letter}(optional): What is to be said?`],
];

/** The rows of a question, one a completion. */
const rows = (name: string, choices: string[]) =>
  ["A", "B"].flatMap((letter) => [`radiogroup ${name} of ${letter}`, ...choices.map((choice) => `radio ${choice}`)]);

/** The questions below the texts; keys are told where they answer. */
const asked = [
  "form Answers",
  ...["Overall:", "Which is better?", "radiogroup Overall: Which is better?"],
  ...["A much better [1]", "A better [2]", "Tie [3]", "B better [4]", "B much better [5]", "Both bad [B]"].map(
    (point) => `radio ${point}`,
  ),
  "group Order: Which is best?",
  ...rows("Rank", ["Rank 1, the best", "Rank 2"]),
  "group Helpful: Does it help?",
  ...rows("Helpful", ["1, poor", "2, good"]),
  "group Right: Is it right?",
  ...rows("Right", ["Yes", "No"]),
  ...["group Errors: What is wrong?", "button Wrong [W]: Not true"],
  ...["A", "B"].flatMap((letter) => [`region Spans in ${letter}`, `checkbox Nothing to mark in ${letter}`, "list"]),
  "Select with the mouse, or with ← and → word by word (with Shift more of them); then press a letter.",
  "group Steps: Is it a good step?",
  ...["A", "B"].map((letter) => `button ${letter}: 0 of 1 judged: Go to the first step that is not judged`),
];

/** What was told last by a live region of the page. */
const told = (page: Page, words: string) =>
  page.getByRole("main").getByRole("status").getByText(words, { exact: true });

test("every kind of question is read in order, answered by keys, and what is done is told", async ({ page }) => {
  const slug = "screen-reader";
  await makeProject(
    {
      ...{ slug, name: "Heard", overlap: 1, guidelines: "Be fair." },
      taskSchema: { questions, reason: "optional", shows: { reference: true } },
    },
    records,
  );
  await openLabel(page, slug);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  const lines = await heard(page);
  expectNamed(lines);
  expect(lines.slice(lines.indexOf("heading Instance 1 today"))).toEqual([
    "heading Instance 1 today",
    ...conversation,
    ...completion("A"),
    ...completion("B", [
      "button Differences [X]: Shows which words only one of two completions has",
      "button Scrolling together",
    ]),
    ...asked,
    "textbox Reason (optional) [R]",
    "button Unsure [N]: You are not sure of these answers",
    "button Flag [F]: Tells the researchers that something is wrong with this instance",
    "button Skip [S]: Leaves this instance to others; the reason goes along",
    "button Submit and next [Enter]",
  ]);

  // An answer is told where the focus goes on from it; one that has the focus is heard by that.
  const answers: [string, string][] = [
    ["1", "Overall: A much better"],
    ["1", "Helpful of A: 1, poor"],
    ["2", "Helpful of B: 2, good"],
    ["1", "Right of A: Yes"],
  ];
  for (const [key, words] of answers) {
    await press(key);
    await expect(told(page, words)).toBeAttached();
  }
  await press("2");
  await expect(page.getByRole("radiogroup", { name: "Right of B" }).getByRole("radio", { name: "No" })).toBeFocused();
  const expectMissing = (place: string) =>
    expect(page.getByRole("alert").getByText(`${place} is not answered yet.`)).toBeVisible();
  await press("Enter");
  await expectMissing("Order of A");
  await press("1", "ArrowRight", "2", "Enter");
  await expectMissing("Errors of A");
  const status = page.getByRole("main").getByRole("status");
  await press("ArrowRight");
  await expect(status.filter({ hasText: "Selected:" })).toBeAttached();
  await press("w");
  await expect(status.filter({ hasText: /^Wrong, / })).toBeAttached();
  await press("Delete");
  await expect(status.filter({ hasText: "No longer marked:" })).toBeAttached();
  const nothing = page.getByRole("checkbox", { name: "Nothing to mark in A" });
  await expectFocusKept(page);
  await press("0");
  await expect(nothing).toBeChecked();
  await press("Enter");
  await expectMissing("Errors of B");
  await press("0", "Enter");
  await expectMissing("Steps of A, step 1");
  await press("+");
  await expect(told(page, "Steps of A, step 1: Good")).toBeAttached();
  await press("-");
  await expect(told(page, "Steps of B, step 1: Bad, First error")).toBeAttached();
  await press("Control+Enter");
  await expect(told(page, "Submitted.")).toBeAttached();
  const second = page.getByRole("heading", { name: "Instance 2 today" });
  await expect(second).toBeFocused();

  // Undoing, panels and dialogs leave the focus on the page.
  await press("1", "u");
  await expect(told(page, "Undone.")).toBeAttached();
  await expect(page.getByRole("radio", { name: "A much better" })).toBeFocused();
  await press("g");
  await expect(told(page, "Opened: Guidelines")).toBeAttached();
  await page.getByRole("button", { name: "Close guidelines" }).focus();
  await press("Enter");
  await expect(told(page, "Closed: Guidelines")).toBeAttached();
  await expect(page.getByRole("radio", { name: "A much better" })).toBeFocused();
  await press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await press("Escape");
  await expectFocusKept(page);
  await press("Enter");
  await expectMissing("Overall");

  // What is not saved, and that it is again.
  await page.context().setOffline(true);
  await press("1");
  await expect(page.getByRole("alert").filter({ hasText: "Kept on this device" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(told(page, "Everything is saved now.")).toBeAttached({ timeout: 90_000 });

  // What comes next, and that nothing is left.
  await press("s");
  await expect(told(page, "Skipped.")).toBeAttached();
  // The toast says the rest.
  const toasts = page.getByRole("region", { name: /^Notifications/ });
  await expect(toasts.getByRole("button", { name: "Bring back" })).toBeVisible();
  expect(await toasts.ariaSnapshot()).not.toContain("Skipped");
  await expect(second).toBeFocused();
  // A press that comes too soon after the other is taken for the same.
  await expect(async () => {
    await press("s");
    await expect(status.filter({ hasText: "All done" })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(page.getByRole("heading", { name: "Label", level: 1 })).toBeFocused();
});
