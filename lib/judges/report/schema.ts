import { z } from "zod";

/** A figure with its 95 % interval from drawing prompts again; null with a single prompt. */
export const figure = z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]).nullable() });
export type FigureView = z.infer<typeof figure>;

/** What is measured of an AI's answers on what people, or else the import's gold, answered too. */
export const figureNames = [
  /** Share that is the consensus; a tie is an answer. */
  "accuracy",
  /** The same where neither the AI nor the consensus is a tie. */
  "decidedAccuracy",
  /** Share of its single answers, one for each order and sample, that is the consensus. */
  "answerAccuracy",
  /** A person's accuracy against the majority of the others. */
  "peopleAccuracy",
  "kappa",
  "quadraticKappa",
  /** Krippendorff's alpha of people alone, and with the AI as one more annotator. */
  "alphaPeople",
  "alphaWithAi",
  /** Kendall's tau-b over all pairs of what was ranked. */
  "tau",
  /** Mean distance of ratings from the mean of people's, and of a person's from the mean of the others'. */
  "error",
  "peopleError",
  /** Mean F1 of marked code points and of whole spans with each person, and of two people. */
  "pointF1",
  "peoplePointF1",
  "spanF1",
  "peopleSpanF1",
] as const;
export type FigureName = (typeof figureNames)[number];

const figures = z.partialRecord(z.enum(figureNames), figure);
export type Figures = z.infer<typeof figures>;

export const reportSliceKinds = ["corpus", "domain", "length", "difficulty"] as const;

export const reportSlice = z.object({
  by: z.enum(reportSliceKinds),
  value: z.string(),
  units: z.int(),
  accuracy: figure,
});
export type ReportSlice = z.infer<typeof reportSlice>;

/** How the order in which the two were shown moves the answers, on everything that the AI compared. */
export const positionReport = z.object({
  /** Answers on one pair in both orders. */
  pairs: z.int(),
  /** Share of them that differ. */
  flips: figure.nullable(),
  /** Those that prefer another completion in either order. */
  contradictions: z.int(),
  /** Share of the contradictions in which the first shown was preferred. */
  firstAmongContradictions: figure.nullable(),
  /** Share of all decided answers that prefer the first shown. */
  first: figure.nullable(),
  /** b of logit P(first shown is preferred) = a consensus + b; 0 = the order does not matter. */
  bias: figure.nullable(),
});
export type PositionReport = z.infer<typeof positionReport>;

export const biasFeatures = ["consensus", "length", "lists", "headers", "bold", "code", "position"] as const;

/**
 * Log-odds that a completion is preferred for being one standard deviation ahead in a feature, the others held: by a
 * logistic regression of the AI's answers on the consensus and the differences of the two sides. Consensus and position
 * go from one side to the other.
 */
export const biasReport = z.object({
  answers: z.int(),
  coefficients: z.array(
    z.object({
      feature: z.enum(biasFeatures),
      ...figure.shape,
      /** Of the difference; 1 for consensus and position. Counts and lengths are logarithms, ln(1 + n). */
      deviation: z.number(),
    }),
  ),
});
export type BiasReport = z.infer<typeof biasReport>;

/** Wins against completions of other models, ties half, by the AI and by the consensus on the same pairs. */
export const modelWins = z.object({
  model: z.string(),
  /** The AI's own model, or one of its family by name. */
  kin: z.enum(["same", "family"]).nullable(),
  pairs: z.int(),
  ai: z.number(),
  consensus: z.number(),
  difference: figure,
});
export type ModelWins = z.infer<typeof modelWins>;

export const confidenceReport = z.object({
  answers: z.int(),
  calibrationError: z.number(),
  bins: z.array(
    z.object({ from: z.number(), to: z.number(), count: z.int(), confidence: z.number(), accuracy: z.number() }),
  ),
  /** Fitted on half of the prompts; the errors before and after are of the other half. */
  tempered: z.object({ temperature: z.number(), answers: z.int(), before: z.number(), after: z.number() }).nullable(),
});
export type ConfidenceReport = z.infer<typeof confidenceReport>;

