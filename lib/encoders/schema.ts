import { z } from "zod";
import { apiKey, baseUrl, modelName } from "@/lib/providers/schema";

/** How the vectors of a text's tokens become one: their mean, that of the first token, or that of the last. */
export const poolings = ["mean", "cls", "last"] as const;
export type Pooling = (typeof poolings)[number];
export const pooling = z.enum(poolings);

/** An embeddings endpoint as it was when it was chosen. */
export const embeddingsEndpoint = z.object({
  baseUrl: z.string(),
  model: z.string(),
  /** The first numbers of the vector of `probeText` (lib/encoders/endpoint.ts): tells a model that was changed behind its name. */
  probe: z.array(z.number()),
});
export type EmbeddingsEndpoint = z.infer<typeof embeddingsEndpoint>;

/** An encoder with the files and settings that decide its vectors. */
export const encoderConfig = z.object({
  version: z.string(),
  /** Numbers in a vector. */
  width: z.int().positive(),
  /** A model in a folder. Absent, as `endpoint` is, for the built-in encoder. */
  model: z.object({ folder: z.string(), pooling }).optional(),
  endpoint: embeddingsEndpoint.optional(),
});
export type EncoderConfig = z.infer<typeof encoderConfig>;

/** Plain names only, so that nothing outside of the models folder can be named. */
export const folderName = /^\w[\w.-]*$/;

/** An encoder as it is chosen: a folder of the models folder, an embeddings endpoint, or, by a null model, the built-in one. */
export const encoderInput = z
  .strictObject({
    model: z
      .strictObject({
        folder: z
          .string()
          .max(200, "can have at most 200 characters")
          .regex(folderName, "must be the name of a folder in the models folder, such as all-MiniLM-L6-v2"),
        pooling: pooling.default("mean").describe("How token vectors become one: mean, cls (the first) or last"),
      })
      .nullable()
      .optional()
      .describe("A folder with model.onnx and tokenizer.json below TANDEM_MODELS_DIR; null for the built-in encoder"),
    endpoint: z
      .strictObject({
        baseUrl: baseUrl.describe("Up to and without /embeddings"),
        model: modelName,
        apiKey: apiKey
          .nullable()
          .optional()
          .describe("Null for none; left out, the key stays that was given for this address before"),
      })
      .optional()
      .describe("An OpenAI-compatible embeddings endpoint"),
  })
  .refine(
    ({ model, endpoint }) => (model === undefined) !== (endpoint === undefined),
    "needs one of model and endpoint",
  );
export type EncoderInput = z.infer<typeof encoderInput>;

export const encoderView = z.object({
  encoder: encoderConfig.describe("What the next version of the reward model will read texts with"),
  folders: z.array(z.string()).describe("The folders to choose from"),
  hasKey: z.boolean().describe("Whether a key is stored for the address of the chosen endpoint"),
});
export type EncoderView = z.infer<typeof encoderView>;
