import type { TaskSchema } from "@/lib/projects/schema";

/** What the editor tells the preview in its frame to show. */
export type ShowMessage = { tandem: "show"; taskSchema: TaskSchema; guidelines: string; instance: string | null };

/** What the preview tells the editor: that it listens, or what it shows. */
export type PreviewMessage =
  { tandem: "listening" } | { tandem: "shown"; instance: string | null; outsideId: string | null; next: string | null };

/** A message of the same site with that name; null for any other. */
export function readMessage<M extends { tandem: string }>(
  event: MessageEvent,
  names: readonly M["tandem"][],
): M | null {
  if (event.origin !== window.location.origin) return null;
  const data = event.data as Partial<M> | null;
  return data?.tandem !== undefined && names.includes(data.tandem) ? (data as M) : null;
}
