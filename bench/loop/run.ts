import { setTimeout as sleep } from "node:timers/promises";
import { createApiKey } from "@/lib/auth/api-keys";
import { disconnect } from "@/lib/db/client";
import type { RunView } from "@/lib/jobs/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";
import type { RewardModelView, TrainResult } from "@/lib/reward/schema";
import type { PolicyInput, RoutingView } from "@/lib/routing/schema";
import { seededRandom } from "@/lib/stats/random";
import { aMember, aUser, principalOf } from "@/lib/testing/builders";
import { label, type Acknowledged, type Timings } from "../annotators/annotator";
import type { Site } from "../shared/site";
import { apiOf, type Api } from "./api";
import { checkLoop } from "./check";
import { accuracyBySql, activeVersion, delayFigures, figuresOf, runFigures } from "./figures";
import type { FileJudge } from "./judge";
import { startKilling } from "./kills";
import { peopleOfTheFile } from "./people";
import type { LoopRecord, Recognise } from "./records";
import { scoreFigures, startScoreLoad } from "./score-load";
import { judgeResumes, watchTrainings } from "./training-watch";

export type LoopOptions = {
  site: Site;
  judgeServer: FileJudge;
  judgeKey: string;
  records: readonly LoopRecord[];
  /** As the labelling page shows them. */
  recogniseShown: Recognise;
  question: ComparisonQuestion;
  overlap: number;
  annotators: number;
  thinkMs: number;
  policy: PolicyInput;
  retrainAfter: number;
  kills: number;
  seed: number;
  /** Folder of the event loops' delays. */
  delays: string;
  say: (line: string) => void;
};

const slug = "loop";
const base = `/projects/${slug}`;

/** Kills that are kept for the last training. */
const killsOfLastTraining = 10;

/** Questions the judge is asked at once. */
const inFlight = 4;

/** The whole loop on a fresh site, and what came of it. */
export async function runLoop(options: LoopOptions) {
  const { site, records, overlap, say } = options;
  const started = performance.now();
  const { admin, people } = await makePeople(site, options.annotators);
  const api = apiOf(site.urls, admin);
  await configure(api, people, options);
  const watch = watchTrainings(site.databaseUrl);
  const scoring = startScoreLoad({ urls: site.urls, apiKey: admin, slug, records });
  const killer = options.kills > 0 ? startKilling(site, seededRandom(options.seed), watch) : null;
  const killing = killer?.until(options.kills - killsOfLastTraining);
  await importRecords(api, records);
  say("Imported.");
  const { given, decide } = peopleOfTheFile(options.recogniseShown);
  await labelAll(options, people, decide);
  say("People are done.");
  await until("every instance routed to AI has its label", async () => {
    const { waiting } = await api<RoutingView>("GET", `${base}/routing`);
    return waiting.instances === 0;
  });
  say("The judge is done.");
  await killing;
  const lastTrainingSeconds = await trainOnce(api, () => killer?.until(options.kills));
  await killer?.stop();
  await until("no run is live", async () => (await liveRuns(api)) === 0);
  await scoring.stop();
  await watch.stop();
  say("Trained and scored.");
  const killed = killer?.killed();
  const model = (await api<{ items: RewardModelView[] }>("GET", `${base}/reward-models`)).items[0]!;
  const found = await checkLoop(site.databaseUrl, { slug, records, given, overlap });
  const exportRows = await exportLabels(api);
  return {
    ...found,
    ...figuresOf(model),
    rm_accuracy_by_sql: await accuracyBySql(site.databaseUrl),
    rm_promoted_version: await activeVersion(site.databaseUrl),
    versions_trained: model.version,
    last_training_s: lastTrainingSeconds,
    export_rows: exportRows,
    killed: killed ?? null,
    ...(killer && judgeResumes(watch.kills, watch.seen)),
    ...(await runFigures(site.databaseUrl)),
    paid_twice: sum([...options.judgeServer.answered.values()].map((times) => times - 1)),
    // Only a worker asks the judge, and only the database keeps what it said.
    paid_twice_at_most: inFlight * ((killed?.worker ?? 0) + (killed?.database ?? 0)),
    most_requests_in_flight: options.judgeServer.inFlight.most,
    ...scoreFigures(scoring.calls, killer?.spans ?? []),
    ...(await delayFigures(options.delays, site.databaseUrl, scoring.calls)),
    wall_s: Math.round((performance.now() - started) / 1000),
  };
}

type Person = { userId: string; apiKey: string };

