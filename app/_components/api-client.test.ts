import { afterEach, expect, test, vi } from "vitest";
import { api } from "./api-client";

afterEach(() => vi.unstubAllGlobals());

/** The browser's fetch, answering with this. */
function answerWith(...response: ConstructorParameters<typeof Response>) {
  const fetch = vi.fn(async (..._call: unknown[]) => new Response(...response));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

test("a call sends JSON and answers JSON", async () => {
  const fetch = answerWith('{"name":"Demo"}');
  expect(await api("PATCH", "/api/v1/projects/demo", { name: "Demo" })).toEqual({ name: "Demo" });
  expect(fetch.mock.calls[0]).toMatchObject([
    "/api/v1/projects/demo",
    { method: "PATCH", body: '{"name":"Demo"}', headers: { "content-type": "application/json" } },
  ]);
});

test("a call can name who opened the page", async () => {
  const fetch = answerWith("{}");
  await api("GET", "/api/v1/me", undefined, { openedBy: "u1" });
  expect(fetch.mock.calls[0]).toMatchObject(["/api/v1/me", { headers: { "x-tandem-opened-by": "u1" } }]);
  expect(fetch.mock.calls[0]![1]).not.toHaveProperty("openedBy");
});

test("an empty answer is undefined", async () => {
  answerWith(null, { status: 204 });
  expect(await api("DELETE", "/api/v1/api-keys/1")).toBeUndefined();
});

test("a problem document becomes an error that can be shown", async () => {
  const problem = {
    code: "invalid",
    detail: "The input does not fit.",
    faults: [{ path: "name", message: "must not be empty" }],
  };
  answerWith(JSON.stringify(problem), { status: 422, headers: { "retry-after": "90" } });
  await expect(api("POST", "/api/v1/projects", {})).rejects.toMatchObject({
    name: "ApiError",
    code: "invalid",
    status: 422,
    message: "The input does not fit.",
    faults: problem.faults,
    retryAfterSeconds: 90,
  });
});

test("an answer that is no problem document, and none at all, each say what to do", async () => {
  answerWith("<html>Bad gateway</html>", { status: 502 });
  await expect(api("GET", "/api/v1/me")).rejects.toMatchObject({
    status: 502,
    message: expect.stringMatching(/502.*Try again/),
  });
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(api("GET", "/api/v1/me")).rejects.toMatchObject({ code: "unreachable", status: 0 });
});

test("a call that was called off throws what the browser throws", async () => {
  const controller = new AbortController();
  controller.abort();
  vi.stubGlobal("fetch", () => Promise.reject(controller.signal.reason as Error));
  await expect(api("GET", "/api/v1/me", undefined, { signal: controller.signal })).rejects.toThrow(/abort/i);
});