export const questionReport = z.object({
  question: z.string(),
  type: z.enum(["comparison", "ranking", "rating", "binary", "spans", "steps"]),
  aspect: z.string(),
  /** Steps are measured twice: step by step, and by the first error. */
  part: z.enum(["answer", "first error"]),
  /** What it answered: pairs, completions, steps ... */
  units: z.int(),
  /** What it can be measured on, by whose answer; `drawn` is where people are undecided and none is right. */
  references: z.object({ people: z.int(), gold: z.int(), drawn: z.int() }),
  prompts: z.int(),
  figures,
  /** How often it said what (columns) by what the consensus says (rows); null for numbers and spans. */
  confusion: z.object({ categories: z.array(z.string()), counts: z.array(z.array(z.number())) }).nullable(),
  /** Share of pairs of its answers to the same question in the same order that are the same. */
  selfAgreement: figure.nullable(),
  position: positionReport.nullable(),
  bias: biasReport.nullable(),
  models: z.array(modelWins),
  confidence: confidenceReport.nullable(),
  slices: z.array(reportSlice),
});
export type QuestionReport = z.infer<typeof questionReport>;

const share = z.object({ hits: z.int(), of: z.int() });

/** The newest answers beside the earlier ones of the same version. */
export const driftMeasure = z.object({
  /** "model": how many come from the model that answers now, by what the provider says. */
  measure: z.enum(["accuracy", "consistency", "invalid", "model"]),
  /** What answered, where that has changed. */
  models: z.object({ latest: z.string(), earlier: z.string() }).optional(),
  latest: share,
  earlier: share,
  /** Of Fisher's exact test, two-sided. */
  p: z.number(),
  isDrift: z.boolean(),
});
export type DriftMeasure = z.infer<typeof driftMeasure>;

/** False alarms of one look at one measure: at most one in a thousand. */
export const driftAlarmRate = 0.001;

export const annotatorReport = z.object({
  labels: z.int(),
  questions: z.array(questionReport),
  /** Null for imported AI annotators, of whose answering nothing is known. */
  work: z
    .object({
      verdicts: z.int(),
      invalid: z.int(),
      /** Verdicts that took another question. */
      repaired: z.int(),
      costMicrosPerLabel: z.number().nullable(),
      secondsPerLabel: z.number().nullable(),
    })
    .nullable(),
  drift: z.array(driftMeasure),
  /** Accuracy less that of other versions of the judge, on what both answered. */
  versions: z.array(z.object({ version: z.int(), units: z.int(), accuracy: z.number(), difference: figure })),
});
export type AnnotatorReport = z.infer<typeof annotatorReport>;

/** Payload of a run of kind "judge-report", which reports on every AI annotator of the project. */
export const reportRunPayload = z.strictObject({});

/** A stored report; null before the first. */
export const storedReport = z.object({
  annotator: z.string(),
  computedAt: z.iso.datetime().nullable(),
  /** Labels or verdicts have come since. */
  isStale: z.boolean(),
  report: annotatorReport.nullable(),
  /** The run that brings reports up to date, while one waits or works. */
  runId: z.uuid().nullable(),
});
export type StoredReport = z.infer<typeof storedReport>;

export const judgeAgreementQuery = z.strictObject({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe("Of the judge; the current one unless given"),
});

export const importedAnnotatorQuery = z.strictObject({
  name: z.string().min(1).max(300).describe("Under which its labels were imported"),
});

/** An AI annotator with what matters most of its report. */
export const importedAnnotator = z.object({
  name: z.string(),
  labels: z.int(),
  computedAt: z.iso.datetime().nullable(),
  /** The question with the most units to measure it on; null without any. */
  headline: z
    .object({ question: z.string(), type: questionReport.shape.type, aspect: z.string(), units: z.int(), figures })
    .nullable(),
});
export type ImportedAnnotator = z.infer<typeof importedAnnotator>;

export const importedAnnotators = z.object({
  items: z.array(importedAnnotator),
  isStale: z.boolean(),
  runId: z.uuid().nullable(),
});
export type ImportedAnnotators = z.infer<typeof importedAnnotators>;

/** A judge whose current version has drifted. */
export type DriftingJudge = { judgeId: string; measures: DriftMeasure[] };

/** A judge with what its report says in short; null where nothing could be compared. */
export type JudgeHeadline = { judgeId: string; headline: ImportedAnnotator["headline"] };
