/** The templates there are, in the order in which they are offered. */
export const templateIds = [
  "helpful-harmless",
  "multipref",
  "ultrafeedback",
  "fine-grained-qa",
  "tldr-summaries",
  "process-steps",
  "safety-two-scores",
  "image-comparison",
  "gallery-ranking",
  "critique-rewrite",
  "correctness",
  "evidence",
  "tutoring",
  "counselling",
  "trajectory-segments",
  "reasoning-support",
] as const;
export type TemplateId = (typeof templateIds)[number];
