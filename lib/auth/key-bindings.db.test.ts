import { expect, test } from "vitest";
import { aUser } from "@/lib/testing/builders";
import { principalOf } from "./access";
import { readKeyBindings, saveKeyBindings } from "./key-bindings";
import { keyBindings } from "./schema";

test("keys are the standard ones until a person has keys of their own, which are theirs alone", async () => {
  const [me, other] = [principalOf(await aUser(), "session"), principalOf(await aUser(), "session")];
  expect(await readKeyBindings(me)).toEqual({ keys: {}, goesOn: true });
  const own = { keys: { skip: "k", redo: "Shift+r", submit: "F2" }, goesOn: false };
  await saveKeyBindings(me, keyBindings.parse(own));
  expect(await readKeyBindings(me)).toEqual(own);
  expect(await readKeyBindings(other)).toEqual({ keys: {}, goesOn: true });
});

test("a key that does not exist, one key for two commands and unknown fields are refused", () => {
  const faultOf = (input: unknown) => keyBindings.safeParse(input).error?.issues[0]?.message;
  expect(faultOf({ keys: { skip: "" }, goesOn: true })).toMatch(/must be a key such as/);
  expect(faultOf({ keys: { skip: "Ctrl+s" }, goesOn: true })).toMatch(/must be a key such as/);
  expect(faultOf({ keys: { skip: "k", undo: "k" }, goesOn: true })).toBe("gives one key to two commands");
  expect(faultOf({ keys: { "Not a command": "k" }, goesOn: true })).toBeDefined();
  expect(faultOf({ keys: {}, goesOn: true, theme: "dark" })).toBeDefined();
  expect(keyBindings.safeParse({ keys: { help: "ß", skip: "?" }, goesOn: true }).success).toBe(true);
});
