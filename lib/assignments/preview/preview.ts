import type { z } from "zod";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type Instance } from "@/lib/db/generated/client";
import { labelableCompletions, type TaskSchema } from "@/lib/projects/schema";
import { renderMarkdown } from "@/lib/text/render";
import type { AssignmentView } from "../schema";
import { orderShown } from "../shown";
import { suggestionsNow } from "../suggestions";
import { shownColumns, viewShown, type ShownInstance } from "../view-shown";
import { exampleInstance } from "./example";
import type { previewInput, PreviewResponse } from "./schema";

type Input = z.output<typeof previewInput>;

/** Instances that are looked through for one that fits; a schema that fits none must not read them all. */
const searched = 2_000;
/** Which order is drawn says nothing here, but it must not change while questions are written. */
const seed = 3;
const exampleId = "00000000-0000-4000-8000-000000000000";

/**
 * An instance as an annotator would see it under a task schema that need not be stored, without a lease. Texts that the
 * schema hides are not in it before the answers that reveal them are among `sealed`.
 */
export async function previewInstance(access: Access<"project:update">, input: Input): Promise<PreviewResponse> {
  const { taskSchema, guidelines } = input;
  const [found, next] = await findFitting(access.projectId, taskSchema, input.instance);
  const html = guidelines.trim() === "" ? null : await renderMarkdown(guidelines);
  const rest = { next: next?.id ?? null, guidelines: html };
  if (!found) {
    const hasInstances = (await prisma.instance.findFirst({ where: { projectId: access.projectId } })) !== null;
    const example = hasInstances ? null : await view(access, exampleId, { ...exampleInstance, route: "human" }, input);
    return { assignment: example, outsideId: null, ...rest };
  }
  const instance = await prisma.instance.findUniqueOrThrow({
    where: { projectId_id: { projectId: access.projectId, id: found.id } },
    select: { ...shownColumns, route: true },
  });
  return { assignment: await view(access, found.id, instance, input), outsideId: found.outsideId, ...rest };
}

type Found = { id: string; outsideId: string };

/** Two instances that people could be asked about, in the order of ids: from the one given, or where it does not fit from the first. */
async function findFitting(projectId: string, taskSchema: TaskSchema, from?: string): Promise<Found[]> {
  const { least, most } = labelableCompletions(taskSchema);
  const fitting = await prisma.$queryRaw<Found[]>`
    select i.id::text, i.outside_id as "outsideId" from (
      select project_id, id, outside_id from instances
      where project_id = ${projectId}::uuid ${from === undefined ? Prisma.empty : Prisma.sql`and id >= ${from}::uuid`}
      order by id limit ${searched}) i
    cross join lateral (
      select bool_and(text is not null) as have_texts, count(*) as count
      from completions c where c.project_id = i.project_id and c.instance_id = i.id) c
    where c.have_texts and c.count >= ${least}::int and (${most}::int is null or c.count <= ${most}::int)
    order by i.id limit 2`;
  return from !== undefined && fitting[0]?.id !== from ? await findFitting(projectId, taskSchema) : fitting;
}

async function view(
  access: Access<"project:update">,
  id: string,
  instance: ShownInstance & Pick<Instance, "route">,
  { taskSchema, sealed }: Input,
): Promise<AssignmentView> {
  const order = orderShown({ seed, completions: instance.completions.length, taskSchema });
  const { shown, view } = await viewShown(access, instance, { taskSchema, order, sealed });
  const about = { projectId: access.projectId, instanceId: id };
  const begun = { answers: sealed, reason: "", isUnsure: false, activeMs: 0, writtenAt: null };
  return {
    ...{ id, state: "leased", leaseUntil: new Date(Date.now() + 3_600_000).toISOString() },
    ...view,
    ...{ schema: taskSchema, schemaVersion: 1, guidelinesVersion: 1 },
    suggestions: await suggestionsNow({ ...about, route: instance.route }, taskSchema, shown),
    draft: Object.keys(sealed).length > 0 ? begun : null,
    ...{ submitted: null, askedAgain: null, flag: null },
  };
}
