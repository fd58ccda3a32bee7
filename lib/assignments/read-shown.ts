import type { Access } from "@/lib/auth/access";
import type { Db } from "@/lib/db/client";
import type { Instance } from "@/lib/db/generated/client";
import type { CurrentSchema } from "@/lib/projects/current-schema";
import type { Shown } from "./answers/answer-type";
import { asSeen, nameHider, rolesOf } from "./hide-names";
import type { LockedAssignment } from "./lock-assignment";
import { orderShown, shownIn } from "./shown";

/** What the annotator of an assignment sees and answers about, and the texts beside it that may be hidden. */
export async function readShown(
  db: Db,
  { projectId }: Access<"label:write">,
  { instanceId, seed, shownOrder: before }: LockedAssignment,
  { taskSchema }: CurrentSchema,
): Promise<Shown & { instance: Pick<Instance, "context" | "reference"> }> {
  const instance = await db.instance.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: instanceId } },
    select: {
      ...{ prompt: true, messages: true, context: true, reference: true },
      completions: { select: { index: true, text: true, model: true, steps: true, hasSteps: true } },
    },
  });
  const order = orderShown({ seed, completions: instance.completions.length, taskSchema, before });
  const shown = shownIn(order, instance, taskSchema);
  return { ...asSeen(shown, rolesOf(instance), nameHider(taskSchema, instance.completions)), instance };
}
