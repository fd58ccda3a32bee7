import type { Page } from "@playwright/test";
import type { ExportDefaults } from "@/lib/projects/export-defaults/schema";
import type { ProjectResponse } from "@/lib/projects/schema";
import { templateIds } from "@/lib/projects/templates/ids";
import { templates } from "@/lib/projects/templates/templates";
import { answerAll } from "./answer-all";
import { expectAccessible } from "./axe";
import { compareLabels, type LabelRow } from "./compare-labels";
import { expectNoSidewaysScroll } from "./fits";
import { openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { buildSchema } from "./schema-builder";
import { apiOf, importRecords, makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

type PreferenceRow = { instance_id: string; chosen_id: string; rejected_id: string };

/** The rows of people's labels by each of the files. */
async function exportOf(slug: string, files: readonly ExportDefaults[]): Promise<unknown[][]> {
  const api = await apiOf();
  const base = `/api/v1/projects/${slug}/snapshots`;
  const made = await api.post(base, { data: { name: "all", filter: { sources: ["human"], split: "all" } } });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const read = async (file: ExportDefaults) => await api.get(`${base}/${id}/export?${new URLSearchParams(file)}`);
  await expect.poll(async () => (await read({ format: "labels" })).status()).toBe(200);
  const texts = await Promise.all(
    files.map(async (file) => {
      const response = await read(file);
      expect(response.ok(), await response.text()).toBe(true);
      return await response.text();
    }),
  );
  await api.dispose();
  return texts.map((text) => text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as unknown])));
}

async function projectOf(slug: string): Promise<ProjectResponse> {
  const api = await apiOf();
  const project = (await (await api.get(`/api/v1/projects/${slug}`)).json()) as ProjectResponse;
  await api.dispose();
  return project;
}

for (const id of templateIds) {
  test(`the template ${id} is built by the editor, labelled, and exported as it was labelled`, async ({ page }) => {
    const { taskSchema, guidelines, exportDefaults, samples } = templates[id];
    const slug = `built-${id}`;
    await makeProject({ slug, name: `Built: ${id}`, overlap: 1 });
    await page.goto(`/projects/${slug}/task-schema`);
    await buildSchema(page, taskSchema);
    await page.getByLabel("Guidelines in markdown").fill(guidelines);
    await page.getByRole("button", { name: "Save task schema" }).click();
    await expect(page.getByText("Saved as task schema version 2 and guidelines version 2.")).toBeVisible();
    const stored = await projectOf(slug);
    expect(stored.taskSchema).toEqual(taskSchema);
    expect(stored.guidelines).toBe(guidelines);

    await importRecords(slug, [samples[0]!]);
    await openLabel(page, slug);
    const said = await answerAll(page, taskSchema);
    await page.getByRole("button", { name: "Submit and next" }).click();
    await expect(page.getByRole("heading", { name: "All done" })).toBeVisible();

    const [labels, rows] = (await exportOf(slug, [{ format: "labels" }, exportDefaults])) as [LabelRow[], unknown[]];
    const texts = new Map<number | "prompt", string>(samples[0]!.completions.map(({ text = "" }, at) => [at, text]));
    if ("prompt" in samples[0]!) texts.set("prompt", samples[0].prompt);
    compareLabels(labels, said, { schema: taskSchema, texts });
    if (exportDefaults.format === "labels") return expect(rows).toEqual(labels);
    const { question, shown_order, completion_ids } = labels.find(
      (one) => one.aspect === exportDefaults.aspect && one.type === "comparison",
    )!;
    const chosen =
      completion_ids[Number(shown_order.split("-")[said.get(`${question} ${exportDefaults.aspect}`) as number])];
    expect(rows as PreferenceRow[]).toMatchObject([{ instance_id: samples[0]!.id, chosen_id: chosen }]);
  });
}

/** Counts what somebody presses with the mouse. */
async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction("countClick", () => {
    clicks += 1;
  });
  await page.addInitScript(() => {
    const counted = window as unknown as { countClick: () => void };
    window.addEventListener("pointerdown", () => counted.countClick(), { capture: true });
  });
  return () => clicks;
}

test("a newcomer comes from the list of projects to the first label by a template", async ({ page }) => {
  const clicks = await countClicks(page);
  await page.goto("/projects");
  const started = performance.now();
  await page.getByRole("link", { name: "New project" }).first().click();
  const cards = page.getByRole("list", { name: "Templates" });
  await expect(cards.getByRole("link")).toHaveCount(1 + templateIds.length);
  await expectAccessible(page);
  await cards.getByRole("link", { name: "MultiPref" }).click();
  await expect(page.getByLabel("Slug")).toHaveValue("multipref");
  await expect(page.getByLabel(/^Import the 4 sample instances/)).toBeChecked();
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: "Instance 1 today" })).toBeAttached();
  for (const key of ["1", "Tab", "3", "Tab", "3", "Tab", "2", "Enter"]) await page.keyboard.press(key);
  await expect(page.getByRole("heading", { name: "Instance 2 today" })).toBeAttached();
  const seconds = (performance.now() - started) / 1000;
  console.log(`From the list of projects to the first label: ${clicks()} clicks, ${seconds.toFixed(1)} s`);
  expect(clicks()).toBeLessThanOrEqual(3);
  const { exportDefaults, overlap, guidelines } = templates.multipref;
  expect(await projectOf("multipref")).toMatchObject({ exportDefaults, overlap, guidelines });

  await page.goto("/projects/multipref/export");
  await page.getByLabel("Name").fill("First");
  await page.getByRole("button", { name: "Make snapshot" }).click();
  await expect(page.getByRole("link", { name: "Download preferences on overall, consensus" })).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/projects/new");
  await expectNoSidewaysScroll(page);
});

test("a project that nobody has labelled can start from a template in the editor", async ({ page }) => {
  const slug = "starts-from-template";
  await makeProject({ slug, name: "Starts from a template" });
  await page.goto(`/projects/${slug}/task-schema`);
  await page.getByText("Start from a template").click();
  await page.getByRole("link", { name: "Safety with two scores" }).click();
  await expect(page.getByText("This is the template Safety with two scores.")).toBeVisible();
  await page.getByRole("button", { name: "Save task schema" }).click();
  await expect(page.getByText("Saved as task schema version 2 and guidelines version 2.")).toBeVisible();
  const { taskSchema, guidelines, exportDefaults } = templates["safety-two-scores"];
  expect(await projectOf(slug)).toMatchObject({ taskSchema, guidelines, exportDefaults });
});
