import { expect, test } from "vitest";
import { stateOf } from "./words";

test("a run that a cap stopped is not shown as one that failed", () => {
  expect(stateOf({ state: "failed", stoppedAtCap: true })).toEqual({ variant: "amber", label: "Stopped at a cap" });
  expect(stateOf({ state: "failed", stoppedAtCap: false })).toEqual({ variant: "rose", label: "Failed" });
});
