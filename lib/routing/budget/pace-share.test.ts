import { expect, test } from "vitest";
import { expectArrivals, paceShare, type PacingFacts } from "./pace-share";

const prices = {
  ...{ currency: "EUR", humanMicros: 2_000_000, judgeMicros: 0, isTimed: true, hasPricedJudge: true },
  meanCharacters: 1000,
};
const budget = { micros: 100_000_000, startsOn: "2026-11-02", endsOn: "2026-11-06" };
const facts: PacingFacts = {
  ...{ today: "2026-11-02", spentMicros: 0, boundMicros: 0, arrivals: [] },
  ...{ open: 100, withImages: 0, dualShare: 0, prices },
};
const pace = (changed: Partial<PacingFacts>) => paceShare(budget, { ...facts, ...changed });

test("the share is what the money buys of what is open", () => {
  expect(pace({})).toEqual({
    ...{ kind: "share", humanShare: 0.5 },
    sentence: "Of 100.00\u00a0EUR, 0\u00a0EUR are spent: the rest pays people for 50 % of 100 open instances.",
  });
});

test("money that is spent or bound buys nothing more", () => {
  const paced = pace({ today: "2026-11-04", spentMicros: 40_000_000, boundMicros: 20_000_000, open: 80 });
  expect(paced).toEqual({
    ...{ kind: "share", humanShare: 0.25 },
    sentence:
      "Of 100.00\u00a0EUR, 40.00\u00a0EUR are spent and 20.00\u00a0EUR bound to what people have begun: " +
      "the rest pays people for 25 % of 80 open instances.",
  });
  expect(pace({ spentMicros: 90_000_000, boundMicros: 20_000_000 })).toMatchObject({ humanShare: 0 });
});

test("it is kept for what is expected until the last day", () => {
  // Ten a day besides the first import: of Wednesday to Friday come 30.
  const paced = pace({ today: "2026-11-04", open: 70, arrivals: [500, 10, 10, 10] });
  expect(paced).toMatchObject({ kind: "share", humanShare: 0.5 });
  expect(paced).toHaveProperty("sentence", expect.stringContaining("about 30 that may arrive until 2026-11-06"));
});

test("a share that is followed day by day spends the budget, whatever arrives", () => {
  let spentMicros = 0;
  let open = 20;
  for (let day = 2; day <= 6; day++) {
    // Twice as many come on the last days as on the first.
    open += day < 4 ? 10 : 20;
    const arrivals = Array.from({ length: 6 }, () => 10);
    const paced = pace({ today: `2026-11-0${day}`, spentMicros, open, arrivals });
    if (paced.kind !== "share") throw new Error("The budget ended early.");
    // Half of what is open is labelled on a day, all of it on the last.
    const done = day < 6 ? open / 2 : open;
    spentMicros += done * paced.humanShare * prices.humanMicros;
    open -= done;
  }
  expect(spentMicros).toBeLessThanOrEqual(budget.micros);
  expect(spentMicros).toBeGreaterThan(0.85 * budget.micros);
});

test("it begins on its first day and ends after its last, or when it is spent", () => {
  expect(pace({ today: "2026-11-01" })).toEqual({ kind: "waits" });
  expect(pace({ today: "2026-11-07", spentMicros: 60_000_000 })).toEqual({
    ...{ kind: "ended", humanShare: 0 },
    sentence:
      "The budget of 100.00\u00a0EUR ended on 2026-11-06, with 60.00\u00a0EUR of it spent. " +
      "From now on people label only what both label, until somebody decides.",
  });
  expect(pace({ spentMicros: 100_000_000 })).toMatchObject({ kind: "ended", humanShare: 0 });
});

test("arrivals are a mean without the fullest day, and none of a project that is new", () => {
  expect(expectArrivals([], 5)).toBe(0);
  expect(expectArrivals([900], 5)).toBe(0);
  expect(expectArrivals([900, 0, 30], 4)).toBe(60);
});
