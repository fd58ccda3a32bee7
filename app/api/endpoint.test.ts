import { expect, test } from "vitest";
import { z } from "zod";
import { maxScoreBodyBytes } from "@/lib/reward/serving/schema";
import { endpoint } from "./endpoint";

const echo = endpoint(
  { summary: "Echo", audience: "public", query: z.object({ model: z.string() }), response: z.unknown() },
  ({ query }) => query,
);
// Needs a project, which is looked up only when the address can be one: there is no database here.
const inProject = endpoint({ summary: "Look", audience: "project:view" }, () => undefined);

const get = (address: string) => new Request(`http://localhost/api/v1/${address}`);
const noParams = { params: Promise.resolve(undefined) };

test("a query with text that cannot be stored is invalid and names the field", async () => {
  expect(await (await echo(get("echo?model=a%20b"), noParams)).json()).toEqual({ model: "a b" });
  for (const address of ["echo?model=%00", "echo?model=a&model=b%00"]) {
    const response = await echo(get(address), noParams);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "invalid",
      faults: [{ path: expect.stringMatching(/^model/), message: expect.stringContaining("NUL") }],
    });
  }
  expect((await inProject(get("projects/p?model=%00"), { params: Promise.resolve({ slug: "p" }) })).status).toBe(422);
});

test("an address with text that cannot be stored names nothing", async () => {
  const response = await inProject(get("projects/%00"), { params: Promise.resolve({ slug: "\0" }) });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: "not_found" });
});

test("a body with text that cannot be stored is refused but where nothing is stored", async () => {
  const body = z.strictObject({ text: z.string() });
  const operation = { summary: "Echo", audience: "public", body, response: body } as const;
  const post = (text: string) =>
    new Request("http://localhost/api/v1/echo", { method: "POST", body: JSON.stringify({ text }) });
  const storing = await endpoint(operation, ({ body }) => body)(post("a\0"), noParams);
  expect(storing.status).toBe(422);
  expect(await storing.json()).toMatchObject({ code: "invalid", faults: [{ path: "text" }] });
  const answering = await endpoint({ ...operation, storesNothing: true }, ({ body }) => body)(post("a\0"), noParams);
  expect(await answering.json()).toEqual({ text: "a\0" });
});

test("a body larger than its operation takes is refused with the limit, 1 MB unless it says otherwise", async () => {
  const body = z.strictObject({ text: z.string() });
  const operation = { summary: "Measure", audience: "public", body, response: z.unknown() } as const;
  const post = (bytes: number) =>
    new Request("http://localhost/api/v1/measure", {
      method: "POST",
      body: JSON.stringify({ text: "a".repeat(bytes - 11) }),
    });
  for (const [maxBodyBytes, limit] of [
    [undefined, 1_000_000],
    [maxScoreBodyBytes, 16_000_000],
  ] as const) {
    const measure = endpoint(
      { ...operation, ...(maxBodyBytes !== undefined && { maxBodyBytes }) },
      ({ body }) => body.text.length,
    );
    expect(await (await measure(post(limit), noParams)).json()).toBe(limit - 11);
    const refused = await measure(post(limit + 1), noParams);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining(`${limit} bytes`) });
  }
});

test("a page of another site is refused unless it has a bearer key, which no browser sends by itself", async () => {
  const ask = (authorization?: string) =>
    echo(
      new Request("http://localhost/api/v1/echo?model=a", {
        method: "POST",
        headers: {
          host: "localhost",
          origin: "http://elsewhere",
          ...(authorization !== undefined && { authorization }),
        },
      }),
      noParams,
    );
  expect((await ask()).status).toBe(403);
  expect((await ask("Basic YTpi")).status).toBe(403);
  expect((await ask("Bearer tdm_a")).status).toBe(200);
});
