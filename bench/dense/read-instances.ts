import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { DenseInstance } from "@/lib/reward/dense/collect";

type Line = {
  prompt?: string;
  messages?: { content: string }[];
  completions: { text: string | null; steps?: string[] }[];
  labels: Label[];
  gold?: { type?: string; correct?: boolean[] };
};

type Label = {
  annotator: string;
  kind: "human" | "lm";
  type: string;
  completion?: number;
  covered?: number[];
  spans?: { completion: number; start: number; end: number; category: string; on?: string }[];
  steps?: { index: number; label: "ok" | "error" | "redundant"; flags: string[] }[];
  first_error?: number | null;
};

const stepWords = { ok: "good", error: "bad", redundant: "neutral" } as const;

/** Instances of a file in the import format, plain or gzipped, read as an import would; all are in the training part. */
export function readInstances(path: string): DenseInstance[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trim().split("\n");
  return lines.map((line) => instanceOf(JSON.parse(line) as Line));
}

function instanceOf({ prompt: said, messages, completions, labels, gold }: Line): DenseInstance {
  const prompt = said ?? messages!.map(({ content }) => content).join("\n\n");
  const label = ({ annotator, kind, type }: Label) => ({ source: kind, annotator, question: type, sample: 0 });
  return {
    prompt,
    promptHash: createHash("sha256").update(prompt).digest("hex"),
    split: "train",
    completions: new Map(
      completions.flatMap(({ text, steps }, i) =>
        text === null ? [] : [[i, { text, steps: steps ?? [], hasSteps: steps !== undefined }] as const],
      ),
    ),
    spans: labels.flatMap((one) =>
      one.type !== "spans"
        ? []
        : [
            {
              ...label(one),
              payload: {
                covered: one.covered!,
                spans: one.spans!.map(({ completion, start, end, category, on }) => ({
                  ...{ start, end, category },
                  completion: on === "prompt" ? ("prompt" as const) : completion,
                })),
              },
            },
          ],
    ),
    steps: labels.flatMap((one) => (one.type === "steps" ? [{ ...label(one), payload: stepsOf(one) }] : [])),
    outcomes: new Map(gold?.type === "correctness" ? gold.correct!.map((isRight, i) => [i, isRight]) : []),
  };
}

function stepsOf({
  completion = 0,
  steps: judged = [],
  first_error: given,
}: Label): DenseInstance["steps"][number]["payload"] {
  const steps = judged.map(({ index, label, flags }) => ({ index, label: stepWords[label], flags }));
  const firstBad = steps.find((step) => step.label === "bad")?.index ?? null;
  return { completion, steps, firstError: given === undefined ? firstBad : given };
}
