import { expect, test } from "vitest";
import { bindingsOf } from "./bindings";
import { answerKeyOf, commandOf as commandIn, strokeOf, type Focus } from "./keys";

type Press = Parameters<typeof commandIn>[0];
const commandOf = (press: Press, focus: Focus) => commandIn(press, focus, bindingsOf({}));
const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});
const places: Focus[] = ["text", "control", "start", "elsewhere"];

test("digits and letters answer and act everywhere but in text boxes", () => {
  for (const focus of ["control", "start", "elsewhere"] as const) {
    for (const key of ["3", "b", "=", "ArrowUp"]) expect(answerKeyOf(press(key), focus), key).toBe(key);
    for (const [key, command] of [
      ["u", "undo"],
      ["S", "skip"],
      ["g", "guidelines"],
      ["r", "reason"],
      ["f", "flag"],
      ["n", "unsure"],
      ["x", "differences"],
      ["m", "source"],
      ["?", "help"],
      ["Backspace", "previous"],
    ] as const) {
      expect(commandOf(press(key), focus), key).toEqual({ do: command });
    }
  }
  for (const key of ["3", "b", "s", "?", "Backspace", "Enter", "Tab", "PageDown"])
    expect([commandOf(press(key), "text"), answerKeyOf(press(key), "text")], key).toEqual([null, null]);
  for (const key of ["Enter", "Tab", "?", "Backspace", "Escape", " "])
    expect(answerKeyOf(press(key), "elsewhere"), key).toBeNull();
});

test("where completions stand from right to left, the arrow that points at the next one answers as the right arrow", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "3"];
  const answering = keys.map((key) => answerKeyOf(press(key), "elsewhere", "rtl"));
  expect(answering).toEqual(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "3"]);
});

test("Enter submits, but presses a button that has the focus; in a text box it takes Ctrl", () => {
  expect(commandOf(press("Enter"), "elsewhere")).toEqual({ do: "submit" });
  expect(commandOf(press("Enter"), "start")).toEqual({ do: "submit" });
  expect(commandOf(press("Enter"), "control")).toBeNull();
  for (const focus of places) {
    expect(commandOf(press("Enter", { ctrlKey: true }), focus)).toEqual({ do: "submit" });
    expect(commandOf(press("Enter", { metaKey: true }), focus)).toEqual({ do: "submit" });
  }
});

test("a key held down acts once, except for scrolling", () => {
  for (const key of ["Enter", "s", "Backspace"])
    expect(commandOf(press(key, { repeat: true }), "elsewhere"), key).toBeNull();
  expect(answerKeyOf(press("1", { repeat: true }), "elsewhere")).toBeNull();
  expect(commandOf(press("Enter", { repeat: true, ctrlKey: true }), "text")).toBeNull();
  expect(commandOf(press("PageDown", { repeat: true }), "elsewhere")).toEqual({ do: "scroll", direction: 1 });
});

test("the browser's own shortcuts stay its own", () => {
  for (const key of ["s", "r", "u", "g", "1"]) {
    expect(commandOf(press(key, { ctrlKey: true }), "elsewhere")).toBeNull();
    expect(commandOf(press(key, { metaKey: true }), "elsewhere")).toBeNull();
    expect(commandOf(press(key, { altKey: true }), "elsewhere")).toBeNull();
    expect(answerKeyOf(press(key, { ctrlKey: true }), "elsewhere")).toBeNull();
  }
});

test("Tab enters the questions from the start of an instance, and moves natively from there", () => {
  expect(commandOf(press("Tab"), "start")).toEqual({ do: "enter-questions" });
  expect(commandOf(press("Tab", { shiftKey: true }), "start")).toBeNull();
  expect(commandOf(press("Tab"), "elsewhere")).toBeNull();
});

test("Escape leaves a text box, and closes what is open elsewhere", () => {
  expect(commandOf(press("Escape"), "text")).toEqual({ do: "leave-text" });
  expect(commandOf(press("Escape"), "elsewhere")).toEqual({ do: "close" });
});

test("on a keyboard of another script the place of the key counts, not so on another Latin one", () => {
  expect(commandOf(press("ы", { code: "KeyS" }), "elsewhere")).toEqual({ do: "skip" });
  expect(answerKeyOf(press("и", { code: "KeyB" }), "elsewhere")).toBe("b");
  expect(answerKeyOf(press("b", { code: "KeyN" }), "elsewhere")).toBe("b");
  expect(commandOf(press("l", { code: "KeyS" }), "elsewhere")).toBeNull();
});

test("Shift makes another key of a letter, Caps Lock does not, and a character is what was typed", () => {
  expect(strokeOf(press("U", { shiftKey: true }))).toBe("Shift+u");
  expect(strokeOf(press("U"))).toBe("u");
  expect(strokeOf(press("?", { shiftKey: true }))).toBe("?");
  expect(strokeOf(press("Enter", { shiftKey: true }))).toBe("Enter");
  expect(commandOf(press("U", { shiftKey: true }), "elsewhere")).toEqual({ do: "redo" });
});

test("Ctrl or Cmd with Z and Y undo and redo, but not what a text box has of its own", () => {
  for (const modifier of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(commandOf(press("z", modifier), "elsewhere")).toEqual({ do: "undo" });
    expect(commandOf(press("Z", { ...modifier, shiftKey: true }), "start")).toEqual({ do: "redo" });
    expect(commandOf(press("y", modifier), "control")).toEqual({ do: "redo" });
    expect(commandOf(press("z", modifier), "text")).toBeNull();
    expect(commandOf(press("y", modifier), "text")).toBeNull();
  }
  expect(commandOf(press("z", { ctrlKey: true, altKey: true }), "elsewhere")).toBeNull();
});

test("a person's own keys act in place of the standard ones", () => {
  const own = bindingsOf({ skip: "k", submit: "F2" });
  expect(commandIn(press("k"), "elsewhere", own)).toEqual({ do: "skip" });
  expect(commandIn(press("s"), "elsewhere", own)).toBeNull();
  expect(commandIn(press("F2"), "control", own)).toEqual({ do: "submit" });
  expect(commandIn(press("Enter"), "elsewhere", own)).toBeNull();
  expect(commandIn(press("Enter", { ctrlKey: true }), "text", own)).toEqual({ do: "submit" });
});
