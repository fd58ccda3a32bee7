import { request, type APIRequestContext } from "@playwright/test";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { RunView } from "@/lib/jobs/schema";
import type { CreateProjectInput } from "@/lib/projects/schema";
import { authFile, expect, type Person } from "./people";
import { readSite } from "./site";

/** The API as that person. Dispose of it, or let the test's end do so. */
export async function apiOf(person: Person = "admin"): Promise<APIRequestContext> {
  const { url } = await readSite();
  return await request.newContext({ baseURL: url, storageState: authFile(person) });
}

/** A project of a spec's own with the given instances in it. */
export async function makeProject(input: CreateProjectInput, records: object[] = []): Promise<void> {
  const api = await apiOf();
  const response = await api.post("/api/v1/projects", { data: input });
  expect(response.status(), await response.text()).toBe(201);
  await api.dispose();
  if (records.length > 0) await importRecords(input.slug, records);
}

/** Imports records and waits until they are in; all of them have to go in. */
export async function importRecords(
  slug: string,
  records: object[],
  kind: "instances" | "labels" = "instances",
): Promise<void> {
  const api = await apiOf();
  const lines = records.map((record) => JSON.stringify(record)).join("\n");
  const sent = await api.post(`/api/v1/projects/${slug}/${kind}`, {
    data: lines,
    headers: { "content-type": "application/x-ndjson" },
  });
  expect(sent.status(), await sent.text()).toBe(202);
  const { id } = (await sent.json()) as RunView;
  let run: RunView | undefined;
  await expect
    .poll(
      async () => {
        run = (await (await api.get(`/api/v1/projects/${slug}/runs/${id}`)).json()) as RunView;
        return run.finishedAt;
      },
      { timeout: 90_000 },
    )
    .not.toBeNull();
  expect(run).toMatchObject({ state: "succeeded", result: { faults: { total: 0 } } });
  await api.dispose();
}

/** Makes one of the people of the set-up a member of the project. */
export async function join(slug: string, person: Exclude<Person, "admin">): Promise<void> {
  const [admin, member] = await Promise.all([apiOf(), apiOf(person)]);
  const invitation = await admin.post(`/api/v1/projects/${slug}/invitations`, { data: { role: person } });
  const { token } = (await invitation.json()) as { token: string };
  const joined = await member.post("/api/v1/invitations/join", { data: { token } });
  expect(joined.ok(), await joined.text()).toBe(true);
  await Promise.all([admin.dispose(), member.dispose()]);
}

/** Leases the next instance of a project for a person, as their open page would. */
export async function takeNext(slug: string, person: Person): Promise<AssignmentView | null> {
  const api = await apiOf(person);
  const response = await api.post(`/api/v1/projects/${slug}/assignments/next`, { data: { held: [] } });
  expect(response.ok(), await response.text()).toBe(true);
  const body = await response.text();
  await api.dispose();
  return body === "" ? null : (JSON.parse(body) as AssignmentView | null);
}

/** An instance with two short completions. */
export function plainPair(id: string, extra: object = {}): object {
  return {
    id,
    prompt: `Question ${id}`,
    completions: [{ text: `First reply to ${id}` }, { text: `Second reply to ${id}` }],
    ...extra,
  };
}

const hostileText = [
  '<script>window.__ran = "script"</script><img src=x onerror="window.__ran = 1"><b onclick="window.__ran = 2">bold</b>',
  "[press me](javascript:window.__ran=3) and ![picture](https://example.invalid/x.png) `</code><script>window.__ran=4</script>`",
  "$\\href{javascript:window.__ran=5}{x}$ and $$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$",
  "## A heading\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```js\nconst answer = 42;\n```\n\n- [x] done",
].join("\n\n");

/** Texts that try to break a page: scripts, formulas, right-to-left, no end and no spaces. */
export const difficultTexts: { name: string; text: string; shows: string | RegExp }[] = [
  { name: "hostile", text: hostileText, shows: /<script>window\.__ran = "script"<\/script>/ },
  { name: "right-to-left", text: "مرحبا بالعالم، هذا نص عربي طويل. שלום עולם\u202e gnp.exe", shows: "مرحبا بالعالم" },
  { name: "long", text: `${"A sentence that goes on. ".repeat(4000)}\n\nThe very end.`, shows: "The very end." },
  { name: "without spaces", text: "x".repeat(3000), shows: /x{3000}/ },
];
