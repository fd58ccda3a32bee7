import { expect, test } from "vitest";
import type { PolicyPayload } from "@/lib/routing/schema";
import { translatorOf } from "@/lib/testing/translator";
import { faultsOf, inputOf, valuesOf, withKind } from "./policy-values";

const t = translatorOf("routing.faults");

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
    expect(inputOf(valuesOf(policy, "2026-11-26"))).toEqual({
      ...policy,
      humanShare: Number(share.toPrecision(12)),
      dualShare: Number(share.toPrecision(12)),
    });
  }
});

const settings = { dualShare: 0.1, lmWeight: 0.5, seed: 1 };
const values = valuesOf({ kind: "all-ai", ...settings }, "2026-11-26");

test("a policy without a share for people asks for none, and its field may hold anything", () => {
  const typed = { ...values, human: "much" };
  expect(faultsOf(typed, t)).toEqual({});
  expect(inputOf(typed)).toEqual({ kind: "all-ai", ...settings });
  expect(faultsOf({ ...typed, kind: "random" }, t)).toEqual({ human: "Must be a number from 0 to 100." });
});

test("a promise, the judges of a cascade and the days of a budget go through the form unchanged", () => {
  const [first, second] = ["0199aaaa-0000-7000-8000-000000000001", "0199aaaa-0000-7000-8000-000000000002"];
  const cascade: PolicyPayload = {
    ...{ kind: "cascade", alpha: 0.05, delta: 0.1, fitVersion: 3, ...settings },
    cuts: [
      { judge: `judge:${first}@2`, confidence: 0.8 },
      { judge: `judge:${second}@11`, confidence: null },
    ],
  };
  expect(inputOf(valuesOf(cascade, "2026-11-26"))).toEqual({
    ...{ kind: "cascade", alpha: 0.05, delta: 0.1, judges: [first, second], ...settings },
  });
  const pacing = { micros: 12_500_000, startsOn: "2026-12-01", endsOn: "2026-12-24" };
  const paced: PolicyPayload = {
    ...{ kind: "learned", humanShare: 0.25, pacing, fitVersion: 3, threshold: null, ...settings },
  };
  expect(inputOf(valuesOf(paced, "2026-11-26"))).toEqual({ kind: "learned", humanShare: 0.25, pacing, ...settings });
});

test("a kind that goes by what was learned begins with a share for both, unless there is one", () => {
  expect(withKind({ ...values, dual: "0" }, "learned").dual).toBe("8");
  expect(withKind({ ...values, dual: "3" }, "learned").dual).toBe("3");
  expect(withKind({ ...values, dual: "0" }, "random").dual).toBe("0");
});

test("numbers out of range, fractions of a seed, empty fields, the same judge twice and days backwards are faults", () => {
  expect(Object.keys(faultsOf({ ...values, dual: "101", lmWeight: "-0.1", seed: "1.5" }, t))).toEqual([
    "dual",
    "lmWeight",
    "seed",
  ]);
  expect(Object.keys(faultsOf({ ...values, dual: " ", lmWeight: "", seed: "x" }, t))).toEqual([
    "dual",
    "lmWeight",
    "seed",
  ]);
  const same = {
    ...values,
    kind: "cascade",
    error: "60",
    certainty: "100",
    firstJudge: "a",
    secondJudge: "a",
  } as const;
  expect(Object.keys(faultsOf(same, t))).toEqual(["error", "certainty", "secondJudge"]);
  const days = {
    ...values,
    kind: "random",
    isPaced: true,
    money: "0",
    startsOn: "2026-12-02",
    endsOn: "2026-12-01",
  } as const;
  expect(Object.keys(faultsOf(days, t))).toEqual(["money", "endsOn"]);
  expect(faultsOf({ ...days, isPaced: false }, t)).toEqual({});
});
