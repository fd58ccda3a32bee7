import type { APIRequestContext } from "@playwright/test";
import type { ApiDocument } from "@/app/api/openapi";
import { expect, test } from "./people";
import { answerOf, asCaller, asSiteAdmin, makeColleague, type Role } from "./team";

const actors = ["anonymous", "stranger", "annotator", "researcher", "project admin", "site admin"] as const;
type Actor = (typeof actors)[number];

const members: Actor[] = ["annotator", "researcher", "project admin", "site admin"];
const researchers: Actor[] = ["researcher", "project admin", "site admin"];
const admins: Actor[] = ["project admin", "site admin"];

/** Who may do what, written down a second time on purpose: a slip in lib/auth/access.ts shows here. */
const mayCall: Record<string, readonly Actor[]> = {
  public: actors,
  "signed-in": actors.filter((actor) => actor !== "anonymous"),
  "project:view": members,
  "label:write": members,
  "instance:read": researchers,
  "instance:import": researchers,
  "flag:resolve": researchers,
  "quality:read": researchers,
  "run:read": researchers,
  "run:cancel": researchers,
  "snapshot:read": researchers,
  "snapshot:create": researchers,
  "member:read": researchers,
  "judge:read": researchers,
  "judge:run": researchers,
  "judge:manage": admins,
  "reward:read": researchers,
  "reward:train": researchers,
  "reward:manage": admins,
  "routing:read": researchers,
  "routing:manage": admins,
  "spending:read": researchers,
  "spending:manage": admins,
  "member:manage": admins,
  "project:update": admins,
  "project:delete": admins,
  "project:audit": admins,
  "project:create": ["site admin"],
  "user:manage": ["site admin"],
  "audit:read": ["site admin"],
  "host:manage": ["site admin"],
};

const nobody = "00000000-0000-7000-8000-000000000000";
const slug = "access-walk";
const slugOfSiteAdmin = "access-walk-2";
const outsider = /^There is no project /;

type Call = { method: string; path: string; audience: string; hasBody: boolean };

test("every route lets in exactly those who may call it", async () => {
  test.setTimeout(240_000);
  const contexts = await signInEveryone();
  const calls = await listCalls(contexts.anonymous);
  expect(calls.length).toBeGreaterThan(35);
  expect([...new Set(calls.map((call) => call.audience))].filter((audience) => !(audience in mayCall))).toEqual([]);

  const wrong: string[] = [];
  for (const call of calls) {
    for (const actor of actors) {
      const fault = await tryCall(contexts[actor], call, actor);
      if (fault !== null) wrong.push(`${actor}: ${call.method} ${call.path} (${call.audience}) ${fault}`);
    }
  }
  expect(wrong).toEqual([]);
});

async function tryCall(context: APIRequestContext, call: Call, actor: Actor): Promise<string | null> {
  const target = actor === "site admin" ? slugOfSiteAdmin : slug;
  const path = call.path.replace("{slug}", target).replaceAll(/\{\w+\}/g, nobody);
  const response = await context.fetch(`/api/v1${path}`, {
    method: call.method,
    ...(call.hasBody && { data: "{}", headers: { "content-type": "application/json" } }),
  });
  const status = response.status();
  const detail = status >= 400 ? ((await response.json()) as { detail: string }).detail : "";
  const isProjectCall = call.path.includes("{slug}");
  if (mayCall[call.audience]!.includes(actor)) {
    return status === 401 || status === 403 || status >= 500 || outsider.test(detail)
      ? `was refused: ${status} ${detail}`
      : null;
  }
  const expected = actor === "anonymous" ? 401 : actor === "stranger" && isProjectCall ? 404 : 403;
  if (status !== expected) return `answered ${status} instead of ${expected}`;
  return expected === 404 && !outsider.test(detail) ? `let the stranger know that the project exists: ${detail}` : null;
}

/** All operations of the API document, the one that deletes a project last. */
async function listCalls(context: APIRequestContext): Promise<Call[]> {
  const document = (await (await context.get("/api/v1/openapi.json")).json()) as ApiDocument;
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      audience: operation["x-audience"],
      hasBody: operation.requestBody !== undefined,
    })),
  );
  const deletesProject = (call: Call) => call.method === "DELETE" && call.path === "/projects/{slug}";
  return [...calls.filter((call) => !deletesProject(call)), ...calls.filter(deletesProject)];
}

async function signInEveryone(): Promise<Record<Actor, APIRequestContext>> {
  const siteAdmin = await asSiteAdmin();
  for (const one of [slug, slugOfSiteAdmin, "elsewhere"]) {
    expect((await siteAdmin.post("/api/v1/projects", { data: { slug: one, name: one } })).status()).toBe(201);
  }
  const join = async (project: string, role: Role, name: string) => {
    const { api } = await makeColleague(name, project, role);
    const { key } = await answerOf<{ key: string }>(await api.post("/api/v1/api-keys", { data: { name: "walk" } }));
    return await asCaller(key);
  };
  return {
    anonymous: await asCaller(),
    "site admin": siteAdmin,
    stranger: await join("elsewhere", "admin", "stranger"),
    annotator: await join(slug, "annotator", "annotator"),
    researcher: await join(slug, "researcher", "researcher"),
    "project admin": await join(slug, "admin", "project-admin"),
  };
}
