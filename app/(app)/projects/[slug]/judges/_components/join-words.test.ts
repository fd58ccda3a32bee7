import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { joinList, joinListEnd, joinSentences } from "./join-words";

const t = translatorOf("judges.words");

test("parts are strung together, one alone and none at all too", () => {
  expect(joinList(["a", "b", "c"], t)).toBe("a, b, c");
  expect(joinListEnd(["a", "b", "c"], t)).toBe("a, b and c");
  expect(joinSentences(["One.", "Two."], t)).toBe("One. Two.");
  for (const join of [joinList, joinListEnd, joinSentences]) {
    expect(join(["a"], t)).toBe("a");
    expect(join([], t)).toBe("");
  }
});
