/**
 * How many texts a second the score endpoint of a started site answers, and how long a call takes, with so many callers
 * at once that each wait for their answer.
 *
 *     TANDEM_URL=http://localhost:3000 TANDEM_PROJECT=P TANDEM_API_KEY=tdm_... \
 *       npm run bench -- score-api --data FILE [--callers 1] [--texts 2] [--seconds 20] [--json]
 *
 * FILE has the import format, plain or gzipped; its completions are sent in turn, `texts` of one prompt in a call.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import type { ScoreOutput } from "@/lib/reward/serving/schema";

const warmUpSeconds = 3;

const { values: flags } = parseArgs({
  options: {
    data: { type: "string" },
    callers: { type: "string", default: "1" },
    texts: { type: "string", default: "2" },
    seconds: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
  },
});
const { TANDEM_URL: url, TANDEM_PROJECT: slug, TANDEM_API_KEY: apiKey } = process.env;
if (!flags.data || !url || !slug || !apiKey)
  throw new Error("Set TANDEM_URL, TANDEM_PROJECT and TANDEM_API_KEY, and say which file: --data FILE");
const [callers, textsInCall, seconds] = [flags.callers, flags.texts, flags.seconds].map(Number) as [
  number,
  number,
  number,
];

const texts = readTexts(flags.data);
await load(warmUpSeconds);
const started = performance.now();
const times = (await load(seconds)).toSorted((a, b) => a - b);
const elapsed = (performance.now() - started) / 1000;
const report = {
  data: flags.data.split("/").at(-1),
  characters_a_text: Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length),
  ...{ callers, texts_in_call: textsInCall, calls: times.length },
  texts_per_second: Math.round((times.length * textsInCall) / elapsed),
  ms: { p50: quantile(0.5), p95: quantile(0.95), max: quantile(1) },
};
if (flags.json) console.log(JSON.stringify(report));
else console.log(report);

function quantile(share: number): number {
  return Math.round(10 * times[Math.ceil(share * times.length) - 1]!) / 10;
}

function readTexts(file: string): string[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  const records = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Line);
  return records.flatMap(({ completions }) => completions.flatMap(({ text }) => text ?? []));
}

type Line = { completions: { text: string | null }[] };

/** Milliseconds of each call. */
async function load(forSeconds: number): Promise<number[]> {
  const end = performance.now() + 1000 * forSeconds;
  const times: number[] = [];
  let place = 0;
  const call = async () => {
    while (performance.now() < end) {
      const completions = Array.from({ length: textsInCall }, () => texts[place++ % texts.length]!);
      const before = performance.now();
      await score(completions);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return times;
}

async function score(completions: string[]): Promise<void> {
  const response = await fetch(`${url}/api/v1/projects/${slug}/reward-models/active/score`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ items: [{ prompt: "", completions }] }),
  });
  if (!response.ok) throw new Error(`The endpoint answered ${response.status}: ${await response.text()}`);
  const { items } = (await response.json()) as ScoreOutput;
  if (items[0]?.completions.length !== completions.length) throw new Error("An answer is not whole.");
}
