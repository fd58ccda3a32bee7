import { z } from "zod";
import { exportDefaults } from "../export-defaults/schema";
import { templateIds } from "./ids";

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
