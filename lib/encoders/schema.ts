import { z } from "zod";

/** How the vectors of a text's tokens become one: their mean, that of the first token, or that of the last. */
export const poolings = ["mean", "cls", "last"] as const;
export type Pooling = (typeof poolings)[number];
export const pooling = z.enum(poolings);

/** An encoder with the files and settings that decide its vectors. */
export const encoderConfig = z.object({
  version: z.string(),
  /** Numbers in a vector. */
  width: z.int().positive(),
  /** Absent for the built-in encoder. */
  model: z.object({ folder: z.string(), pooling }).optional(),
});
export type EncoderConfig = z.infer<typeof encoderConfig>;

/** Plain names only, so that nothing outside of the models folder can be named. */
export const folderName = /^\w[\w.-]*$/;

/** An encoder as it is chosen: a folder of the models folder; null for the built-in one. */
export const encoderInput = z.strictObject({
  model: z
    .strictObject({
      folder: z
        .string()
        .max(200, "can have at most 200 characters")
        .regex(folderName, "must be the name of a folder in the models folder, such as all-MiniLM-L6-v2"),
      pooling: pooling.default("mean").describe("How token vectors become one: mean, cls (the first) or last"),
    })
    .nullable()
    .describe("A folder with model.onnx and tokenizer.json below TANDEM_MODELS_DIR; null for the built-in encoder"),
});
export type EncoderInput = z.infer<typeof encoderInput>;

export const encoderView = z.object({
  encoder: encoderConfig.describe("What the next version of the reward model will read texts with"),
  folders: z.array(z.string()).describe("The folders to choose from"),
});
export type EncoderView = z.infer<typeof encoderView>;
