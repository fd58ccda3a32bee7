import { expectAccessible } from "./axe";
import type { RunView } from "@/lib/jobs/schema";
import type { RewardModelView } from "@/lib/reward/schema";
import { expectNoSidewaysScroll } from "./fits";
import { authFile, expect, test } from "./people";
import { apiOf, makeProject } from "./workspace";

const slug = "reward-pages";
const good = ["kindly", "exactly", "verified"];
const bad = ["whatever", "dunno", "shrug"];

const inputOf = (slug: string) => ({ slug, name: "Reward pages" }) as Parameters<typeof makeProject>[0];

const aspects = ["overall", "kind", "true"].map((id) => ({ id, name: id, definition: "" }));
const taskSchema = {
  questions: [
    { id: "comparison", type: "comparison", scale: 5, bothBad: true, aspects },
    { id: "rating", type: "rating", aspects: aspects.slice(0, 1), scale: { kind: "points", points: 5 } },
    { id: "binary", type: "binary", name: "Thumb", definition: "", kind: "thumb" },
  ],
  reason: "off",
} as unknown as Parameters<typeof makeProject>[0]["taskSchema"];

const by = { annotator: "ann", kind: "human" };

/** Good texts are rated higher; bad ones are marked as vague, and are wrong steps. */
function ownLabels(completion: number, isGood: boolean, end: number, value: number): object[] {
  const spans = isGood ? [] : [{ completion, start: 0, end, category: "vague" }];
  return [
    { ...by, type: "rating", completion, value: isGood ? value : 2 },
    { ...by, type: "binary", completion, value: isGood },
    { ...by, type: "spans", covered: [completion], spans },
    { ...by, type: "steps", completion, first_error: isGood ? null : 0 },
  ];
}

/** Pairs of texts of which the one with a good word is preferred on every aspect. */
const records = Array.from({ length: 90 }, (_, i) => {
  const texts = [
    `The report is ${good[i % 3]} simple and number ${i}.`,
    `The report is ${bad[i % 3]} simple and number ${i}.`,
  ];
  const isSwapped = i % 2 === 1;
  return {
    id: `r${i}`,
    prompt: `Question ${i}`,
    completions: (isSwapped ? texts.toReversed() : texts).map((text) => ({ text })),
    labels: [
      ...aspects.map(({ id: aspect }) => ({ ...by, type: "comparison", aspect, preferred: isSwapped ? 1 : 0 })),
      { ...by, annotator: "bob", type: "comparison", preferred: isSwapped ? 1 : 0 },
      ...[0, 1].flatMap((completion) =>
        ownLabels(completion, completion === Number(isSwapped), texts[1]!.length, 4 + (i % 2)),
      ),
    ],
    meta: { domain: ["law", "cooking at home, for many guests and with few pans", "gardens"][i % 3] },
  };
});

test.use({ storageState: authFile("admin") });
test.describe.configure({ mode: "serial" });

test("a project without labels says what training needs, and a training fails with it", async ({ page }) => {
  await makeProject(inputOf(`${slug}-empty`));
  await page.goto(`/projects/${slug}-empty/reward-models`);
  await expect(page.getByRole("heading", { name: "No reward model yet" })).toBeVisible();
  await expect(page.getByText("at least 20 pairs")).toBeVisible();
  await page.getByRole("button", { name: "Train reward model" }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "at least 20 pairs of completions that are not ties" });
  await expect(refusal).toBeVisible({ timeout: 90_000 });

  await page.getByRole("switch", { name: "Train again by itself" }).click();
  await page.getByLabel("After so many new labels").fill("30");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByText("Training by itself waits for them.")).toBeVisible();
});

