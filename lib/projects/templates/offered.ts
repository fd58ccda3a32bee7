import { templateIds } from "./ids";
import type { TemplateOffer } from "./schema";
import { templates } from "./templates";

/** The templates as pages offer them. */
export function offeredTemplates(): TemplateOffer[] {
  return templateIds.map((id) => ({
    id,
    questions: templates[id].taskSchema.questions,
    samples: templates[id].samples.length,
  }));
}
