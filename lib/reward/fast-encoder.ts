import { openOnnxEncoder, type OnnxEncoder } from "@/lib/encoders/onnx";
import { env } from "@/lib/env";
import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { log } from "@/lib/log";
import { fastestProvider } from "./fastest-provider";

/** By the version of the encoder. A training opens its encoder several times, and a choice takes several batches. */
const chosen = new Map<string, ProviderChoice>();

/** Where this process encodes with a version of an encoder, and why not elsewhere; null where nothing was chosen. */
export const encodingProvider = (version: string): ProviderChoice | null => chosen.get(version) ?? null;

/**
 * Opens a model in a folder, which encodes on the CPU until texts fill a batch, and from then on wherever such a batch is
 * fastest; or where the environment asks for, from the first text on. Throws as `openOnnxEncoder` does.
 */
export async function openFastEncoder(
  given: Omit<Parameters<typeof openOnnxEncoder>[0], "chooseProvider">,
): Promise<OnnxEncoder> {
  const isForced = env().TANDEM_PROVIDER !== undefined;
  const encoder = await openOnnxEncoder({
    ...given,
    chooseProvider: async (trial) =>
      encodingProvider(encoder.version) ?? (trial.isFull || isForced ? await fastestProvider(trial) : null),
  });
  return {
    ...encoder,
    async encode(texts) {
      const vectors = await encoder.encode(texts);
      const choice = encoder.choice();
      if (choice && !chosen.has(encoder.version)) {
        chosen.set(encoder.version, choice);
        log.info({ encoder: encoder.version, ...choice }, "chose where to encode");
      }
      return vectors;
    },
  };
}
