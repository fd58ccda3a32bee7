import type { Page } from "@playwright/test";
import { expect } from "./people";

/** What is on a page only for its looks, or whose words are those of what is around it. */
const silent = new Set(["generic", "none", "paragraph", "InlineTextBox", "LabelText", "Legend", "ListMarker"]);

/** What nobody knows without a name, as a line that has none. */
const unnamed =
  /^(button|link|radio|checkbox|textbox|searchbox|combobox|switch|radiogroup|group|region|form|heading|image|toolbar)( \[[^\]]*\])?(: .*)?$/;

type Node = { role: string; name: string; description: string; keys: string; children: Node[] };

/** The main part of a page as a screen reader comes through it: a line for each thing, as `role name [keys]: description`. */
export async function heard(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = (id: string): Node[] => {
    const node = byId.get(id);
    if (!node) return [];
    const children = (node.childIds ?? []).flatMap(read);
    const role = String(node.role?.value ?? "none");
    if (node.ignored || silent.has(role)) return children;
    // Nothing is told in it so far.
    if (role === "status" && children.length === 0) return [];
    // What can be folded is called what unfolds it.
    if (role === "group" && children[0]?.role.startsWith("DisclosureTriangle")) return children;
    const keys = node.properties?.find(({ name }) => (name as string) === "keyshortcuts")?.value.value as unknown;
    const textOf = (value: { value?: unknown } | undefined) => String(value?.value ?? "").trim();
    return [
      { role, name: textOf(node.name), description: textOf(node.description), keys: textOf({ value: keys }), children },
    ];
  };
  const main = nodes.find(({ role, ignored }) => role?.value === "main" && !ignored)!;
  return read(main.nodeId).flatMap(({ children }) => children.flatMap((child) => linesOf(child, "")));
}

/** A text that its parent is named with is heard once. */
function linesOf({ role, name, description, keys, children }: Node, around: string): string[] {
  if (role === "StaticText") return name === "" || around.includes(name) ? [] : [name];
  const line = [role, name, keys && `[${keys}]`].filter(Boolean).join(" ");
  return [description ? `${line}: ${description}` : line, ...children.flatMap((child) => linesOf(child, name))];
}

/** Nothing on the page is without a name. */
export function expectNamed(lines: readonly string[]): void {
  expect(lines.filter((line) => unnamed.test(line))).toEqual([]);
}

/** The keyboard is somewhere on the page, not at its start. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.matches("body, main") ?? true), "the focus is lost")
    .toBe(false);
}
