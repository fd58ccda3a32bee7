import { expect, test } from "vitest";
import { z } from "zod";
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
