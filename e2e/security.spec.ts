import { randomUUID } from "node:crypto";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { NewApiKeyView } from "@/lib/auth/schema";
import type { SnapshotResponse } from "@/lib/datasets/schema";
import type { InstanceListItem } from "@/lib/instances/schema";
import type { RunView } from "@/lib/jobs/schema";
import { expect, test } from "./people";
import { answerOf, asCaller, enterAs, invite, makeColleague, makeProject, sql, type Colleague } from "./team";

let project: { slug: string; name: string };
let admin: Colleague;
let annotator: Colleague;

test.beforeAll(async () => {
  project = await makeProject("Guarded");
  admin = await makeColleague("Guard", project.slug, "admin");
  annotator = await makeColleague("Plain annotator", project.slug, "annotator");
});

/** Checks that an answer is a problem document with that status, whose detail fits. */
async function expectProblem(
  response: APIResponse,
  status: number,
  detail: RegExp,
): Promise<{ faults?: { path: string }[] }> {
  const text = await response.text();
  expect(response.status(), `${response.url()}: ${text}`).toBe(status);
  expect(response.headers()["content-type"]).toBe("application/problem+json");
  const document = JSON.parse(text) as { detail: string; requestId: string; faults?: { path: string }[] };
  expect(document.detail).toMatch(detail);
  expect(document.requestId).not.toBe("");
  return document;
}

test.describe("an API key", () => {
  async function makeKey(name: string): Promise<NewApiKeyView> {
    return await answerOf<NewApiKeyView>(await annotator.api.post("/api/v1/api-keys", { data: { name } }));
  }
  async function callWith(key: string): Promise<APIResponse> {
    return await (await asCaller(key)).get("/api/v1/me");
  }

  test("is refused once it has expired", async () => {
    const { apiKey, key } = await makeKey("soon over");
    expect((await callWith(key)).status()).toBe(200);
    await sql("update api_keys set expires_at = now() - interval '1 second' where id = $1", [apiKey.id]);
    await expectProblem(
      await callWith(key),
      401,
      /^The API key soon over expired on \d{4}-\d\d-\d\d\. Make a new one\.$/,
    );
  });

  test("is refused once it is revoked, which only its owner may do", async () => {
    const { apiKey, key } = await makeKey("revoked");
    await expectProblem(
      await admin.api.delete(`/api/v1/api-keys/${apiKey.id}`),
      404,
      /^There is no API key .* of yours\.$/,
    );
    expect((await callWith(key)).status()).toBe(200);
    expect((await annotator.api.delete(`/api/v1/api-keys/${apiKey.id}`)).ok()).toBe(true);
    await expectProblem(await callWith(key), 401, /^The API key revoked was revoked on /);
  });

  test("is refused when nobody knows it, and no cookie makes up for it", async () => {
    const unknown = `tdm_${"x".repeat(43)}`;
    await expectProblem(await callWith(unknown), 401, /^This API key is not known\./);
    await expectProblem(await callWith("no-key"), 401, /does not hold an API key of this site/);
    await expectProblem(
      await annotator.api.get("/api/v1/me", { headers: { authorization: `Bearer ${unknown}` } }),
      401,
      /not known/,
    );
  });

  test("stops with the account", async () => {
    const person = await makeColleague("Dismissed", project.slug, "annotator");
    const { key } = await answerOf<NewApiKeyView>(
      await person.api.post("/api/v1/api-keys", { data: { name: "left over" } }),
    );
    await sql("update users set disabled_at = now() where id = $1", [person.id]);
    await expectProblem(await callWith(key), 401, /is disabled/);
  });
});

