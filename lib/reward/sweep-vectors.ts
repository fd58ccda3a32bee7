import { prisma } from "@/lib/db/client";

/**
 * Deletes the vectors that nothing refers to: of encoders that no version with a file, choice or unfinished training has, and of texts
 * that no completion has any more. What goes too early is only made again.
 */
export async function sweepVectors(): Promise<number> {
  const ofEncoders = await prisma.$executeRaw`
    delete from encoder_vectors v where not exists (
      select from projects p where p.id = v.project_id and p.reward_encoder ->> 'version' = v.encoder_version
    ) and not exists (
      select from reward_models m
      where m.project_id = v.project_id and m.artifact is not null and m.config -> 'encoder' ->> 'version' = v.encoder_version
    ) and not exists (
      select from runs r where r.project_id = v.project_id and r.kind = 'train' and r.state in ('queued', 'running')
        and r.payload -> 'config' -> 'encoder' ->> 'version' = v.encoder_version
    )`;
  const ofTexts = await prisma.$executeRaw`
    delete from encoder_vectors v where not exists (
      select from completions c
      where c.project_id = v.project_id and c.text is not null and sha256(convert_to(c.text, 'UTF8')) = v.text_hash
    )`;
  return ofEncoders + ofTexts;
}
