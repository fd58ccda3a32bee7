import { z } from "zod";

/** Numbers of the texts, by which routing tells instances apart. They are computed once and stored. */
export const textFeatures = [
  "entity_overlap",
  "token_overlap",
  "token_similarity",
  "cosine",
  "rouge_l",
  "length_difference",
  "prompt_length",
  "shorter_length",
  "longer_length",
  "format_difference",
] as const;
export type TextFeature = (typeof textFeatures)[number];

/** What the serving reward model says of an instance. */
export const modelFeatures = ["margin", "disagreement"] as const;
/** What LM judges say, once they have labelled it. */
export const judgeFeatures = ["judge_uncertainty", "judge_flip", "judge_sample_disagreement"] as const;
/** All that is known of an instance. Fits and policies go by those of the texts alone. */
const numberFeatures = [...textFeatures, ...modelFeatures, ...judgeFeatures] as const;

/** `routing_features.numbers`: what can be told of the texts of an instance. */
export const textNumbers = z.partialRecord(z.enum(textFeatures), z.number());
export type TextNumbers = z.infer<typeof textNumbers>;

/** What is known of an instance when it is routed. A number that is not known is left out. */
export type InstanceFeatures = {
  numbers: TextNumbers;
  /** As "expertise_level: expert domain knowledge"; of lists in free words only "format_constraints: present". */
  tags: readonly string[];
};

/** What routing knows of one instance. */
export const instanceFeaturesView = z.object({
  /** What the numbers of its texts are computed by. */
  version: z.string(),
  /** Those that are known. */
  numbers: z.partialRecord(z.enum(numberFeatures), z.number()),
  tags: z.array(z.string()),
});
export type InstanceFeaturesView = z.infer<typeof instanceFeaturesView>;

/** `runs.result` of a run that measures texts. */
export const featuresRunResult = z.object({ version: z.string(), instances: z.int() });
export type FeaturesRunResult = z.infer<typeof featuresRunResult>;

/** How far the texts of a project are measured. */
export const featuresState = z.object({
  /** What the numbers are computed by: the features and the encoder. */
  version: z.string(),
  /** Instances with numbers of this version, and those that still lack them. */
  computed: z.int(),
  pending: z.int(),
  /** The newest run that measured; null before the first. */
  runId: z.uuid().nullable(),
});
export type FeaturesState = z.infer<typeof featuresState>;