test.describe("an annotator", () => {
  test("finds no page that is for others", async ({ page }) => {
    await enterAs(page, annotator);
    await page.goto(`/projects/${project.slug}`);
    await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}/label$`));
    const pages = [
      ...["/instances", "/import", "/judges", "/judges/new", "/routing", "/reward-models", "/export", "/runs"],
      ...["/members", "/task-schema", "/settings", "/audit"],
    ].map((path) => `/projects/${project.slug}${path}`);
    for (const path of [...pages, "/users", "/audit", "/allowed-hosts", "/projects/new"]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { name: "There is nothing to show at this address" })).toBeVisible();
    }
  });

  test("is forbidden what routes keep for others", async () => {
    await expectProblem(await annotator.api.get("/api/v1/users"), 403, /./);
    await expectProblem(await annotator.api.get("/api/v1/audit"), 403, /./);
    await expectProblem(await annotator.api.get(`/api/v1/projects/${project.slug}/members`), 403, /./);
    await expectProblem(
      await annotator.api.patch(`/api/v1/projects/${project.slug}`, { data: { name: "Mine" } }),
      403,
      /./,
    );
    const own = await annotator.api.patch(`/api/v1/projects/${project.slug}/members/${annotator.id}`, {
      data: { role: "admin" },
    });
    await expectProblem(own, 403, /./);
  });
});

test("nothing of one project is reached through another", async () => {
  const other = await makeProject("Neighbour");
  const neighbour = await makeColleague("Neighbour", other.slug, "admin");
  const home = `/api/v1/projects/${project.slug}`;
  const { run, instance, snapshot, lease } = await makeThings(home);
  const { invitation } = await invite({ slug: project.slug, role: "annotator" });
  const calls: [string, string, object?][] = [
    ["GET", `instances/${instance.id}`],
    ["GET", `runs/${run.id}`],
    ["POST", `runs/${run.id}/cancel`],
    ["GET", `snapshots/${snapshot.id}`],
    ["GET", `snapshots/${snapshot.id}/export?format=labels`],
    ["GET", `assignments/${lease.id}`],
    ["PUT", `assignments/${lease.id}/draft`, answersFor(lease)],
    ["POST", `assignments/${lease.id}/submit`, submissionOf(lease)],
    ["POST", `assignments/${lease.id}/skip`, {}],
    ["POST", `assignments/${lease.id}/release`],
    ["PATCH", `members/${annotator.id}`, { role: "admin" }],
    ["DELETE", `members/${annotator.id}`],
    ["DELETE", `invitations/${invitation.id}`],
  ];
  for (const [method, path, data] of calls) {
    const options = { method, ...(data && { data }) };
    // Under the own project's address the id names nothing; under the other's, the project itself is not there.
    await expectProblem(
      await neighbour.api.fetch(`/api/v1/projects/${other.slug}/${path}`, options),
      404,
      /^(There is no|You have no) (?!project)/,
    );
    await expectProblem(await neighbour.api.fetch(`${home}/${path}`, options), 404, /^There is no project /);
  }
  // Within a project, an assignment is its annotator's alone.
  for (const [method, path, data] of calls.filter(([, path]) => path.startsWith("assignments/"))) {
    await expectProblem(
      await admin.api.fetch(`${home}/${path}`, { method, ...(data && { data }) }),
      404,
      /^You have no assignment /,
    );
  }
  expect((await annotator.api.get(`${home}/assignments/${lease.id}`)).status()).toBe(200);
});

test.describe("a request", () => {
  test("from a page of another site does nothing, whatever cookie it carries", async ({ site }) => {
    const path = `/api/v1/projects/${project.slug}`;
    for (const origin of ["https://evil.example", "null", site.url.replace(/\d+$/, "1")]) {
      await expectProblem(
        await admin.api.patch(path, { data: { name: "Taken over" }, headers: { origin } }),
        403,
        /^Requests from .* are not accepted here\./,
      );
      const upload = await admin.api.post(`${path}/instances`, {
        data: "{}",
        headers: { origin, "content-type": "text/plain" },
      });
      await expectProblem(upload, 403, /are not accepted here/);
    }
    expect(await answerOf(await admin.api.get(path))).toMatchObject({ name: project.name });
    expect(
      (await admin.api.patch(path, { data: { name: project.name }, headers: { origin: site.url } })).status(),
    ).toBe(200);
  });

  test("whose JSON holds what cannot be stored or is not known is refused with the field's name", async () => {
    const path = `/api/v1/projects/${project.slug}`;
    const withNul = await expectProblem(
      await admin.api.patch(path, { data: { name: "a\0b" } }),
      422,
      /^The field name contains a NUL character/,
    );
    expect(withNul.faults).toMatchObject([{ path: "name" }]);
    const nested = { taskSchema: { questions: [{ aspects: [{ id: "x", name: "x", definition: "\0" }] }] } };
    await expectProblem(
      await admin.api.patch(path, { data: nested }),
      422,
      /^The field taskSchema\.questions\.0\.aspects\.0\.definition /,
    );
    const cut = await admin.api.patch(path, {
      data: '{"name":"\\ud800"}',
      headers: { "content-type": "application/json" },
    });
    await expectProblem(cut, 422, /^The field name contains half of a surrogate pair/);
    await expectProblem(await admin.api.patch(path, { data: { name: "x", owner: "me" } }), 422, /owner/);
    const elevated = await annotator.api.patch("/api/v1/me", { data: { name: "x", isAdmin: true } });
    await expectProblem(elevated, 422, /isAdmin/);
    await expectProblem(await admin.api.get(`${path}/instances?owner=me`), 422, /owner/);
  });

  test("with more than a megabyte of JSON is refused", async () => {
    const response = await admin.api.patch(`/api/v1/projects/${project.slug}`, {
      data: { guidelines: "x".repeat(1_000_001) },
    });
    await expectProblem(response, 413, /^The body is larger than 1000000 bytes/);
  });

  test("that is no JSON in UTF-8 is refused", async () => {
    // Bytes, because Playwright would make a JSON string of any other text.
    for (const bytes of [Buffer.from('{"name": '), Buffer.alloc(0), Buffer.from('{"name": "\xff"}', "latin1")]) {
      const response = await admin.api.patch(`/api/v1/projects/${project.slug}`, {
        data: bytes,
        headers: { "content-type": "application/json" },
      });
      await expectProblem(response, 400, /^The body is not valid JSON in UTF-8: /);
    }
  });

  test("gets headers that keep a browser from framing or guessing", async () => {
    const headers = (await (await asCaller()).get("/sign-in")).headers();
    expect(headers).toMatchObject({ "x-frame-options": "DENY", "x-content-type-options": "nosniff" });
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty("x-powered-by");
    const preview = await admin.api.get(`/projects/${project.slug}/task-schema/preview`);
    expect(preview.headers()).toMatchObject({ "x-frame-options": "SAMEORIGIN" });
    expect(preview.headers()["content-security-policy"]).toMatch(/^default-src 'self';.* frame-ancestors 'self'$/);
  });
});

test("a session cookie is out of reach for scripts and for other sites", async () => {
  const { cookies } = await annotator.api.storageState();
  const session = cookies.find(({ name }) => name.endsWith("next-auth.session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

/** One of each thing that a project holds, the last an assignment that its annotator has on loan. */
async function makeThings(home: string) {
  const run = await importTwo(admin.api, home);
  const { items } = await answerOf<{ items: InstanceListItem[] }>(await admin.api.get(`${home}/instances`));
  const first = await answerOf<AssignmentView>(await annotator.api.post(`${home}/assignments/next`, { data: {} }));
  await answerOf(await annotator.api.post(`${home}/assignments/${first.id}/submit`, { data: submissionOf(first) }));
  const lease = await answerOf<AssignmentView>(await annotator.api.post(`${home}/assignments/next`, { data: {} }));
  const snapshot = await answerOf<SnapshotResponse>(
    await admin.api.post(`${home}/snapshots`, { data: { name: "ours", filter: { sources: ["human"] } } }),
  );
  return { run, instance: items[0]!, snapshot, lease };
}

function answersFor({ schemaVersion }: AssignmentView) {
  return { schemaVersion, answers: { comparison: { overall: 1 } }, reason: "", activeMs: 1 };
}

function submissionOf(lease: AssignmentView) {
  return { submissionId: randomUUID(), guidelinesVersion: lease.guidelinesVersion, ...answersFor(lease) };
}

/** Imports two instances and waits until the import is done. */
async function importTwo(api: APIRequestContext, home: string): Promise<RunView> {
  const records = [1, 2].map((number) => ({
    id: `guarded/${number}`,
    prompt: `Question ${number}`,
    completions: [{ text: "One answer" }, { text: "Another answer" }],
  }));
  const data = records.map((record) => JSON.stringify(record)).join("\n");
  const run = await answerOf<RunView>(
    await api.post(`${home}/instances`, { data, headers: { "content-type": "application/x-ndjson" } }),
  );
  await expect
    .poll(async () => (await answerOf<RunView>(await api.get(`${home}/runs/${run.id}`))).state, { timeout: 60_000 })
    .toBe("succeeded");
  return run;
}
