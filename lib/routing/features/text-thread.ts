import { parentPort } from "node:worker_threads";
import { encodeHashed, type HashedWidth } from "@/lib/encoders/hashed";
import type { TextNumbers } from "./schema";
import { textNumbersOf, type InstanceTexts } from "./text-numbers";

/** Instances to measure; `vectors` are those of all their known completions, null for the built-in encoder's of `width`. */
export type MeasureRequest = {
  instances: readonly InstanceTexts[];
  width: number;
  vectors: readonly Float32Array[] | null;
};

parentPort!.on("message", (request: MeasureRequest) => parentPort!.postMessage(measure(request)));

function measure({ instances, width, vectors }: MeasureRequest): TextNumbers[] {
  let place = 0;
  return instances.map((texts) => {
    const known = texts.completions.filter((text) => text !== null);
    const read = known.map((text) => vectors?.[place++] ?? encodeHashed(text, width as HashedWidth));
    return textNumbersOf(texts, read);
  });
}
