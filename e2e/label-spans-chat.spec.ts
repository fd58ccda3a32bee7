import type { InstanceResponse } from "@/lib/instances/schema";
import type { LabelView } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { expectAccessible } from "./axe";
import { expectNoSidewaysScroll } from "./fits";
import { exportedLabels, expectInstance, openLabel } from "./labelling";
import { authFile, expect, test } from "./people";
import { selectByMouse } from "./select-words";
import { apiOf, makeProject } from "./workspace";

test.use({ storageState: authFile("admin") });

const asked = (name: string) => ({ id: name.toLowerCase(), name, definition: `What is ${name}` });
const questions: Question[] = [
  {
    ...{ id: "errors", type: "spans", name: "Errors", definition: "What is wrong?" },
    ...{ categories: ["Wrong", "Irrelevant"].map(asked), severities: [], onPrompt: true },
  },
  {
    ...{ id: "critique", type: "critique", name: "Critique", definition: "What is wrong with it?" },
    ...{ isRequired: false, rewrite: "off", quotes: "errors" },
  },
];

const messages = [
  { role: "system", content: "Be **kind** 👩‍🚀.\r\nAlways." },
  ...Array.from({ length: 8 }, (_, n) => [
    { role: "user", content: `Question ${n}: what is $E = mc^2$ &amp; more?` },
    { role: "assistant", content: `Answer ${n} has *words* that go on for a while, as answers do.` },
  ]).flat(),
  { role: "tool", content: '{"result": 42}' },
  { role: "user", content: "Last words." },
];

type Marked = { completion: number | "prompt"; message?: number; start: number; end: number; category: string };

/** What the current label marks, quoted by the offsets that are stored. */
function quotesOf({ payload }: Pick<LabelView, "payload">): string[] {
  return (payload.spans as Marked[]).map(({ message, start, end, category }) => {
    const words = Array.from(messages[message!]!.content).slice(start, end).join("");
    return `${message} ${category}: ${words}`;
  });
}

test("a conversation is marked by mouse and by keyboard, message by message, and quoted, exported and shown", async ({
  page,
}) => {
  const slug = "spans-chat";
  await makeProject(
    { slug, name: "Trial", overlap: 1, taskSchema: { questions, reason: "off" } },
    ["i1", "i2"].map((id) => ({ id, messages, completions: [{ text: "The answer." }] })),
  );
  await openLabel(page, slug);
  const chat = page.getByRole("group", { name: "Conversation", exact: true });
  const turns = chat.getByRole("listitem");
  const rows = page.getByRole("region", { name: "Spans in the conversation" }).getByRole("button");
  const row = (name: string) => rows.and(page.getByRole("button", { name, exact: true }));
  const selected = () => page.evaluate(() => getSelection()!.toString().trim());
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  // By mouse, also over another mark.
  await selectByMouse(page, turns.nth(0), "kind 👩‍🚀");
  await press("w");
  await selectByMouse(page, turns.nth(0), "👩‍🚀. Always");
  await page
    .getByRole("toolbar", { name: "Mark the selection as" })
    .getByRole("button", { name: "Irrelevant" })
    .click();
  await selectByMouse(page, turns.nth(3), "& more");
  await press("i");
  await expect(rows).toHaveCount(3);
  await expect(turns.nth(0).locator("[data-span]")).toHaveCount(2);
  await expect(turns.nth(3).locator("[data-span]")).toHaveCount(1);

  // Keys begin where the conversation ends, and go on from one message to the one before it.
  await page.getByRole("region", { name: "Spans in the conversation" }).focus();
  await press("Escape");
  await page.evaluate(() => getSelection()!.removeAllRanges());
  await press("ArrowLeft");
  expect(await selected()).toBe("words");
  await press("ArrowLeft", "ArrowLeft");
  expect(await selected()).toBe("42");
  await press("w");
  await expect(row("Wrong, 42, message 18")).toBeVisible();
  await press("Escape", "ArrowRight", "ArrowRight");
  expect(await selected()).toBe("Last");
  await press("i", "u");
  await expect(rows).toHaveCount(4);

  // What is folded unfolds where one of its spans is picked, and a critique quotes it.
  await turns.nth(0).getByText("System").click();
  await page.getByRole("button", { name: "Fold", exact: true }).click();
  await expect(page.getByRole("button", { name: "Unfold" })).toBeVisible();
  await row("Wrong, kind** 👩‍🚀, message 1").click();
  await expect(turns.nth(0).getByText("kind")).toBeInViewport();
  await expect(page.getByRole("button", { name: "Fold", exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("m");
  await expect(turns.nth(0)).toContainText("**kind**");
  await expect(turns.nth(0).locator("[data-span]")).toHaveCount(2);
  await page.keyboard.press("m");
  const quote = page.getByRole("group", { name: "Spans quoted in Critique of A" });
  await quote.getByRole("button", { name: "Wrong, 42, message 18" }).click();
  await page.getByRole("textbox", { name: "Critique of A (required)" }).fill("As in the conversation.");
  await page.getByRole("checkbox", { name: "Nothing to mark in A" }).check();

  // A reload brings the draft, on a phone too.
  await expect(page.locator("[data-save-state=saved]")).toBeVisible();
  await page.reload();
  await expectInstance(page, 1);
  await expect(rows).toHaveCount(4);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expectInstance(page, 2);
  // The next instance does not wait for the server.
  await expect(page.locator("[data-save-state=saved]")).toBeAttached();

  const marked = ["0 wrong: kind** 👩‍🚀", "0 irrelevant: 👩‍🚀.\r\nAlways", "3 irrelevant: &amp; more", "17 wrong: 42"];
  const exported = await exportedLabels(slug);
  const spans = exported.find(({ type }) => type === "spans")!;
  expect(quotesOf({ payload: JSON.parse(spans.payload!) as LabelView["payload"] })).toEqual(marked);
  const critique = exported.find(({ type }) => type === "critique")!;
  expect(JSON.parse(critique.payload!)).toMatchObject({ quotes: ["message-17:11-13:wrong"] });

  await page.setViewportSize({ width: 1440, height: 900 });
  const api = await apiOf();
  const list = (await (await api.get(`/api/v1/projects/${slug}/instances`)).json()) as { items: { id: string }[] };
  const found = await Promise.all(
    list.items.map(
      async ({ id }) => (await (await api.get(`/api/v1/projects/${slug}/instances/${id}`)).json()) as InstanceResponse,
    ),
  );
  await api.dispose();
  const { id } = found.find(({ labels }) => labels.length > 0)!;
  await page.goto(`/projects/${slug}/instances/${id}`);
  await page.getByText("4 spans: Wrong, Irrelevant").first().click();
  await expect(page.getByText("Wrong in message 18 (tool), 11 to 13: “42”").first()).toBeVisible();
  // The letter of its category, then the words.
  await expect(page.getByRole("list", { name: "Quoted spans" })).toHaveText(
    "wWrong in message 18 (tool), 11 to 13: “42”",
  );
  await expect(page.getByText("message 4 (user)", { exact: true }).first()).toBeAttached();
});
