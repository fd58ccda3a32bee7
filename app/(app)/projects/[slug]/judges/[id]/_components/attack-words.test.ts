import { expect, test } from "vitest";
import { attacks } from "@/lib/judges/attacks/attacks";
import { translatorOf } from "@/lib/testing/translator";
import { wordAttack } from "./attack-words";

const t = translatorOf("judges.attackNames");

test("every attack of the set is told in words of the page, one that has gone by its name", () => {
  for (const { name, tries } of attacks) expect(wordAttack({ name, tries: null }, t)).toBe(tries);
  expect(wordAttack({ name: "flattery", tries: null }, t)).toBe("flattery");
});
