import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { stateOf } from "./words";

const t = translatorOf("runs");

test("a run that a cap stopped is not shown as one that failed", () => {
  expect(stateOf({ state: "failed", stoppedAtCap: true }, t)).toEqual({ variant: "amber", label: "Stopped at a cap" });
  expect(stateOf({ state: "failed", stoppedAtCap: false }, t)).toEqual({ variant: "rose", label: "Failed" });
});