test("a model is trained, serves, scores texts and is downloaded", async ({ page }) => {
  test.setTimeout(360_000);
  await makeProject({ ...inputOf(slug), taskSchema }, records);
  await page.goto(`/projects/${slug}/reward-models`);
  await page.getByRole("button", { name: "Train reward model" }).click();
  await expect(page.getByRole("heading", { name: /^Version 1/ })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole("region", { name: "Accuracy on the test pairs" })).toContainText("Longer wins");
  await expect(page.getByRole("img", { name: /^Reliability/ })).toBeVisible();
  await expect(page.getByText("Weak evidence").first()).toBeVisible();

  const playground = page.locator("form").filter({ has: page.getByRole("button", { name: "Score completions" }) });
  await playground.getByLabel("Prompt", { exact: true }).fill("Which report?");
  await playground.getByRole("textbox", { name: "Completion A" }).fill("The report is kindly simple.");
  await playground.getByRole("textbox", { name: "Completion B" }).fill("The report is whatever simple.");
  await playground.getByRole("button", { name: "Add completion" }).click();
  await expect(playground.getByRole("textbox", { name: "Completion C" })).toBeVisible();
  await playground.getByRole("button", { name: "Remove completion C" }).click();
  await playground.getByRole("button", { name: "Score completions" }).click();
  await expect(playground.getByRole("region", { name: "Rewards", exact: true })).toContainText("Completion B");
  await expect(playground.getByText(/Completion A is preferred with a probability of/)).toBeVisible();
  const said = playground.getByRole("region", { name: "What each head says" });
  for (const head of ["Gated reward", "kind", "rating, overall", "binary"])
    await expect(said.getByRole("cell", { name: head }).first()).toBeVisible();

  const [dense, other] = ["a", "b"].map((name) =>
    playground.getByRole("region", { name: `Dense rewards of completion ${name}` }),
  );
  await expect(playground.getByRole("list", { name: "Categories" })).toContainText("vague");
  await other!.getByRole("group", { name: /^vague/ }).focus();
  await expect(other!.getByText(/^vague [\d.]+\s?%$/)).toBeVisible();
  await expect(dense!.getByText(/^good \d+/)).toBeVisible();
  await expect(other!.getByText(/^bad \d+/)).toBeVisible();

  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download ONNX file" }).click();
  expect((await download).suggestedFilename()).toBe(`${slug}-reward-model-1.onnx`);
});

