import { correctness } from "./correctness";
import { counselling } from "./counselling";
import { critiqueRewrite } from "./critique-rewrite";
import { evidence } from "./evidence";
import { fineGrainedQa } from "./fine-grained-qa";
import { galleryRanking } from "./gallery-ranking";
import { helpfulHarmless } from "./helpful-harmless";
import { imageComparison } from "./image-comparison";
import { multipref } from "./multipref";
import { processSteps } from "./process-steps";
import { reasoningSupport } from "./reasoning-support";
import { safetyTwoScores } from "./safety-two-scores";
import { tldrSummaries } from "./tldr-summaries";
import { trajectorySegments } from "./trajectory-segments";
import { tutoring } from "./tutoring";
import { ultrafeedback } from "./ultrafeedback";
import type { TemplateId } from "./ids";
import type { Template } from "./template";

/** What each template begins with. */
export const templates: Readonly<Record<TemplateId, Template>> = {
  "helpful-harmless": helpfulHarmless,
  multipref,
  ultrafeedback,
  "fine-grained-qa": fineGrainedQa,
  "tldr-summaries": tldrSummaries,
  "process-steps": processSteps,
  "safety-two-scores": safetyTwoScores,
  "image-comparison": imageComparison,
  "gallery-ranking": galleryRanking,
  "critique-rewrite": critiqueRewrite,
  correctness,
  evidence,
  tutoring,
  counselling,
  "trajectory-segments": trajectorySegments,
  "reasoning-support": reasoningSupport,
};
