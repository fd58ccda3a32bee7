// Compares projects with the files they were imported from, row by row. On purpose it shares no code with the product:
// it reads the files and the database by itself and holds its own view of what a file means.
//   tsx bench/import-compare.ts DATABASE_URL SLUG=FILE...
import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import pg from "pg";

type Json = Record<string, unknown>;

const listed = 20;
let mismatches = 0;

function mismatch(where: string, expected: unknown, found: unknown): void {
  mismatches += 1;
  if (mismatches <= listed)
    console.error(`${where}\n  file: ${JSON.stringify(expected)}\n  db:   ${JSON.stringify(found)}`);
}

function check(where: string, expected: Json, found: Json): void {
  for (const field of Object.keys(expected)) {
    if (!isDeepStrictEqual(expected[field], found[field])) mismatch(`${where} ${field}`, expected[field], found[field]);
  }
}

/** The fields of an object that are not among these; null when there are none. */
function others(object: Json, ...known: string[]): Json | null {
  const rest = structuredClone(object);
  for (const field of known) delete rest[field];
  return Object.keys(rest).length > 0 ? rest : null;
}

async function readRecords(file: string): Promise<Json[]> {
  const bytes = await readFile(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Json);
}

function expectedInstance(record: Json): Json {
  const rest = others(
    record,
    "id",
    "prompt",
    "messages",
    "context",
    "reference",
    "gold",
    "meta",
    "labels",
    "completions",
    "responses",
  );
  const meta = { ...rest, ...(record.meta as Json) };
  return {
    prompt: record.prompt ?? null,
    messages: record.messages ?? null,
    context: record.context ?? null,
    reference: record.reference ?? null,
    gold: record.gold ?? null,
    meta: Object.keys(meta).length > 0 ? meta : null,
  };
}

function expectedCompletion(completion: Json): Json {
  return {
    outside_id: completion.id,
    text: completion.text,
    model: completion.model ?? null,
    steps: completion.steps ?? [],
    has_steps: "steps" in completion,
    meta: others(completion, "id", "text", "model", "steps"),
  };
}

const common = ["annotator", "kind", "type", "aspect", "order", "rationale"];

/** What the label must look like in the database, by what the format's documentation says about its type. */
function expectedLabel(label: Json): Json {
  const row = {
    type: label.type,
    question: label.type,
    annotator: `import:${String(label.annotator)}`,
    source: label.kind,
    aspect: label.aspect ?? "overall",
    rationale: label.rationale ?? null,
    shown_order: label.order ?? null,
    revision: 1,
    is_current: true,
    user_id: null,
  };
  switch (label.type) {
    case "comparison": {
      const pair = (label.pair ?? [0, 1]) as [number, number];
      if (pair[0] > pair[1] || (label.pair && label.order)) throw new Error("no file here has such a pair");
      const isTie = label.preferred === "tie";
      const bothBad = label.note === "both bad";
      return {
        ...row,
        target: `${pair[0]}-${pair[1]}`,
        payload: { pair, preferred: label.preferred, bothBad, strength: isTie ? 0 : 1, scale: 2 },
        meta: others(label, ...common, "pair", "preferred", ...(bothBad ? ["note"] : [])),
      };
    }
    case "rating":
      return {
        ...row,
        target: String(label.completion),
        payload: { completion: label.completion, aspect: row.aspect, value: label.value },
        meta: others(label, ...common, "completion", "value"),
      };
    case "ranking":
      return { ...row, target: "", payload: { ranks: label.ranks }, meta: others(label, ...common, "ranks") };
    case "spans":
      return { ...row, target: (label.covered as number[]).join(","), ...expectedSpans(label) };
    case "steps":
      return { ...row, target: String(label.completion), ...expectedSteps(label) };
    default:
      throw new Error(`no file here has labels of type ${String(label.type)}`);
  }
}

function expectedSpans(label: Json): Json {
  const lost: Json = {};
  const spans = (label.spans as Json[]).map((span, i) => {
    const isPrompt = span.on === "prompt";
    const rest = others(
      span,
      "start",
      "end",
      "category",
      "severity",
      "note",
      "on",
      ...(isPrompt ? [] : ["completion"]),
    );
    if (rest) lost[i] = rest;
    return {
      completion: isPrompt ? "prompt" : span.completion,
      start: span.start,
      end: span.end,
      category: span.category,
      ...("severity" in span && { severity: span.severity }),
      ...("note" in span && { note: span.note }),
    };
  });
  const meta = {
    ...others(label, ...common, "covered", "spans"),
    ...(Object.keys(lost).length > 0 && { spans: lost }),
  };
  return { payload: { covered: label.covered, spans }, meta: Object.keys(meta).length > 0 ? meta : null };
}