test("a version shows its gate, another one is promoted, and that is rolled back", async ({ page }) => {
  test.setTimeout(360_000);
  const api = await apiOf();
  const started = await api.post(`/api/v1/projects/${slug}/reward-models`, { data: { seed: 2 } });
  expect(started.status(), await started.text()).toBe(202);
  const { id } = (await started.json()) as { id: string };
  await expect
    .poll(async () => ((await (await api.get(`/api/v1/projects/${slug}/runs/${id}`)).json()) as RunView).state, {
      timeout: 240_000,
    })
    .toBe("succeeded");
  const listed = await api.get(`/api/v1/projects/${slug}/reward-models`);
  const { items } = (await listed.json()) as { items: RewardModelView[] };
  const waiting = items.find(({ isActive }) => !isActive)!;
  await api.dispose();

  await page.goto(`/projects/${slug}/reward-models`);
  await page.getByRole("link", { name: `Version ${waiting.version}` }).click();
  await expect(page.getByRole("heading", { name: "Promotion gate" })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Learning curve/ })).toBeVisible();
  await expect(page.getByRole("region", { name: /^Beside version/ })).toContainText("Right on test pairs");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const tabs = page.getByRole("navigation", { name: "About this version" });
  const openTab = async (name: string, address: string) => {
    await tabs.getByRole("link", { name }).click();
    await expect(page).toHaveURL(new RegExp(`tab=${address}$`));
    await expect(tabs.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  };
  await openTab("Heads", "heads");
  const heads = page.getByRole("region", { name: "Heads" }).last();
  for (const figure of ["Gated reward", "Quadratic kappa", "Area under ROC"]) await expect(heads).toContainText(figure);
  await expect(page.getByRole("region", { name: "Segments by category" })).toContainText("vague");
  await expect(page.getByText("First error named right")).toBeVisible();
  await expectAccessible(page);
  const card = await page.request.get((await page.getByRole("link", { name: "Model card" }).getAttribute("href"))!);
  expect(await card.text()).toContain(`# Reward model ${waiting.version} of ${slug}`);
  await openTab("Where it is good", "slices");
  await expect(page.getByRole("region", { name: "Accuracy by kind of pair" })).toContainText("cooking at home");
  await expect(page.getByRole("heading", { name: "Promotion gate" })).toBeHidden();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await openTab("People", "people");
  await expect(page.getByRole("region", { name: "Agreement with each annotator" })).toContainText("bob");
  await openTab("Doubtful labels", "labels");
  await page.getByRole("link", { name: "Hardest" }).click();
  const hardest = page.getByRole("region", { name: "Hardest labels" });
  await expect(hardest.getByRole("row")).not.toHaveCount(1);
  await page.getByLabel("Given by").selectOption("import:bob");
  await expect(page).toHaveURL(/tab=labels&suspects=hardest&annotator=import%3Abob$/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await openTab("Playground", "playground");
  await page.getByRole("textbox", { name: "Completion A" }).fill("The report is kindly simple.");
  await page.getByRole("button", { name: "Score completions" }).click();
  await expect(page.getByRole("region", { name: "Rewards", exact: true })).toContainText(`Version ${waiting.version}`);
  await openTab("Made from", "made-from");
  await page.getByText("Configuration").click();
  await expect(page.getByRole("region", { name: "code" })).toContainText("maskedShare");
  await page.getByRole("button", { name: `Promote version ${waiting.version}` }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill("To see it in use");
  await dialog.getByRole("button", { name: "Promote version" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Reward model", exact: true }).first().click();
  const before = items.find(({ isActive }) => isActive)!.version;
  await page.getByRole("button", { name: `Roll back to version ${before}` }).click();
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(dialog.getByText("Give the reason")).toBeVisible();
  await dialog.getByLabel("Reason").fill("It praises lists");
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(page.getByText(`Version ${before} serves again`)).toBeVisible();
  await expect(page.getByRole("heading", { name: new RegExp(`^Version ${before} Active`) })).toBeVisible();
});

test("encoder, schedule and kept files are saved, and a schedule that cannot be read is refused beside its field", async ({
  page,
}) => {
  await page.goto(`/projects/${slug}/reward-models`);
  await page.getByLabel("Model", { exact: true }).selectOption("tiny-bert");
  await page.getByLabel("Pooling").selectOption("First token");
  await page.getByRole("button", { name: "Save encoder" }).click();
  await expect(page.getByText("Encoder saved")).toBeVisible();
  await page.getByLabel("Labels that may be wrong").selectOption("Turn round those that are probably wrong");
  const certainty = page.getByLabel("When wrong with at least this probability");
  await certainty.fill("0.2");
  await page.getByRole("button", { name: "Save treatment" }).click();
  await expect(page.getByText("must be at least 0.5")).toBeVisible();
  await certainty.fill("0.7");
  await page.getByRole("button", { name: "Save treatment" }).click();
  await expect(page.getByText("Treatment of labels saved")).toBeVisible();
  await page.getByRole("switch", { name: "Train again by itself" }).check();
  await page.getByLabel("After so many new labels").fill("many");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByText("Give a whole number, or leave it empty.")).toBeVisible();
  await page.getByLabel("After so many new labels").fill("1000");
  await page.getByLabel("At these times (UTC)").fill("whenever");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByText(/Must be five fields/)).toBeVisible();
  await page.getByLabel("At these times (UTC)").fill("0 3 * * 1");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByText("Schedule saved")).toBeVisible();
  await page.getByLabel("Keep so many of the newest").fill("5");
  await page.getByLabel("And those that served within so many days").fill("0");
  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByText("must be at least 1")).toBeVisible();
  await page.getByLabel("And those that served within so many days").fill("30");
  await page.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByText("Rule saved")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Model", { exact: true })).toHaveValue("tiny-bert");
  await expect(page.getByLabel("When wrong with at least this probability")).toHaveValue("0.7");
  await expect(page.getByLabel("Pooling")).toHaveValue("cls");
  // As it is to be done when the model's files have changed.
  await page.getByRole("button", { name: "Save encoder" }).click();
  await expect(page.getByText("Encoder saved")).toBeVisible();
  await expect(page.getByLabel("After so many new labels")).toHaveValue("1000");
  await expect(page.getByLabel("At these times (UTC)")).toHaveValue("0 3 * * 1");
  await expect(page.getByLabel("Keep so many of the newest")).toHaveValue("5");
  await expect(page.getByLabel("And those that served within so many days")).toHaveValue("30");
});
