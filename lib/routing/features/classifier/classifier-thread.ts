import { parentPort } from "node:worker_threads";
import { encodeHashed, type HashedWidth } from "@/lib/encoders/hashed";
import type { Entries } from "@/lib/stats/multinomial";
import { learnDimension, nameBy, type DimensionModel } from "./learn-dimension";
import type { DimensionFigures } from "./schema";

/** Prompts with their vectors, null for those of the built-in encoder of `width`. */
export type Prompts = { texts: readonly string[]; width: number; vectors: readonly Float32Array[] | null };

/** What the thread is asked: to take prompts to learn from, to learn a dimension of some of them, to name others. */
export type ThreadRequest =
  | { kind: "take"; prompts: Prompts }
  | { kind: "learn"; dimension: string; places: readonly number[]; said: readonly string[] }
  | { kind: "name"; prompts: Prompts };

/** What it answers to each; of prompts to name the value of each dimension that it has learned well enough. */
export type ThreadReply = { take: null; learn: DimensionFigures; name: Record<string, string>[] };

let taken: { rows: Entries[]; width: number } = { rows: [], width: 0 };
const models: DimensionModel[] = [];

parentPort!.on("message", (request: ThreadRequest) => parentPort!.postMessage(answer(request)));

function answer(request: ThreadRequest): ThreadReply[ThreadRequest["kind"]] {
  switch (request.kind) {
    case "take":
      taken = { rows: rowsOf(request.prompts), width: request.prompts.width };
      return null;
    case "learn": {
      const { dimension, places, said } = request;
      const rows = places.map((place) => taken.rows[place]!);
      const { figures, model } = learnDimension({ dimension, width: taken.width, rows, said });
      if (model) models.push(model);
      return figures;
    }
    case "name":
      return rowsOf(request.prompts).map((row) =>
        Object.fromEntries(models.map((model) => [model.dimension, nameBy(model, row)])),
      );
  }
}

function rowsOf({ texts, width, vectors }: Prompts): Entries[] {
  if (vectors) return vectors.map((values) => ({ indices: null, values }));
  return texts.map((text) => encodeHashed(text, width as HashedWidth));
}
