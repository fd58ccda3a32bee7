import type { ExportDefaults } from "../export-defaults/schema";
import type { TaskSchema } from "../schema";

/** An instance in the import format, as far as samples use it. */
export type Sample = {
  id: string;
  context?: string;
  reference?: string;
  completions: { id?: string; text?: string; images?: { url: string; alt: string }[] }[];
} & ({ prompt: string } | { messages: { role: "system" | "user" | "assistant"; content: string }[] });

/** All that a project of one method begins with. Names and purposes of templates stand in the catalogue `templates`. */
export type Template = {
  taskSchema: TaskSchema;
  /** Markdown, for annotators. */
  guidelines: string;
  /** How many people label one instance. */
  overlap: number;
  /** What the vote of an AI counts in a consensus, where a person's counts 1. */
  lmWeight: number;
  exportDefaults: ExportDefaults;
  /** Instances that are worth labelling, to try it on. */
  samples: Sample[];
};