function expectedSteps(label: Json): Json {
  const words: Record<string, string> = { ok: "good", error: "bad", redundant: "neutral" };
  const steps = ((label.steps ?? []) as Json[]).map(({ index, label: word, flags }) => ({
    index,
    label: words[String(word)],
    flags: word === "redundant" ? [...(flags as string[]), "redundant"] : flags,
  }));
  const firstBad = steps.find((step) => step.label === "bad")?.index ?? null;
  return {
    payload: { completion: label.completion, steps, firstError: "first_error" in label ? label.first_error : firstBad },
    meta: others(label, ...common, "completion", "steps", "first_error"),
  };
}

function keyOf(row: Json): string {
  return JSON.stringify([row.question, row.aspect, row.target, row.source, row.annotator]);
}

function compareLabels(where: string, labels: Json[], found: Json[]): void {
  const left = new Map(found.map((row) => [`${keyOf(row)} ${String(row.sample)}`, row]));
  if (left.size !== found.length) mismatch(`${where} labels with one key`, left.size, found.length);
  const seen = new Map<string, number>();
  for (const [i, label] of labels.entries()) {
    const expected = expectedLabel(label);
    const key = keyOf(expected);
    const sample = seen.get(key) ?? 0;
    seen.set(key, sample + 1);
    const row = left.get(`${key} ${sample}`);
    left.delete(`${key} ${sample}`);
    if (row) check(`${where} label ${i}`, expected, row);
    else mismatch(`${where} label ${i}`, label, null);
  }
  for (const row of left.values()) mismatch(`${where} has a label that is not in the file`, null, row);
}

function groupBy(rows: Json[], field: string): Map<unknown, Json[]> {
  const groups = new Map<unknown, Json[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group) group.push(row);
    else groups.set(row[field], [row]);
  }
  return groups;
}

async function compareFile(client: pg.Client, slug: string, file: string) {
  const rows = async (sql: string) =>
    (await client.query<Json>(`${sql} where project_id = (select id from projects where slug = $1)`, [slug])).rows;
  const instances = await rows(
    "select id, outside_id, prompt, messages, context, reference, gold, meta from instances",
  );
  const completions = groupBy(await rows("select * from completions"), "instance_id");
  const labels = await rows("select * from labels");
  const labelsOf = groupBy(labels, "instance_id");
  const left = new Map(instances.map((row) => [row.outside_id, row]));
  const records = await readRecords(file);
  let labelsInFile = 0;
  for (const record of records) {
    const where = `${slug} ${String(record.id)}`;
    const given = (record.labels ?? []) as Json[];
    labelsInFile += given.length;
    const row = left.get(record.id);
    left.delete(record.id);
    if (!row) {
      mismatch(where, record.id, null);
      continue;
    }
    check(where, expectedInstance(record), row);
    const texts = (record.completions ?? record.responses) as Json[];
    const stored = (completions.get(row.id) ?? []).sort((a, b) => Number(a.index) - Number(b.index));
    if (stored.length !== texts.length) mismatch(`${where} completions`, texts.length, stored.length);
    for (const [i, text] of texts.entries())
      check(`${where} completion ${i}`, { ...expectedCompletion(text), index: i }, stored[i] ?? {});
    compareLabels(where, given, labelsOf.get(row.id) ?? []);
  }
  for (const row of left.values()) mismatch(`${slug} has an instance that is not in the file`, null, row.outside_id);
  return { instancesInFile: records.length, labelsInFile, instances: instances.length, labels: labels.length };
}

const [url, ...pairs] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url });
await client.connect();
const total = { files: 0, instances_in_files: 0, instances_in_db: 0, labels_in_files: 0, labels_in_db: 0 };
for (const pair of pairs) {
  const at = pair.indexOf("=");
  const counts = await compareFile(client, pair.slice(0, at), pair.slice(at + 1));
  total.files += 1;
  total.instances_in_files += counts.instancesInFile;
  total.instances_in_db += counts.instances;
  total.labels_in_files += counts.labelsInFile;
  total.labels_in_db += counts.labels;
}
await client.end();
console.log(JSON.stringify({ ...total, mismatches }));
