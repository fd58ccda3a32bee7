import { z } from "zod";
import { exportDefaults } from "../export-defaults/schema";
import type { Question } from "../schema";
import { templateIds, type TemplateId } from "./ids";

export type { TemplateId };

/** A template as pages offer it: what it asks, and how many sample instances it has. */
export type TemplateOffer = { id: TemplateId; questions: readonly Question[]; samples: number };

/** A template as the API answers it. */
export const templateView = z.object({
  id: z.enum(templateIds),
  name: z.string(),
  purpose: z.string(),
  taskSchema: z.unknown().describe("As in POST /projects"),
  guidelines: z.string(),
  overlap: z.int(),
  lmWeight: z.number(),
  exportDefaults,
  samples: z.array(z.unknown()).describe("Instances in the import format"),
});
export type TemplateView = z.infer<typeof templateView>;
