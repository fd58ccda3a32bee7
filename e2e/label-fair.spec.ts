import type { Page } from "@playwright/test";
import type { Question } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { asking, exportedLabels, instanceOf, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const suggestion = (page: Page) => page.getByRole("group", { name: "Suggestion" });

test("a project hides who wrote what and shows what AI suggests; who follows it is on record", async ({ page }) => {
  const slug = "fair-shown";
  await makeProject({ slug, name: "Trial", overlap: 1, taskSchema: asking({ scale: 5 }) }, [
    {
      ...{ id: "i1", prompt: "Question i1" },
      completions: [
        { text: "I am Claude, made by Anthropic. Red.", model: "marvin-7b" },
        { text: "As ChatGPT, I say green, as Marvin 7B does.", model: "eddie" },
      ],
      labels: [{ annotator: "judge", kind: "lm", type: "comparison", preferred: 1, strength: 2, scale: 5 }],
    },
  ]);
  await page.goto(`/projects/${slug}/settings`);
  await page.getByLabel("Hide the names of models in completions").check();
  await page.getByLabel("AI suggestions").selectOption("shown");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings saved.")).toBeVisible();

  const answered = page.waitForResponse((response) => response.url().endsWith("/assignments/next"));
  const document = page.waitForResponse((response) => response.url().endsWith(`/projects/${slug}/label`));
  await openLabel(page, slug);
  const names = /claude|anthropic|chatgpt|marvin|eddie/i;
  expect(await (await answered).text()).not.toMatch(names);
  // The first instance comes with the page as well.
  expect(await (await document).text()).toMatch(/name hidden/);
  expect(await (await document).text()).not.toMatch(names);
  await expect(page.getByText("I am [name hidden], made by [name hidden]. Red.")).toBeVisible();
  await expect(page.getByText("As [name hidden], I say green, as [name hidden] does.")).toBeVisible();
  await expect(suggestion(page)).toContainText(/^AI suggests: [AB] much better/);
  await expectAccessible(page);
  await suggestion(page).getByRole("button", { name: "Use it" }).click();
  await expect(suggestion(page)).toContainText(/much better \(used\)$/);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  // The focus is with the answer, so Enter submits.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();

  const { id, labels } = await instanceOf(slug, "Question i1");
  const [own, ai] = ["human", "lm"].map((source) => labels.find((label) => label.source === source)!);
  expect(own!.payload).toEqual(ai!.payload);
  const recorded = { label: ai!.id, source: "lm", mode: "shown", taken: true };
  expect(own!.suggestion).toEqual(recorded);
  const [row] = await exportedLabels(slug);
  expect(JSON.parse(row!.meta!)).toEqual({ suggestion: recorded });
  await page.goto(`/projects/${slug}/instances/${id}`);
  await expect(page.getByText("saw an AI suggestion, took it")).toBeVisible();
  await page.goto(`/projects/${slug}`);
  await expect(page.getByText("1 label left out: given by people who saw what AI suggests.")).toBeVisible();
});

test("marks that AI filled in are cleared, brought back and looked through", async ({ page }) => {
  const slug = "fair-filled";
  const errors: Question = {
    ...{ id: "spans", type: "spans", name: "Errors", definition: "What is wrong?", severities: [], onPrompt: false },
    categories: [{ id: "wrong", name: "Wrong", definition: "" }],
  };
  const spans = [0, 1].map((completion) => ({ completion, start: 4, end: 9, category: "wrong" }));
  await makeProject(
    {
      ...{ slug, name: "Trial", overlap: 1 },
      taskSchema: { questions: [errors], reason: "off", suggestions: "prefilled" },
    },
    [
      {
        ...{ id: "i1", prompt: "Question i1", completions: [{ text: "The green sky." }, { text: "The round Earth." }] },
        labels: [{ annotator: "checker", kind: "tool", type: "spans", covered: [0, 1], spans }],
      },
    ],
  );
  await openLabel(page, slug);
  await expect(suggestion(page)).toContainText("AI marked 2 places (filled in)");
  await expect(page.getByText("2 marked")).toBeVisible();
  await suggestion(page).getByRole("button", { name: "Clear" }).click();
  await expect(page.getByText("nothing marked")).toBeVisible();
  await expect(suggestion(page).getByRole("button", { name: "Use it" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(page.getByText("2 marked")).toBeVisible();
  await page.getByRole("checkbox", { name: "Done with A" }).check();
  await page.getByRole("checkbox", { name: "Done with B" }).check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();
  const { labels } = await instanceOf(slug, "Question i1");
  const own = labels.find(({ source }) => source === "human")!;
  expect(own.payload).toEqual({ covered: [0, 1], spans });
  expect(own.suggestion).toMatchObject({ source: "tool", mode: "prefilled", taken: true });
});
