import type { Db } from "@/lib/db/client";
import type { FeatureVector } from "@/lib/encoders/sparse";
import type { FeatureEncoder } from "../feature-encoder";
import { promptText } from "../prompt-text";

const batchSize = 500;

type Row = { promptHash: string; prompt: string | null; messages: unknown };

/** What the encoder makes of prompts alone, one vector for each hash, in their order; that of no text where the instances are gone. */
export async function encodePrompts(
  db: Db,
  given: { projectId: string; promptHashes: readonly string[]; encoder: FeatureEncoder },
): Promise<FeatureVector[]> {
  const { projectId, promptHashes, encoder } = given;
  const texts = new Map<string, string>();
  for (let start = 0; start < promptHashes.length; start += batchSize) {
    const rows = await db.$queryRaw<Row[]>`
      select distinct on (prompt_hash) prompt_hash as "promptHash", prompt, messages from instances
      where project_id = ${projectId}::uuid and prompt_hash = any(${promptHashes.slice(start, start + batchSize)})
      order by prompt_hash, id`;
    for (const { promptHash, prompt, messages } of rows) texts.set(promptHash, promptText(prompt, messages));
  }
  const prompts = promptHashes.map((hash) => texts.get(hash) ?? "");
  // Stored vectors are of completions: the sweep would take these away.
  return await encoder.encode(prompts, { keeps: false });
}
