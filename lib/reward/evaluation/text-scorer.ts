import { sideFeatures } from "@/lib/encoders/side-features";
import { openSession } from "@/lib/graph/session";
import type { FeatureEncoder } from "../feature-encoder";
import { scoreCompletions } from "../training/score";

/** A completion in its place. */
export type PromptedText = { prompt: string; text: string };

/** Rewards of texts that are not in the training data, with length and format counted in. */
export type ScoreTexts = (texts: readonly PromptedText[]) => Promise<Float32Array>;

/** Scores with the file that is to be served. The encoder reads the completion alone, so the prompt changes nothing yet. */
export function textScorer({ artifact, encoder }: { artifact: Uint8Array; encoder: FeatureEncoder }): ScoreTexts {
  return async (texts) => {
    if (texts.length === 0) return new Float32Array();
    const distinct = [...new Set(texts.map(({ text }) => text))];
    const features = await encoder.encode(distinct);
    const session = await openSession(artifact);
    const scored = await scoreCompletions(session, {
      ...{ features, sides: distinct.map(sideFeatures), width: encoder.width },
    }).finally(() => session.dispose());
    const place = new Map(distinct.map((text, i) => [text, i]));
    return Float32Array.from(texts, ({ text }) => scored.withSides[place.get(text)!]!);
  };
}
