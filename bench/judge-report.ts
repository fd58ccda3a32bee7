/**
 * Imports files with labels of people and AI into a site of its own, lets it report on the AI annotators, and prints the
 * reports with how long they took and how long the slowest answer of the web process took meanwhile.
 *
 *     npm run bench -- judge-report --data FILE [--data FILE ...] [--json]
 *
 * FILE has the import format, plain. bench/check_judge_report.py recomputes what this prints.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ensureBuilt } from "@/bin/build";
import { createApiKey } from "@/lib/auth/api-keys";
import { disconnect } from "@/lib/db/client";
import type { RunView } from "@/lib/jobs/schema";
import type { ImportedAnnotators, StoredReport } from "@/lib/judges/report/schema";
import { aUser, principalOf } from "@/lib/testing/builders";
import { apiOf, type Api } from "./loop/api";
import { startSite } from "./shared/site";

const { values: flags } = parseArgs({
  options: { data: { type: "string", multiple: true, default: [] }, json: { type: "boolean", default: false } },
});
if (flags.data.length === 0) throw new Error("Say which file: --data FILE");

await ensureBuilt({ say: console.error, logFile: path.resolve(import.meta.dirname, "../.data/logs/build.log") });
const site = await startSite();
try {
  process.env.DATABASE_URL = site.databaseUrl;
  process.env.TANDEM_SECRET = "x".repeat(32);
  const admin = await aUser({ isAdmin: true });
  const api = apiOf(site.urls, (await createApiKey(principalOf(admin), { name: "bench", days: 30 })).key);
  const results: object[] = [];
  for (const [n, file] of flags.data.entries()) {
    results.push(await reportOn(api, { slug: `file-${n}`, file, web: site.urls[0] }));
    console.error(JSON.stringify({ ...results.at(-1), annotators: undefined }));
  }
  console.log(JSON.stringify({ results }, null, flags.json ? undefined : 2));
} finally {
  await disconnect();
  await site.stop();
}

async function reportOn(api: Api, { slug, file, web }: { slug: string; file: string; web: string }) {
  const base = `/projects/${slug}`;
  await api("POST", "/projects", { slug, name: path.basename(file) });
  const importSeconds = await secondsOf(
    api,
    base,
    await api<RunView>("POST", `${base}/instances`, readFileSync(file, "utf8")),
  );
  const watch = watchWeb(web);
  const run = await api<{ id: string }>("POST", `${base}/quality/ai-annotators`);
  const reportSeconds = await secondsOf(api, base, run);
  const webMs = await watch.stop();
  const { items } = await api<ImportedAnnotators>("GET", `${base}/quality/ai-annotators`);
  const annotators: Record<string, StoredReport["report"]> = {};
  for (const { name } of items) {
    const stored = await api<StoredReport>(
      "GET",
      `${base}/quality/ai-annotators/report?name=${encodeURIComponent(name)}`,
    );
    annotators[name] = stored.report;
  }
  return {
    data: path.basename(file),
    ai_labels: items.reduce((sum, { labels }) => sum + labels, 0),
    ...{ import_s: importSeconds, report_s: reportSeconds, web_ms_max: webMs, annotators },
  };
}

async function secondsOf(api: Api, base: string, { id }: { id: string }): Promise<number> {
  for (;;) {
    const run = await api<RunView>("GET", `${base}/runs/${id}`);
    if (run.state === "succeeded")
      return Math.round((Date.parse(run.finishedAt!) - Date.parse(run.startedAt!)) / 100) / 10;
    if (run.finishedAt !== null) throw new Error(`Run ${run.kind} ${run.state}: ${run.error}`);
    await sleep(100);
  }
}

/** Asks the web process for a page that costs nothing, over and over; the longest answer shows what held it up. */
function watchWeb(web: string): { stop: () => Promise<number> } {
  let [isOver, longest] = [false, 0];
  const watching = (async () => {
    while (!isOver) {
      const started = performance.now();
      await fetch(`${web}/healthz`);
      longest = Math.max(longest, performance.now() - started);
      await sleep(20);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return Math.round(longest);
    },
  };
}
