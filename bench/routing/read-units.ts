import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { consensusOf } from "@/lib/routing/backtest/held-out";

type Line = {
  id: string;
  prompt?: string;
  messages?: unknown[];
  completions: { text: string | null }[];
  labels: { annotator: string; kind: string; type: string; preferred?: 0 | 1 | "tie"; pair?: [number, number] }[];
};

/** A pair of completions that people and LMs compared: 1 the first is better, 0 the second, 0.5 a tie. */
export type Unit = {
  group: number;
  prompt: string;
  /** Null in files of labels alone. */
  texts: [string, string] | null;
  people: Float64Array;
  /** What most of them say; NaN where they are undecided. */
  human: number;
  lms: ReadonlyMap<string, number>;
};

/**
 * The pairs of a file of the import format, plain or gzipped, that people and an LM compared. Instances with the same
 * prompt are one group; those without a prompt are one each.
 */
export function readUnits(file: string): Unit[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trim();
  const groups = new Map<string, number>();
  return text.split("\n").flatMap((line): Unit[] => {
    const { id, prompt, messages, completions, labels } = JSON.parse(line) as Line;
    const said = prompt ?? JSON.stringify(messages);
    const key = said === "" ? id : said;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return unitsOf(completions, labels).map((unit) => ({ ...unit, group, prompt: said }));
  });
}

/** The LM whose labels are bought: a name that is given, else the first of the gpt-4 family, else the first of the file. */
export function judgeOf(units: readonly Unit[], asked: string | undefined): string {
  const names = [...new Set(units.flatMap(({ lms }) => [...lms.keys()]))];
  const judge = asked ?? names.find((name) => name.startsWith("gpt-4")) ?? names[0];
  if (judge !== undefined && names.includes(judge)) return judge;
  throw new Error(
    names.length === 0
      ? "No LM compares a pair that people compare too in this file."
      : `Name an LM of the file with --judge: ${names.join(", ")}.`,
  );
}

function unitsOf(completions: Line["completions"], labels: Line["labels"]): Omit<Unit, "group" | "prompt">[] {
  const compared = labels.filter(({ type, preferred }) => type === "comparison" && preferred !== undefined);
  const pairs = new Set(compared.map(({ pair = [0, 1] }) => pair.join()));
  return [...pairs].flatMap((key) => {
    const own = compared.filter(({ pair = [0, 1] }) => pair.join() === key);
    const people = Float64Array.from(own.filter(({ kind }) => kind === "human").map(valueOf));
    const lms = new Map(own.filter(({ kind }) => kind === "lm").map((label) => [label.annotator, valueOf(label)]));
    if (people.length === 0 || lms.size === 0) return [];
    const [first, second] = key.split(",").map((place) => completions[Number(place)]!.text);
    const texts: Unit["texts"] = typeof first === "string" && typeof second === "string" ? [first, second] : null;
    return [{ texts, people, human: consensusOf(people) ?? NaN, lms }];
  });
}

function valueOf({ preferred }: Line["labels"][number]): number {
  return preferred === "tie" ? 0.5 : preferred === 0 ? 1 : 0;
}
