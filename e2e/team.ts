import { randomUUID } from "node:crypto";
import { expect, request, type APIRequestContext, type APIResponse, type Page } from "@playwright/test";
import pg from "pg";
import { embeddedFolder } from "@/bin/supervisor/database";
import { embeddedUrl } from "@/lib/db/embedded";
import type { JoinedView, MeView, NewInvitationView } from "@/lib/auth/schema";
import { authFile } from "./people";
import { readSite } from "./site";

/** An account with a session of its own. */
export type Colleague = { id: string; name: string; email: string; password: string; api: APIRequestContext };
export type Role = "admin" | "researcher" | "annotator";

/** The API with the session of the site's first admin. */
export async function asSiteAdmin(): Promise<APIRequestContext> {
  return await request.newContext({ baseURL: (await readSite()).url, storageState: authFile("admin") });
}

/** The API with nobody's session, or with an API key. */
export async function asCaller(key?: string): Promise<APIRequestContext> {
  const { url } = await readSite();
  return await request.newContext({
    baseURL: url,
    ...(key && { extraHTTPHeaders: { authorization: `Bearer ${key}` } }),
  });
}

/** A project with a slug that no other spec, and no earlier try of this one, has. */
export async function makeProject(name: string): Promise<{ slug: string; name: string }> {
  const project = { slug: `${name.toLowerCase().replaceAll(/\W+/g, "-")}-${unique()}`, name };
  await answerOf(await (await asSiteAdmin()).post("/api/v1/projects", { data: project }));
  return project;
}

/** The link that invites to a project with that role, or without one makes an admin of the site. */
export async function invite(
  target: { slug: string; role: Role } | "site",
  email?: string,
): Promise<NewInvitationView> {
  const admin = await asSiteAdmin();
  const path = target === "site" ? "/api/v1/invitations" : `/api/v1/projects/${target.slug}/invitations`;
  const data = { ...(target !== "site" && { role: target.role }), ...(email && { email }) };
  return await answerOf<NewInvitationView>(await admin.post(path, { data }));
}

/** Somebody new with that role in the project, signed in. The name gets an ending that makes it the only one. */
export async function makeColleague(name: string, slug: string, role: Role): Promise<Colleague> {
  const { token } = await invite({ slug, role });
  const account = newAccount(name);
  const api = await asCaller();
  await answerOf<JoinedView>(await api.post("/api/v1/invitations/accept", { data: { token, ...account } }));
  await signInByApi(api, account);
  const { userId } = await answerOf<MeView>(await api.get("/api/v1/me"));
  return { ...account, id: userId, api };
}

/** What a new person would type into the account form. */
export function newAccount(name: string): { name: string; email: string; password: string } {
  const ending = unique();
  return {
    name: `${name} ${ending}`,
    email: `${name.toLowerCase().replaceAll(/\W+/g, ".")}.${ending}@example.com`,
    password: `password ${ending}`,
  };
}

/** Signs a context of the API in as a browser would. */
export async function signInByApi(
  api: APIRequestContext,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { csrfToken } = await answerOf<{ csrfToken: string }>(await api.get("/api/auth/csrf"));
  const response = await api.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, json: "true" },
  });
  const { url } = await answerOf<{ url: string }>(response);
  expect(new URL(url).searchParams.get("error")).toBeNull();
}

/** Makes a page's browser that of this person. */
export async function enterAs(page: Page, { api }: { api: APIRequestContext }): Promise<void> {
  await page.context().clearCookies();
  await page.context().addCookies((await api.storageState()).cookies);
}

/** The body of an answer, which has to be one of success. */
export async function answerOf<T>(response: APIResponse): Promise<T> {
  expect(response.ok(), `${response.status()} ${response.url()}: ${await response.text()}`).toBe(true);
  return (await response.json()) as T;
}

/** Any moment of the day that is so many days ahead, as the `datetime` of a time that was just set. */
export function inDays(days: number): RegExp {
  return new RegExp(`^${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T`);
}

/** Runs one statement on the database of the started site, for what time or many people would have to bring about. */
export async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const { dataDir } = await readSite();
  const client = new pg.Client({ connectionString: await embeddedUrl(embeddedFolder(dataDir)) });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

function unique(): string {
  return randomUUID().slice(0, 8);
}
