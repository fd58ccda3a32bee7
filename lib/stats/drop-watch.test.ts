import { expect, test } from "vitest";
import { upperBound } from "./clopper-pearson";
import { referenceChecks, watchForDrop, type Check } from "./drop-watch";
import { seededRandom, type Random } from "./random";

const perWeek = 25;

function year(random: Random, rateIn: (week: number) => number): Check[] {
  const draw = (count: number, week: number) =>
    Array.from({ length: count }, (): Check => ({ isRight: random() < rateIn(week), week }));
  return [...draw(referenceChecks, 0), ...Array.from({ length: 52 }, (_, i) => draw(perWeek, i + 1)).flat()];
}

/** The week in which whoever looks after every check is told first that the rate dropped. */
function firstAlarm(checks: readonly Check[]): number | null {
  const [alarm] = watchForDrop(checks).alarms;
  return alarm ? checks[alarm.from]!.week : null;
}

test("without enough checks there is no reference, and nothing is said", () => {
  const few = Array.from({ length: 99 }, (): Check => ({ isRight: false, week: 1 }));
  expect(watchForDrop(few)).toEqual({ reference: null, later: { checked: 0, agreed: 0 }, alarms: [] });
  expect(watchForDrop([])).toMatchObject({ reference: null, alarms: [] });
});

test("the reference is the first hundred, with its lower bound", () => {
  const checks = Array.from({ length: 110 }, (_, i): Check => ({ isRight: i % 10 !== 0, week: 1 }));
  expect(watchForDrop(checks)).toEqual({
    reference: { checked: 100, agreed: 90, low: 1 - upperBound(10, 100, 0.04) },
    later: { checked: 10, agreed: 9 },
    alarms: [],
  });
});

test("the alarm names the check that was enough, by hand", () => {
  const right = Array.from({ length: 100 }, (): Check => ({ isRight: true, week: 0 }));
  const low = 1 - upperBound(0, 100, 0.04);
  // All bets begin in this week: 1/52 of the money, a third on each; the rest waits.
  const moneyAfter = (wrong: number) =>
    (51 + [0.9, 0.75, 0.55].reduce((sum, part) => sum + ((1 - part * low) / (1 - low)) ** wrong / 3, 0)) / 52;
  const enough = Array.from({ length: 50 }, (_, i) => i + 1).find((wrong) => moneyAfter(wrong) >= 100)!;
  const wrong = Array.from({ length: 10 }, (): Check => ({ isRight: false, week: 3 }));
  expect(enough).toBeLessThan(10);
  expect(watchForDrop([...right, ...wrong]).alarms).toEqual([{ from: 100 + enough - 1, until: null }]);
});

test("what was said once stays said, and good checks after an alarm end it", () => {
  const checks = year(seededRandom(5), (week) => (week >= 10 && week < 20 ? 0.4 : 0.9));
  const until = (week: number) => watchForDrop(checks.filter((check) => check.week <= week)).alarms;
  const [alarm, ...others] = until(52);
  expect(others).toEqual([]);
  expect(until(19)).toEqual([{ from: alarm!.from, until: null }]);
  expect(checks[alarm!.from]!.week).toBeLessThan(13);
  expect(checks[alarm!.until!]!.week).toBeGreaterThanOrEqual(20);
  expect(checks[alarm!.until!]!.week).toBeLessThan(32);
});

test("who looks all the time has a false alarm in at most 5 % of years, and in under 1 % in fact", () => {
  for (const rate of [0.7, 0.85, 0.95]) {
    const random = seededRandom(20261126);
    const alarms = Array.from({ length: 1000 }, () => firstAlarm(year(random, () => rate))).filter(
      (week) => week !== null,
    );
    expect(alarms.length / 1000).toBeLessThanOrEqual(0.01);
  }
});

test("a judge that gets much worse after half a year is found within weeks", () => {
  const weeksTo = (rate: number) => {
    const random = seededRandom(20261126);
    const found = Array.from(
      { length: 40 },
      () => firstAlarm(year(random, (week) => (week > 26 ? rate : 0.85))) ?? Infinity,
    );
    return found.map((week) => week - 26).sort((a, b) => a - b);
  };
  const [some, much] = [weeksTo(0.65), weeksTo(0.5)];
  expect(some[20]).toBeLessThanOrEqual(10);
  expect(much[20]).toBeLessThanOrEqual(3);
  expect(much[37]).toBeLessThanOrEqual(8);
});
