import { relative } from "node:path";

/** What one stage of `npm test` found. */
export type Outcome = { passed: number; failures: string[] };

type Test = { name: string; status: string };

export type VitestReport = {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
};

type Suite = { title: string; suites?: Suite[]; specs?: { title: string; tests: { status: string }[] }[] };
export type PlaywrightReport = { suites: Suite[]; errors: { message?: string }[] };

/** Counts Vitest's JSON report; `code` is its exit code, the report undefined when it wrote none. */
export function vitestOutcome(report: VitestReport | undefined, code: number): Outcome {
  const tests = (report?.testResults ?? []).flatMap((file) => {
    const where = relative(process.cwd(), file.name);
    // A file that does not load, or whose hooks fail, has no failed test to show.
    const isBroken = file.status === "failed" && file.assertionResults.every((test) => test.status === "passed");
    const ofFile = file.assertionResults.map((test) => ({
      name: `${where}: ${test.fullName}`,
      status: test.status,
    }));
    return isBroken ? [...ofFile, { name: `${where}: outside of its tests`, status: "failed" }] : ofFile;
  });
  return outcomeOf("vitest", tests, code);
}

/** Counts Playwright's JSON report; `code` is its exit code, the report undefined when it wrote none. */
export function playwrightOutcome(report: PlaywrightReport | undefined, code: number): Outcome {
  const tests = (report?.suites ?? []).flatMap((suite) => testsOf(suite, ["e2e"]));
  const errors = (report?.errors ?? []).map((error) => ({
    name: `e2e: ${error.message?.split("\n").find((line) => line.trim() !== "") ?? "unknown error"}`,
    status: "failed",
  }));
  return outcomeOf("playwright", [...tests, ...errors], code);
}

/** The last lines of `npm test`: names of what failed, then the counts. */
export function summary(outcomes: Outcome[]): { text: string; isGood: boolean } {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const counts = `${passed} passed, ${failures.length} failed`;
  const text = failures.length === 0 ? counts : `Failed:\n${failures.map((name) => `  ${name}`).join("\n")}\n${counts}`;
  return { text, isGood: failures.length === 0 && passed > 0 };
}

function testsOf(suite: Suite, above: string[]): Test[] {
  const path = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({
      name: [...path, spec.title].join(" › "),
      status: test.status === "expected" ? "passed" : test.status,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path))];
}

/** A skipped or flaky test is a failed one: it did not show that the product works. */
function outcomeOf(runner: string, tests: Test[], code: number): Outcome {
  const failures = tests
    .filter((test) => test.status !== "passed")
    .map((test) => (test.status === "failed" ? test.name : `${test.name} (${test.status})`));
  if (code !== 0 && failures.length === 0) failures.push(`${runner} ended with code ${code}`);
  return { passed: tests.filter((test) => test.status === "passed").length, failures };
}
