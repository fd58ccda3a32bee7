import type { EncoderConfig } from "@/lib/encoders/schema";

/** Who sets tags of the classifier. */
export const classifierName = "classifier";

/** Names how tags came about, as `instance_tags.method` has it: any change to the classifier is a new version. */
export const methodBy = ({ version }: EncoderConfig): string => `classifier-1/${version}`;
