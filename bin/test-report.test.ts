import { expect, test } from "vitest";
import { playwrightOutcome, summary, vitestOutcome } from "./test-report";

const file = (status: string, ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map((one, i) => ({ fullName: `test ${i}`, status: one })),
});

test("passed tests are counted and failed ones named", () => {
  expect(vitestOutcome({ testResults: [file("failed", "passed", "failed")] }, 1)).toEqual({
    passed: 1,
    failures: ["a.test.ts: test 1"],
  });
});

test("a skipped test counts as failed", () => {
  expect(vitestOutcome({ testResults: [file("passed", "passed", "pending")] }, 0).failures).toEqual([
    "a.test.ts: test 1 (pending)",
  ]);
});

test("a file that does not load counts as failed", () => {
  expect(vitestOutcome({ testResults: [file("failed")] }, 1).failures).toEqual(["a.test.ts: outside of its tests"]);
});

test("a runner that ends badly without a failed test, or without a report, counts as failed", () => {
  expect(vitestOutcome({ testResults: [file("passed", "passed")] }, 1).failures).toEqual(["vitest ended with code 1"]);
  expect(playwrightOutcome(undefined, 130)).toEqual({ passed: 0, failures: ["playwright ended with code 130"] });
});

test("browser tests are found at every depth; flaky and skipped ones count as failed", () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const report = {
    suites: [
      {
        title: "label.spec.ts",
        specs: [spec("labels", "expected"), spec("skips", "skipped")],
        suites: [{ title: "by keyboard", specs: [spec("labels", "unexpected"), spec("sometimes", "flaky")] }],
      },
    ],
    errors: [{ message: "\nThe site did not start\n  at ..." }],
  };
  expect(playwrightOutcome(report, 1)).toEqual({
    passed: 1,
    failures: [
      "e2e › label.spec.ts › skips (skipped)",
      "e2e › label.spec.ts › by keyboard › labels (unexpected)",
      "e2e › label.spec.ts › by keyboard › sometimes (flaky)",
      "e2e: The site did not start",
    ],
  });
});

test("the summary ends with one line of counts, and nothing passed is not good", () => {
  expect(
    summary([
      { passed: 2, failures: ["lint"] },
      { passed: 1, failures: [] },
    ]),
  ).toEqual({
    text: "Failed:\n  lint\n3 passed, 1 failed",
    isGood: false,
  });
  expect(summary([{ passed: 3, failures: [] }])).toEqual({ text: "3 passed, 0 failed", isGood: true });
  expect(summary([{ passed: 0, failures: [] }]).isGood).toBe(false);
});
