import type { Preferred } from "@/lib/labels/schema";

/** An answer on a scale of five points: which completion, and how far from the tie (0 for a tie). */
type Answer = readonly [preferred: Preferred, strength: 0 | 1 | 2];

export type DemoLabel = {
  instance: string;
  annotator: "first" | "second";
  overall: Answer;
  helpful: Answer;
  truthful: Answer;
  why?: string;
};

/** Examples of labels. Their source is `demo`, so they enter no consensus, no metric and no export. */
export const demoLabels: DemoLabel[] = [
  {
    instance: "deduplicate-list",
    annotator: "first",
    overall: [0, 2],
    helpful: [0, 2],
    truthful: [0, 2],
    why: "Sets do not keep the order, so B's code does not do what was asked.",
  },
  { instance: "deduplicate-list", annotator: "second", overall: [0, 2], helpful: [0, 1], truthful: [0, 2] },
  {
    instance: "paracetamol",
    annotator: "first",
    overall: [1, 2],
    helpful: [1, 2],
    truthful: [1, 2],
    why: "Six grams is an overdose. The friendly answer could cost somebody their liver.",
  },
  { instance: "sum-of-cubes", annotator: "first", overall: [0, 2], helpful: [0, 1], truthful: [0, 2] },
  {
    instance: "sum-of-cubes",
    annotator: "second",
    overall: [0, 2],
    helpful: [0, 2],
    truthful: [0, 2],
    why: "B assumes what it has to prove.",
  },
  { instance: "decline-meeting-zh", annotator: "first", overall: [0, 1], helpful: [0, 1], truthful: ["tie", 0] },
  {
    instance: "decline-meeting-zh",
    annotator: "second",
    overall: [1, 1],
    helpful: ["tie", 0],
    truthful: ["tie", 0],
    why: "Both can be sent as they are. B is shorter.",
  },
  {
    instance: "rain-acrostic",
    annotator: "first",
    overall: ["tie", 0],
    helpful: ["tie", 0],
    truthful: ["tie", 0],
    why: "Both keep the rules; which is nicer is a matter of taste.",
  },
];
