import { expect, test } from "vitest";
import { defaultTaskSchema, type TaskSchema } from "@/lib/projects/schema";
import { fairnessOf, isFair, withFairness } from "./fairness";

const off = { maskModelNames: false, suggestions: "off" } as const;

test("a task schema changes in what is set otherwise, so that what is set as before makes no new version", () => {
  expect(fairnessOf(defaultTaskSchema)).toEqual(off);
  expect(isFair(defaultTaskSchema, off)).toBe(true);
  expect(withFairness(defaultTaskSchema, off)).toEqual(defaultTaskSchema);
  const spelt: TaskSchema = { ...defaultTaskSchema, maskModelNames: false };
  expect(withFairness(spelt, off)).toEqual(spelt);

  const changed = { maskModelNames: true, suggestions: "shown" } as const;
  expect(isFair(defaultTaskSchema, changed)).toBe(false);
  expect(withFairness(defaultTaskSchema, changed)).toEqual({ ...defaultTaskSchema, ...changed });
  expect(withFairness({ ...defaultTaskSchema, ...changed }, off)).toEqual({ ...defaultTaskSchema, ...off });
});
