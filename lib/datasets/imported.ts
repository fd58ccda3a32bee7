import type { ImageFiles, ImportedImage } from "./record-images";
import type { LabelPayload, LabelSourceName, LabelTypeName } from "@/lib/labels/schema";

/** JSON whose numbers may be marked as written (lib/text/exact-json). */
export type JsonObject = Record<string, unknown>;

/** An import record in the form in which instances are stored. */
export type ImportedRecord = {
  outsideId: string;
  prompt: string | null;
  messages: JsonObject[] | null;
  context: string | null;
  reference: string | null;
  gold: unknown;
  meta: JsonObject | null;
  /** Those of the prompt or of the whole conversation; images of a message stand in it. */
  images: ImportedImage[];
  completions: ImportedCompletion[];
  labels: ImportedLabel[];
  /** Whether prompt, conversation or a completion has images. */
  hasImages: boolean;
  imageFiles: ImageFiles;
  /** SHA-256 of everything but the id and the labels, hex. */
  contentHash: string;
  promptHash: string;
  split: "train" | "test";
  format: "record" | "preference";
};

export type ImportedCompletion = {
  id: string;
  text: string | null;
  model: string | null;
  steps: string[] | null;
  images: ImportedImage[];
  meta: JsonObject | null;
};

export type ImportedLabel = {
  question: string;
  type: LabelTypeName;
  aspect: string;
  target: string;
  source: LabelSourceName;
  /** "import:<name>" */
  annotator: string;
  sample: number;
  payload: LabelPayload;
  rationale: string | null;
  /** Completion indices as shown, first to last. */
  shownOrder: number[] | null;
  /** Fields without a column. */
  meta: JsonObject | null;
};

/** A label whose place among repeated answers is open. */
export type UnnumberedLabel = Omit<ImportedLabel, "sample"> & { sample: number | undefined };

/** What the labels of an instance can refer to. Lengths are in code points, null where the text is unknown. */
export type InstanceShape = {
  completions: { id: string; length: () => number | null; stepCount: number | null }[];
  promptLength: () => number | null;
  /** Of each message, where the prompt is a conversation. */
  messageLengths: () => readonly number[] | null;
};
