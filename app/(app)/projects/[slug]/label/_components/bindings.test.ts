import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import {
  type Bindings,
  bindingsOf,
  type CommandName,
  commandNames,
  nameKey,
  refuseKey,
  standardKeys,
  withKey,
} from "./bindings";

const standard = bindingsOf({});
const refused = (bindings: Bindings, command: CommandName, key: string) =>
  refuseKey(bindings, command, key, translatorOf("label"));

test("the standard keys are all different, and none answers a question", () => {
  const keys = commandNames.map((name) => standardKeys[name]);
  expect(new Set(keys).size).toBe(keys.length);
  for (const name of commandNames) {
    expect(standard[name]).toBe(standardKeys[name]);
    expect(refused(standard, name, standardKeys[name]), name).toBeNull();
  }
});

test("a person's own key counts, and two commands can change places", () => {
  expect(bindingsOf({ skip: "k" })).toEqual({ ...standard, skip: "k" });
  expect(bindingsOf({ skip: "u", undo: "s" })).toEqual({ ...standard, skip: "u", undo: "s" });
});

test("an own key takes a standard one away, and stored keys that cannot be are passed over", () => {
  expect(bindingsOf({ skip: "g" })).toEqual({ ...standard, skip: "g", guidelines: null });
  expect(bindingsOf({ skip: "b", undo: "3", flag: "F5", unknown: "k" })).toEqual(standard);
  expect(bindingsOf({ undo: "k", skip: "k" })).toEqual({ ...standard, undo: "k" });
});

test("a key that answers questions, or that another command has, is refused in words", () => {
  expect(refused(standard, "skip", "k")).toBeNull();
  expect(refused(standard, "skip", "Shift+s")).toBeNull();
  expect(refused(standard, "skip", "s")).toBeNull();
  expect(refused(standard, "skip", "u")).toBe(
    "U is already the key of “Undo the last change of an answer”. Press another key, or change that one first.",
  );
  expect(refused(standard, "skip", "Shift+b")).toBe(
    "Shift+B answers that both are bad and stays so. Press another key.",
  );
  for (const key of [
    "0",
    "7",
    "=",
    "+",
    "-",
    "b",
    "e",
    "ArrowUp",
    "Tab",
    "Escape",
    "Delete",
    "F5",
    "CapsLock",
    "Space",
  ])
    expect(refused(standard, "skip", key), key).toMatch(/stays so\. Press another key\.$/);
  for (const key of ["k", "ü", ".", "/", "F2", "Enter"])
    expect(refused(bindingsOf({ submit: "F9" }), "skip", key), key).toBeNull();
});

test("only keys that differ from the standard are a person's own", () => {
  expect(withKey({}, "skip", "k")).toEqual({ skip: "k" });
  expect(withKey({ skip: "k", undo: "z" }, "skip", "s")).toEqual({ undo: "z" });
});

test("keys have names as keyboards write them", () => {
  expect(["s", "Shift+u", "Enter", "?", "F2"].map(nameKey)).toEqual(["S", "Shift+U", "Enter", "?", "F2"]);
});
