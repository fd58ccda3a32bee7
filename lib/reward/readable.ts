import { Prisma } from "@/lib/db/generated/client";

/** Of `instances i`, those whose completions are texts alone: a reward model does not see images. */
export const isReadable = Prisma.sql`i.is_labelable and (not i.has_images or not exists (select from completions shown
  where shown.project_id = i.project_id and shown.instance_id = i.id and shown.images <> '[]'))`;
