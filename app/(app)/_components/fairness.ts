import type { TaskSchema } from "@/lib/projects/schema";

/** What of a task schema keeps answers fair, apart from its questions. */
export type Fairness = { maskModelNames: boolean; suggestions: NonNullable<TaskSchema["suggestions"]> };

export function fairnessOf({ maskModelNames = false, suggestions = "off" }: TaskSchema): Fairness {
  return { maskModelNames, suggestions };
}

/** Whether a task schema says so already. */
export function isFair(schema: TaskSchema, { maskModelNames, suggestions }: Fairness): boolean {
  const before = fairnessOf(schema);
  return maskModelNames === before.maskModelNames && suggestions === before.suggestions;
}

/** A task schema with what differs in it changed: fields that say what their absence says would make a new version. */
export function withFairness(schema: TaskSchema, { maskModelNames, suggestions }: Fairness): TaskSchema {
  const before = fairnessOf(schema);
  return {
    ...schema,
    ...(maskModelNames !== before.maskModelNames && { maskModelNames }),
    ...(suggestions !== before.suggestions && { suggestions }),
  };
}
