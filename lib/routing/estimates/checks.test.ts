import { expect, test } from "vitest";
import type { DualUnit } from "../fits/dual-units";
import { checksOf, mondayOf, onePerGroup, weeklyChecks, weekOf, type Checkable } from "./checks";

const said = (annotator: string, label: number) => ({ annotator, label, confidence: null, costMicros: null });
const unit = (people: number[], ai: DualUnit["ai"]): DualUnit => ({ target: "0-1", people, ai });
const on = (day: string, group: number, ...units: DualUnit[]): Checkable => ({
  at: new Date(`${day}T12:00Z`),
  group,
  units,
});

test("weeks begin on Mondays in UTC", () => {
  expect(["2026-11-23T00:00Z", "2026-11-29T23:59Z"].map((time) => mondayOf(weekOf(new Date(time))))).toEqual([
    "2026-11-23",
    "2026-11-23",
  ]);
  expect(mondayOf(weekOf(new Date("2026-11-30T00:00Z")))).toBe("2026-11-30");
});

test("a label is confirmed by what people come to, in the order of time, and where they come to nothing there is no check", () => {
  const instances = [
    on("2026-11-24", 1, unit([1, 1, 0], [said("a", 1), said("b", 0)])),
    on("2026-11-02", 2, unit([0], [said("a", 1)])),
    on("2026-11-25", 3, unit([1, 0], [said("a", 1)])),
    on("2026-11-26", 1, unit([1, 0], [said("a", 0)]), unit([0, 0], [said("a", 0)])),
  ];
  const checks = checksOf(instances, "a");
  expect(checks.map(({ group, isRight }) => [group, isRight])).toEqual([
    [2, false],
    [1, true],
    [1, true],
  ]);
  expect(onePerGroup(checks)).toHaveLength(2);
  expect(checksOf(instances, "b").map(({ isRight }) => isRight)).toEqual([false]);
  // All AI together: two that differ are a tie, which people do not confirm.
  expect(checksOf(instances).map(({ isRight }) => isRight)).toEqual([false, false, true]);
  expect(weeklyChecks(checks)).toEqual([
    { week: "2026-11-02", checked: 1, agreed: 0 },
    { week: "2026-11-09", checked: 0, agreed: 0 },
    { week: "2026-11-16", checked: 0, agreed: 0 },
    { week: "2026-11-23", checked: 2, agreed: 2 },
  ]);
  expect(weeklyChecks([])).toEqual([]);
});
