import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/** What one source of the file says about a pair. */
export type Answer = 0 | 1 | "tie";

/** An instance of the file with what its people and one LM say of it. */
export type LoopRecord = {
  id: string;
  prompt: string;
  texts: readonly [string, string];
  human: Answer[];
  lm: Answer;
};

type FileLabel = { annotator: string; kind: string; type: string; preferred: Answer; pair?: number[]; aspect?: string };
type FileRecord = { id: string; prompt?: string; completions: { text: string | null }[]; labels: FileLabel[] };

/**
 * Instances of a file in the import's format that can be replayed: two completions with texts, one text-only prompt, at
 * least so many labels of people and one of an LM. Where several LMs labelled, the one with the most labels speaks.
 * Pairs of the same texts under the same prompt are left out but for the first, as nobody who sees only texts can tell
 * them apart.
 */
export async function readRecords(file: string, people: number): Promise<{ judge: string; records: LoopRecord[] }> {
  const bytes = await readFile(file);
  const lines = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  const all = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as FileRecord);
  const judge = busiestJudge(all);
  const seen = new Set<string>();
  const records: LoopRecord[] = [];
  for (const { id, prompt, completions, labels } of all) {
    const [first, second] = completions.map(({ text }) => text ?? "");
    const lm = labels.find((label) => label.annotator === judge && isPlain(label));
    const human = labels.filter((label) => label.kind === "human" && isPlain(label)).map(({ preferred }) => preferred);
    if (!prompt || !first || !second || first === second || completions.length !== 2) continue;
    if (!lm || human.length < people) continue;
    const key = JSON.stringify([prompt, ...[first, second].toSorted()]);
    if (seen.has(key)) continue;
    seen.add(key);
    records.push({ id, prompt, texts: [first, second], human: human.slice(0, people), lm: lm.preferred });
  }
  return { judge, records };
}

/** Finds an instance again by what is shown of it, and whether its second completion is shown first. */
export type Recognise = (
  prompt: string,
  shown: readonly [string, string],
) => { record: LoopRecord; isSwapped: boolean };

/** `show` is what becomes of a prompt before it is seen. */
export async function recogniserOf(
  records: readonly LoopRecord[],
  show: (prompt: string) => string | Promise<string>,
): Promise<Recognise> {
  const byTexts = new Map<string, { record: LoopRecord; isSwapped: boolean }>();
  for (const record of records) {
    const prompt = await show(record.prompt);
    const [first, second] = record.texts;
    byTexts.set(JSON.stringify([prompt, first, second]), { record, isSwapped: false });
    byTexts.set(JSON.stringify([prompt, second, first]), { record, isSwapped: true });
  }
  return (prompt, shown) => {
    const found = byTexts.get(JSON.stringify([prompt, ...shown]));
    if (!found)
      throw new Error(`No instance of the file has these texts: ${JSON.stringify([prompt, ...shown]).slice(0, 300)}`);
    return found;
  };
}

function busiestJudge(records: readonly FileRecord[]): string {
  const counts = new Map<string, number>();
  for (const { labels } of records)
    for (const label of labels)
      if (label.kind === "lm" && isPlain(label)) counts.set(label.annotator, (counts.get(label.annotator) ?? 0) + 1);
  const [busiest] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (!busiest) throw new Error("The file has no comparison by an LM.");
  return busiest[0];
}

/** A comparison of the two completions as a whole. */
function isPlain({ type, pair, aspect }: FileLabel): boolean {
  return type === "comparison" && (aspect ?? "overall") === "overall" && (!pair || (pair[0] === 0 && pair[1] === 1));
}
