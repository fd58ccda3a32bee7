import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { copyBy } from "./clipboard";
import { authFile, expect, test } from "./people";
import { importRecords, makeProject, plainPair } from "./workspace";

test.use({ storageState: authFile("admin") });

test("pasted lines are checked, then imported, then recognised", async ({ page }) => {
  await makeProject({ slug: "import-paste", name: "Paste" });
  await page.goto("/projects/import-paste/import");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("Choose a file or paste lines first.")).toBeVisible();
  await page
    .getByLabel("Or paste lines")
    .fill([plainPair("p1"), plainPair("p2")].map((one) => JSON.stringify(one)).join("\n"));

  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByRole("heading", { name: "Check of pasted lines" })).toBeVisible();
  await expect(page.getByText("Nothing was stored: this was a check")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Import of pasted lines" })).toBeVisible();
  await expect(page.getByText("2 created, 0 replaced, 0 unchanged")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("0 created, 0 replaced, 2 unchanged")).toBeVisible();

  const recent = page.getByRole("region", { name: "Recent imports" });
  await expect(recent.getByRole("row")).toHaveCount(4);
  await expect(recent.getByRole("row").nth(3)).toContainText("Check");
  await recent.getByRole("row").nth(3).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Check of pasted lines" })).toBeVisible();
});

test("lines with faults are told by line and field, and the good ones go in", async ({ page }) => {
  await makeProject({ slug: "import-faults", name: "Faults" });
  const label = { annotator: "ann", kind: "human", type: "comparison", preferred: 0 };
  await importRecords("import-faults", [plainPair("old", { labels: [label] })]);
  const lines = [
    JSON.stringify(plainPair("good 1")),
    '{"id": "broken", "prompt": ',
    JSON.stringify(plainPair("nul", { completions: [{ text: "a" }, { text: "b\0c" }] })),
    JSON.stringify(plainPair("old", { prompt: "Another question" })),
    JSON.stringify(plainPair("good 2")),
  ];
  await page.goto("/projects/import-faults/import");
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "mixed.jsonl",
    mimeType: "application/x-ndjson",
    buffer: Buffer.from(lines.join("\n")),
  });
  await expect(page.getByText("mixed.jsonl")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("heading", { name: "3 lines left out" })).toBeVisible();
  await expect(page.getByText("2 created, 0 replaced, 0 unchanged")).toBeVisible();
  const faults = page.getByRole("region", { name: "Lines left out" }).getByRole("row");
  await expect(faults).toHaveCount(4);
  await expect(faults.nth(1)).toHaveText(/^2whole line.*not valid JSON/);
  await expect(faults.nth(2)).toHaveText(/^3completions\.1\.text.*NUL/);
  await expect(faults.nth(3)).toHaveText(/^4id.*old is already here with other content/);

  const csv = await download(page, "CSV");
  expect(csv.name).toBe("mixed.jsonl-faults.csv");
  expect(csv.text.split("\r\n").map((line) => line.split(",")[0])).toEqual(["line", '"2"', '"3"', '"4"', ""]);
  const json = await download(page, "JSON lines");
  expect(
    json.text
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { line: number; code: string }).code),
  ).toEqual(["json", "unstorable", "conflict"]);
});

test("a file of labels goes to the instances that are here", async ({ page }) => {
  await makeProject({ slug: "import-labels", name: "Labels" }, [plainPair("l1")]);
  const line = (instance: string) =>
    JSON.stringify({ instance, annotator: "judge", kind: "lm", type: "comparison", preferred: 1, order: [1, 0] });
  await page.goto("/projects/import-labels/import");
  await page.getByLabel("The file holds").selectOption("labels");
  await expect(page.getByText("Each line names the id of its instance.")).toBeVisible();
  await page.getByLabel("Or paste lines").fill(`${line("l1")}\n${line("nowhere")}`);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("1 created, 0 revised, 0 unchanged")).toBeVisible();
  await expect(page.getByRole("region", { name: "Lines left out" })).toContainText("nowhere");
  await expect(page.getByRole("region", { name: "Recent imports" })).toContainText("(labels)");
});

test("a chosen file can be taken back, an empty one is refused, a dropped one is taken", async ({ page }) => {
  await makeProject({ slug: "import-choose", name: "Choose" });
  await page.goto("/projects/import-choose/import");
  const file = page.getByLabel("File", { exact: true });
  await file.setInputFiles({ name: "empty.jsonl", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("empty.jsonl is empty. Choose another file.")).toBeVisible();
  await page.getByRole("button", { name: "Remove file" }).click();
  await expect(page.getByText("Choose a file or drop it here")).toBeVisible();
  await expect(file).toBeFocused();

  const dropped = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "dropped.jsonl"));
      return transfer;
    },
    JSON.stringify(plainPair("dropped")),
  );
  await page.getByText("Choose a file or drop it here").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByText("dropped.jsonl")).toBeVisible();
  await page.getByRole("button", { name: "Check file" }).click();
  await expect(page.getByText("1 created, 0 replaced, 0 unchanged")).toBeVisible();
});

test("sending can be stopped, and a running import cancelled", async ({ page }) => {
  await makeProject({ slug: "import-cancel", name: "Stopped imports" });
  const lines = Array.from({ length: 40_000 }, (_, i) =>
    JSON.stringify(plainPair(`c${i}`, { context: "words ".repeat(20) })),
  );
  const buffer = Buffer.from(lines.join("\n"));
  await page.goto("/projects/import-cancel/import");
  await page.getByLabel("File", { exact: true }).setInputFiles({ name: "many.jsonl", mimeType: "text/plain", buffer });

  // The answer is held back, so that there is something to stop.
  await page.route(/\/instances\?/, () => {});
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Stop sending" }).click();
  await expect(page.getByRole("button", { name: "Stop sending" })).toHaveCount(0);
  await expect(page.getByRole("alert").filter({ hasText: /\w/ })).toHaveCount(0);
  await page.unroute(/\/instances\?/);

  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByText("Cancelled", { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
});

test("every example of the format can be copied, and what is copied can be imported", async ({ page, context }) => {
  await makeProject({ slug: "import-help", name: "Help" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/projects/import-help/import");
  const copies = page.getByRole("button", { name: /^Copy .* example$/ });
  const examples: string[] = [];
  await expect(copies).toHaveCount(9);
  for (const button of await copies.all()) examples.push(await copyBy(page, button));
  expect(examples).toHaveLength(9);
  await page.getByLabel("Or paste lines").fill(examples.slice(0, 4).join("\n"));
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("6 created, 0 replaced, 0 unchanged")).toBeVisible();
  await expect(page.getByRole("region", { name: "Lines left out" })).toHaveCount(0);
  expect(examples.at(-1)).toContain(new URL(page.url()).origin);
});

async function download(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}
