import { expect, test } from "vitest";
import { faultsOf, inputOf, valuesOf } from "./policy-values";

test("a policy goes through the form unchanged, whatever its shares", () => {
  for (const share of [0, 0.07, 0.29, 0.3, 1 / 3, 1]) {
    const policy = {
      kind: "random",
      humanShare: share,
      pacing: null,
      dualShare: share,
      lmWeight: 0.5,
      seed: 7,
    } as const;
    expect(inputOf(valuesOf(policy))).toEqual({
      ...policy,
      humanShare: Number(share.toPrecision(12)),
      dualShare: Number(share.toPrecision(12)),
    });
  }
});

test("a policy without a share for people asks for none, and its field may hold anything", () => {
  const values = { ...valuesOf({ kind: "all-ai", dualShare: 0.1, lmWeight: 0.5, seed: 1 }), human: "much" };
  expect(faultsOf(values)).toEqual({});
  expect(inputOf(values)).toEqual({ kind: "all-ai", dualShare: 0.1, lmWeight: 0.5, seed: 1 });
  expect(faultsOf({ ...values, kind: "random" })).toEqual({ human: "Must be a number from 0 to 100." });
});

test("numbers out of range, fractions of a seed and empty fields are faults", () => {
  const values = { kind: "all-ai", human: "30", dual: "101", lmWeight: "-0.1", seed: "1.5" } as const;
  expect(Object.keys(faultsOf(values))).toEqual(["dual", "lmWeight", "seed"]);
  expect(Object.keys(faultsOf({ ...values, dual: " ", lmWeight: "", seed: "x" }))).toEqual([
    "dual",
    "lmWeight",
    "seed",
  ]);
});
