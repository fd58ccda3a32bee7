import type { Db } from "@/lib/db/client";
import { hashedEncoderVersion } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { chosenEncoder } from "@/lib/reward/encoder-choice";

/** Names the features of texts (text-numbers.ts): any change to them is a new version. */
const textFeaturesVersion = "texts-1";

/**
 * What the stored numbers of a project must be computed by: the features, what its words are compared by (the built-in
 * encoder, whatever reads whole texts) and the encoder of the cosine.
 */
export async function featuresVersion(db: Db, projectId: string): Promise<string> {
  return versionBy(await chosenEncoder(db, projectId));
}

export function versionBy({ version }: EncoderConfig): string {
  return `${textFeaturesVersion}/words:${hashedEncoderVersion}/cosine:${version}`;
}