async function makePeople(site: Site, count: number): Promise<{ admin: string; people: Person[] }> {
  process.env.DATABASE_URL = site.databaseUrl;
  process.env.TANDEM_SECRET = "x".repeat(32);
  const keyOf = async (user: Awaited<ReturnType<typeof aUser>>) =>
    (await createApiKey(principalOf(user), { name: "bench", days: 30 })).key;
  const admin = await keyOf(await aUser({ isAdmin: true }));
  const people: Person[] = [];
  for (let n = 0; n < count; n++) {
    const user = await aUser();
    people.push({ userId: user.id, apiKey: await keyOf(user) });
  }
  return { admin, people };
}

/** What an admin sets up before the first instance comes in. */
async function configure(api: Api, people: Person[], options: LoopOptions): Promise<void> {
  const { judgeServer, judgeKey, question, overlap, policy, seed, retrainAfter } = options;
  await api("POST", "/projects", {
    slug,
    name: "Loop",
    overlap,
    taskSchema: { questions: [question], reason: "optional" },
  });
  const { prisma } = await import("@/lib/db/client");
  const project = await prisma.project.findUniqueOrThrow({ where: { slug } });
  for (const { userId } of people) await aMember(project, { user: { id: userId } as never });
  // The database is about to be killed; connections of this process would only complain about it.
  await disconnect();
  await api("POST", "/allowed-hosts", { host: judgeServer.host });
  const config = {
    ...{
      concurrency: inFlight,
      baseUrl: judgeServer.baseUrl,
      model: "from-the-file",
      rubric: "Prefer the better completion.",
    },
    ...{ inputPriceMicros: 150_000, outputPriceMicros: 600_000, timeoutSeconds: 10 },
  };
  await api("POST", `${base}/judges`, { name: "From the file", config, apiKey: judgeKey });
  await api("PUT", `${base}/routing`, { policy: { ...policy, seed } });
  await api("PUT", `${base}/reward-models/settings`, { isEnabled: true, retrainAfterLabels: retrainAfter, cron: null });
}

async function importRecords(api: Api, records: readonly LoopRecord[]): Promise<void> {
  const lines = records.map(({ id, prompt, texts }) =>
    JSON.stringify({ id, prompt, completions: texts.map((text) => ({ text })) }),
  );
  const run = await api<RunView>("POST", `${base}/instances`, lines.join("\n"));
  await ended(api, run.id);
}

async function labelAll(
  { site, thinkMs }: LoopOptions,
  people: Person[],
  decide: Parameters<typeof label>[0]["decide"],
): Promise<void> {
  const timings: Timings = { next: [], draft: [], submit: [] };
  const acknowledged: Acknowledged[] = [];
  const onAcknowledged = (submission: Acknowledged) => void acknowledged.push(submission);
  await Promise.all(
    people.map((person, index) =>
      label({
        ...person,
        ...{ slug, thinkMs, decide, timings, onAcknowledged },
        urls: index % 2 === 0 ? site.urls : site.urls.toReversed(),
      }),
    ),
  );
}

/**
 * Trains by hand on all labels; a training that began before the last label makes room first. What `onStarted` begins is
 * waited for, too. Seconds it took.
 */
async function trainOnce(api: Api, onStarted: () => Promise<void> | undefined): Promise<number> {
  await until("no training is live", async () => (await liveRuns(api, "train")) === 0);
  const run = await api<RunView>("POST", `${base}/reward-models`, {});
  const [{ startedAt, finishedAt, result }] = await Promise.all([ended(api, run.id), onStarted()]);
  if ((result as TrainResult | null)?.version == null) throw new Error("The training made no version.");
  return Math.round((Date.parse(finishedAt!) - Date.parse(startedAt!)) / 1000);
}

async function liveRuns(api: Api, kind?: string): Promise<number> {
  const { items } = await api<{ items: RunView[] }>("GET", `${base}/runs?limit=50${kind ? `&kind=${kind}` : ""}`);
  return items.filter(({ finishedAt }) => finishedAt === null).length;
}

async function ended(api: Api, id: string): Promise<RunView> {
  let run: RunView | undefined;
  await until(`run ${id} has ended`, async () => {
    run = await api<RunView>("GET", `${base}/runs/${id}`);
    return run.finishedAt !== null;
  });
  if (run!.state !== "succeeded") throw new Error(`The ${run!.kind} ended as ${run!.state}: ${run!.error}`);
  return run!;
}

async function exportLabels(api: Api): Promise<number> {
  const filter = { sources: ["human", "lm"] };
  const { id, runId } = await api<{ id: string; runId: string }>("POST", `${base}/snapshots`, { name: "All", filter });
  await ended(api, runId);
  const text = await api<string>("GET", `${base}/snapshots/${id}/export?format=labels`);
  return text.split("\n").filter((line) => line !== "").length;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Minutes after which what is waited for counts as stuck. */
const patienceMinutes = 15;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMinutes * 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`After ${patienceMinutes} minutes it is still not so that ${what}.`);
    await sleep(500);
  }
}
