import { expect, test } from "vitest";
import { answerKeyOf, commandOf, type Focus } from "./keys";

type Press = Parameters<typeof commandOf>[0];
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
  expect(commandOf(press("n", { code: "KeyB" }), "elsewhere")).toBeNull();
});
