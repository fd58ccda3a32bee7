import { expect, test } from "vitest";
import { nameOfQuestion } from "./question-name";

test("a question is called by its name, or by those of its aspects", () => {
  expect(nameOfQuestion({ name: "Critique" })).toBe("Critique");
  expect(nameOfQuestion({ aspects: [{ name: "Helpful" }, { name: "Harmless" }] })).toBe("Helpful, Harmless");
});
