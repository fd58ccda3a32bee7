import type { Page } from "@playwright/test";
import type { InstanceListItem, InstanceResponse } from "@/lib/instances/schema";
import { defaultComparison, type ComparisonQuestion, type TaskSchema } from "@/lib/projects/schema";
import { expect } from "./people";
import { apiOf, plainPair } from "./workspace";

export const twoAspects = [
  { id: "overall", name: "Overall", definition: "Which is better?" },
  { id: "style", name: "Style", definition: "Which reads better?" },
];

/** The usual comparison with some of it changed. */
export function asking({ reason = "optional", ...change }: Partial<ComparisonQuestion & TaskSchema>): TaskSchema {
  return { questions: [{ ...defaultComparison, ...change }], reason };
}

/** So many instances with the ids i1, i2 and so on. */
export function pairs(count: number): object[] {
  return Array.from({ length: count }, (_, i) => plainPair(`i${i + 1}`));
}

/** Opens the labelling page and waits for an instance. */
export async function openLabel(page: Page, slug: string): Promise<void> {
  await page.goto(`/projects/${slug}/label`);
  await expect(page.getByRole("heading", { name: /^Instance \d+ today$/ })).toBeAttached();
}

/** Waits for the nth instance of today. */
export async function expectInstance(page: Page, number: number): Promise<void> {
  await expect(page.getByRole("heading", { name: `Instance ${number} today` })).toBeAttached();
}

/** The prompt on the screen; empty while there is none. */
export async function promptText(page: Page): Promise<string> {
  const [text = ""] = await page.getByRole("region", { name: "Prompt" }).locator(".prose-reading").allInnerTexts();
  return text.trim();
}

/** Waits until another instance than that with this prompt is on the screen, and gives its prompt. */
export async function otherPrompt(page: Page, before: string): Promise<string> {
  // Between two instances there may be none for a moment.
  await expect.poll(async () => ["", before].includes(await promptText(page))).toBe(false);
  return await promptText(page);
}

/** The instance with that prompt, as researchers see it. */
export async function instanceOf(slug: string, prompt: string): Promise<InstanceResponse> {
  const api = await apiOf();
  const list = (await (await api.get(`/api/v1/projects/${slug}/instances`)).json()) as { items: InstanceListItem[] };
  const { id } = list.items.find(({ promptStart }) => promptStart === prompt)!;
  const found = (await (await api.get(`/api/v1/projects/${slug}/instances/${id}`)).json()) as InstanceResponse;
  await api.dispose();
  return found;
}

/** People's labels as the export of a new snapshot has them. */
export async function exportedLabels(slug: string): Promise<Record<string, string>[]> {
  const api = await apiOf();
  const base = `/api/v1/projects/${slug}/snapshots`;
  const made = await api.post(base, { data: { name: "all", filter: { sources: ["human"], split: "all" } } });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  let text = "";
  await expect
    .poll(async () => {
      const response = await api.get(`${base}/${id}/export?format=labels`);
      text = await response.text();
      return response.status();
    })
    .toBe(200);
  await api.dispose();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
}
