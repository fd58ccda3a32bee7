import { canonicalJson } from "@/lib/text/canonical";
import { labelableCompletions, type TaskSchema } from "./schema";

/** All of a task schema that decides about slots: how many completions it needs, and labels of which types fill them. */
export function whoCanBeAsked(taskSchema: TaskSchema): string {
  const types = [...new Set(taskSchema.questions.map(({ type }) => type))].sort();
  return canonicalJson([labelableCompletions(taskSchema), types]);
}

/** All of a task schema that decides which of the instances routed to AI judges have something to say about. */
export function whatJudgesGet(taskSchema: TaskSchema): string {
  const asked = taskSchema.questions.map((one) => [
    ...[one.id, "aspects" in one ? one.aspects.map(({ id }) => id) : []],
    ...(one.when ? [one.when] : []),
  ]);
  return canonicalJson([labelableCompletions(taskSchema), asked.sort()]);
}
