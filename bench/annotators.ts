import { randomInt } from "node:crypto";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "@/bin/build";
import { createApiKey } from "@/lib/auth/api-keys";
import { disconnect } from "@/lib/db/client";
import { defaultComparison, defaultTaskSchema } from "@/lib/projects/schema";
import { aMember, anInstance, aProject, aUser, principalOf } from "@/lib/testing/builders";
import { label, type Acknowledged, type Timings, type View } from "./annotators/annotator";
import { check, type Findings } from "./annotators/check";
import { startSite, type Part, type Site } from "./shared/site";

/**
 * Many annotators at once on one project over two web processes; then the same on another project while a web process,
 * the worker and the database are killed with SIGKILL and come back. Afterwards the rows are compared with what the
 * annotators know to be stored.
 */
const { values: flags } = parseArgs({
  options: {
    annotators: { type: "string", default: "200" },
    instances: { type: "string", default: "1000" },
    overlap: { type: "string", default: "3" },
    /** Mean seconds that a person reads before answering; without them the site is asked as much as it can answer. */
    think: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});
const size = {
  annotators: Number(flags.annotators),
  instances: Number(flags.instances),
  overlap: Number(flags.overlap),
  think: Number(flags.think),
};
const say = flags.json ? () => {} : console.log;
const aspects = ["helpful", "truthful"].map((id) => ({ id, name: id, definition: "" }));

type Person = { userId: string; apiKey: string };
type Phase = Findings & Record<string, number | string[]>;

/** What is killed, and after which share of the submissions. */
const kills: [share: number, part: Part][] = [
  [0.15, "web 1"],
  [0.35, "database"],
  [0.55, "worker"],
  [0.65, "web 2"],
  [0.8, "database"],
];

await ensureBuilt({ say: console.error, logFile: path.resolve(import.meta.dirname, "../.data/logs/build.log") });
const site = await startSite();
// Its processes are not ours to the terminal; Ctrl-C would leave them behind.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void site.stop().then(() => process.exit(1)));
try {
  process.env.DATABASE_URL = site.databaseUrl;
  process.env.TANDEM_SECRET = "x".repeat(32);
  const people = await makePeople();
  const undisturbed = await measure(site, people, []);
  const disturbed = await measure(site, people, kills);
  const result = { ...size, aspects: aspects.length, web_processes: site.urls.length, undisturbed, disturbed };
  console.log(JSON.stringify(result));
  if (![undisturbed, disturbed].every(isSound)) process.exitCode = 1;
} finally {
  await disconnect();
  await site.stop();
}

async function makePeople(): Promise<Person[]> {
  say(`Making ${size.annotators} accounts.`);
  const people: Person[] = [];
  for (let n = 0; n < size.annotators; n++) {
    const user = await aUser();
    const { key } = await createApiKey(principalOf(user), { name: "bench", days: 30 });
    people.push({ userId: user.id, apiKey: key });
  }
  return people;
}

async function makeProject(people: Person[]): Promise<string> {
  say(`Making a project of ${size.instances} instances.`);
  const project = await aProject({
    overlap: size.overlap,
    schema: { ...defaultTaskSchema, questions: [{ ...defaultComparison, aspects }] },
  });
  for (const { userId } of people) await aMember(project, { user: { id: userId } as never });
  for (let n = 0; n < size.instances; n++)
    await anInstance(project, { completions: [aText(n, 60), aText(n + 1, 140)] });
  // The database is about to be killed; connections of this process would only complain about it.
  await disconnect();
  return project.slug;
}

/** Markdown of about as many words, different for every `n`. */
function aText(n: number, words: number): string {
  const sentence = Array.from(
    { length: words },
    (_, i) => ["tea", "**time**", "river", "`code`", "stone", "light"][(i * 7 + n) % 6],
  ).join(" ");
  return `Answer ${n}: ${sentence}.\n\n1. First point of ${n}\n2. Second point\n\n\`\`\`js\nconst n = ${n};\n\`\`\``;
}

async function measure(site: Site, people: Person[], planned: [number, Part][]): Promise<Phase> {
  const slug = await makeProject(people);
  const acknowledged: Acknowledged[] = [];
  const timings: Timings = { next: [], draft: [], submit: [] };
  const killed: string[] = [];
  const restarts: Promise<boolean>[] = [];
  const total = size.instances * size.overlap;
  const remaining = [...planned];
  const onAcknowledged = (submission: Acknowledged) => {
    acknowledged.push(submission);
    if (acknowledged.length % 500 === 0) say(`${acknowledged.length} of ${total} submissions`);
    const [share, part] = remaining[0] ?? [];
    if (share === undefined || acknowledged.length < share * total) return;
    remaining.shift();
    say(`Killing ${part} after ${acknowledged.length} submissions.`);
    killed.push(part!);
    restarts.push(site.kill(part!));
  };
  const started = performance.now();
  await Promise.all(
    people.map((person, index) =>
      label({
        ...person,
        slug,
        urls: index % 2 === 0 ? site.urls : site.urls.toReversed(),
        thinkMs: 1000 * size.think,
        decide: atRandom,
        timings,
        onAcknowledged,
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(restarts);
  const findings = await check(site.databaseUrl, {
    slug,
    overlap: size.overlap,
    aspects: aspects.length,
    acknowledged,
  });
  return {
    submissions: acknowledged.length,
    ...findings,
    ...(planned.length > 0 && { killed }),
    seconds: round(seconds),
    submissions_per_s: round(acknowledged.length / seconds),
    next_p50_ms: round(quantile(timings.next, 0.5)),
    next_p95_ms: round(quantile(timings.next, 0.95)),
    submit_p50_ms: round(quantile(timings.submit, 0.5)),
    submit_p95_ms: round(quantile(timings.submit, 0.95)),
  };
}

function atRandom({ schema }: View): Record<string, number> {
  const { aspects, scale } = schema.questions[0]!;
  return Object.fromEntries(aspects.map(({ id }) => [id, 1 + randomInt(scale)]));
}

function isSound({ submissions, killed: _, ...phase }: Phase): boolean {
  const faults: (keyof Findings)[] = [
    "over_assigned",
    "twice_to_one_person",
    "starved",
    "lost",
    "duplicated",
    "altered",
    "open_slots",
    "leases_left",
    "stale_consensus",
  ];
  return submissions === size.instances * size.overlap && faults.every((fault) => phase[fault] === 0);
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
