import { expect, test } from "vitest";
import { bindingsOf } from "../bindings";
import type { Focus } from "../keys";
import { withKeys } from "../questions/span-categories";
import { markingCommandOf } from "./marking-keys";

const categories = withKeys(
  ["False", "Irrelevant"].map((name) => ({ id: name, name, definition: "" })),
  bindingsOf({}),
);
const state = {
  ...{ focus: "elsewhere" as Focus, held: null, isActive: true, categories, severities: ["minor", "major"] },
  isRightToLeft: false,
};
type Changes = Partial<Parameters<typeof markingCommandOf>[1]>;
const command = (key: string, changes: Changes = {}, more: Partial<KeyboardEvent> = {}) =>
  markingCommandOf(
    { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
    { ...state, ...changes },
  );

test("letters mark what is selected and change what is picked; without either they are the page's", () => {
  for (const held of ["selection", "span"] as const)
    expect(command("i", { held })).toEqual({ do: "categorise", category: "Irrelevant" });
  expect(command("i")).toBeNull();
  expect(command("q", { held: "span" })).toBeNull();
  expect(command("ш", { held: "span" }, { code: "KeyI" })).toEqual({ do: "categorise", category: "Irrelevant" });
});

test("digits and Delete are for a picked span alone", () => {
  expect(command("2", { held: "span" })).toEqual({ do: "rate", severity: "major" });
  expect(command("3", { held: "span" })).toBeNull();
  for (const key of ["Delete", "Backspace"]) expect(command(key, { held: "span" }), key).toEqual({ do: "remove" });
  for (const key of ["2", "Delete", "Backspace"]) expect(command(key, { held: "selection" }), key).toBeNull();
});

test("arrows select words and lines, and with Shift more of them or the ends of a picked span", () => {
  expect(command("ArrowRight")).toEqual({ do: "word", direction: "forward", grows: false });
  expect(command("ArrowUp", {}, { shiftKey: true })).toEqual({ do: "line", direction: "backward", grows: true });
  expect(command("ArrowLeft", { held: "span" })).toEqual({ do: "word", direction: "backward", grows: false });
  const shift = { shiftKey: true };
  expect(command("ArrowLeft", { held: "span" }, shift)).toEqual({ do: "move", edge: "end", direction: "backward" });
  expect(command("ArrowDown", { held: "span" }, shift)).toEqual({ do: "move", edge: "start", direction: "forward" });
});

test("where words go from right to left, the left arrow goes on and the right one back", () => {
  const changes = { isRightToLeft: true };
  expect(command("ArrowLeft", changes)).toEqual({ do: "word", direction: "forward", grows: false });
  expect(command("ArrowDown", changes)).toEqual({ do: "line", direction: "forward", grows: false });
  expect(command("ArrowRight", { ...changes, held: "span" }, { shiftKey: true })).toEqual({
    ...{ do: "move", edge: "end", direction: "backward" },
  });
});

test("keys about another question stay with it, those of text boxes and of the browser, too", () => {
  for (const key of ["i", "2", "ArrowRight", "Escape", "Delete"])
    expect(command(key, { isActive: false, held: "span" }), key).toBeNull();
  expect(command("i", { focus: "text", held: "span" })).toBeNull();
  expect(command("i", { held: "span" }, { ctrlKey: true })).toBeNull();
});
