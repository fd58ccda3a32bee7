import { expect, test } from "vitest";
import { scoreFigures, type ScoreCall } from "./score-load";

test("times are those of whole answers, by size of the call", () => {
  const calls = [...Array.from({ length: 20 }, (_, i) => call({ to: i + 1 })), call({ pairs: 64, to: 7 })];
  expect(scoreFigures([...calls, call({ to: 900, failure: "500 oh" })], []).score_ms).toEqual({
    pairs_16: { calls: 20, p50: 10, p95: 19 },
    pairs_64: { calls: 1, p50: 7, p95: 7 },
  });
  expect(scoreFigures([], []).score_ms.pairs_16).toEqual({ calls: 0, p50: null, p95: null });
});

test("a failure is expected only while its own web process or the database was down", () => {
  const kills = [
    { part: "web 2", from: 100, to: 200 } as const,
    { part: "database", from: 300, to: 310 } as const,
    { part: "worker", from: 400, to: 500 } as const,
  ];
  const failed = (web: 0 | 1, from: number) => call({ web, from, to: from + 5, failure: `ECONNRESET ${from}` });
  const calls = [failed(1, 95), failed(1, 150), failed(0, 308), failed(0, 150), failed(0, 450), failed(1, 201)];
  expect(scoreFigures([...calls, call({})], kills)).toMatchObject({
    score_calls: 7,
    score_failed_in_restarts: 3,
    score_failures: 3,
    score_failure_reasons: ["ECONNRESET 150", "ECONNRESET 450", "ECONNRESET 201"],
  });
});

function call(given: Partial<ScoreCall>): ScoreCall {
  return { web: 0, pairs: 16, from: 0, to: 0, failure: null, ...given };
}
